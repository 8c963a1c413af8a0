import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { expect, onTestFinished, test } from "vitest";
import { testCall, testIo } from "./fixtures/server.ts";
import { createHttp } from "./http.ts";

/** A key and a certificate that nobody vouches for, or null where there is no openssl. */
function selfSigned(): { key: Buffer; cert: Buffer } | null {
  const folder = mkdtempSync(`${tmpdir()}/tls-`);
  const [key, cert] = [`${folder}/key.pem`, `${folder}/cert.pem`];
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  try {
    const files = ["-keyout", key, "-out", cert, "-days", "2", ...subject];
    execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", ...files], {
      stdio: "ignore",
    });
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } catch {
    return null;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const identity = selfSigned();

test.skipIf(!identity)(
  "a certificate that nobody vouches for is UNAVAILABLE, and nothing is sent",
  async () => {
    let requests = 0;
    const server = createServer(identity!, (_request, response) => {
      requests++;
      response.end();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const baseUrl = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const http = createHttp(testIo(), { baseUrl });
    onTestFinished(async () => {
      await http.close();
      server.close();
    });
    const sent = http.send({ method: "GET", path: "/" }, testCall());
    await expect(sent).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: "test-landlord: GET /: no answer (DEPTH_ZERO_SELF_SIGNED_CERT)",
    });
    expect(requests).toBe(0);
  },
);
