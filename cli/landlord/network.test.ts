import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttp } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { describe, expect, onTestFinished, test } from "vitest";
import { addressesIn, probeAddress } from "./network.ts";

/** A key and a certificate for that name that nobody vouches for, or null where there is no openssl. */
function selfSigned(name: string): { key: Buffer; cert: Buffer } | null {
  const folder = mkdtempSync(`${tmpdir()}/tls-`);
  const [key, cert] = [`${folder}/key.pem`, `${folder}/cert.pem`];
  const subject = ["-subj", "/CN=test", "-addext", `subjectAltName=${name}`];
  try {
    const files = ["-keyout", key, "-out", cert, "-days", "2", ...subject];
    const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
    execFileSync("openssl", ["req", "-x509", ...curve, "-nodes", ...files], { stdio: "ignore" });
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } catch {
    return null;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function listening(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

const asking = { signal: new AbortController().signal, ms: 2000, now: () => new Date() };
const probe = (url: string, now = asking.now, ca: string | null = null) =>
  probeAddress({ field: "erp.settings.baseUrl", url: new URL(url) }, { ...asking, now, ca });

const own = selfSigned("IP:127.0.0.1");
const others = selfSigned("DNS:erp.example");

describe("an address by https", () => {
  test.skipIf(!own)("whose certificate is self-signed", async () => {
    const port = await listening(createServer(own!, (_, response) => response.end()));
    const findings = await probe(`https://127.0.0.1:${port}`);
    expect(findings.at(-1)).toMatchObject({
      mark: "fault",
      step: "TLS",
      said: "the certificate is self-signed",
      hint: expect.stringContaining("erp.tls.ca"),
    });
  });

  test.skipIf(!own)("whose certificate the landlord's file names", async () => {
    const port = await listening(createServer(own!, (_, response) => response.end()));
    const findings = await probe(`https://127.0.0.1:${port}`, asking.now, String(own!.cert));
    expect(findings.filter(({ mark }) => mark === "fault")).toEqual([]);
    expect(findings.map(({ step }) => step)).toEqual([
      "name",
      "connection",
      "TLS",
      "HTTP",
      "clock",
    ]);
  });

  test.skipIf(!others)("whose certificate is another host's", async () => {
    const port = await listening(createServer(others!, (_, response) => response.end()));
    const findings = await probe(`https://127.0.0.1:${port}`);
    expect(findings.at(-1)).toMatchObject({
      mark: "fault",
      step: "TLS",
      said: "the certificate is for erp.example, not for 127.0.0.1",
    });
  });

  test("at which something speaks without TLS", async () => {
    const port = await listening(createHttp((_, response) => response.end()));
    const findings = await probe(`https://127.0.0.1:${port}`);
    expect(findings.at(-1)).toMatchObject({
      mark: "fault",
      said: `127.0.0.1:${port}: what listens there speaks no TLS`,
    });
  });
});

test("clocks that are apart", async () => {
  const port = await listening(createHttp((_, response) => response.end()));
  const early = () => new Date(Date.now() - 10 * 60_000);
  const findings = await probe(`http://127.0.0.1:${port}`, early);
  expect(findings.at(-1)).toMatchObject({
    mark: "warning",
    step: "clock",
    said: expect.stringMatching(/^the ERP's clock is (599|600|601) s ahead of ours$/),
  });
});

test("the addresses of settings, each server once", () => {
  const settings = {
    baseUrl: "https://a.example/x",
    more: { url: "https://b.example" },
    user: "u",
  };
  const again = { ...settings, other: "https://a.example/y" };
  expect(addressesIn(again, "erp.settings").map(({ field, url }) => [field, url.href])).toEqual([
    ["erp.settings.baseUrl", "https://a.example/x"],
    ["erp.settings.more.url", "https://b.example/"],
  ]);
});
