import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startClamd, type MockClamd } from "../mocks/clamd/clamd.ts";
import { createScanner, type ScannerAddress } from "./scanner.ts";
import { eicar } from "./testing/files.ts";

const addressOf = ({ address }: MockClamd): ScannerAddress => {
  const [host = "", port] = address.split(":");
  return address.startsWith("/") ? { path: address } : { host, port: Number(port) };
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "trousseau-clamd-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(["TCP", "a socket"])("G-01 a scanner over %s", (way) => {
  let clamd: MockClamd;
  beforeAll(async () => {
    clamd = await startClamd(way === "TCP" ? undefined : join(folder, "clamd.ctl"));
  });
  afterEach(() => clamd.setMood("well"));
  afterAll(() => clamd.close());

  test("lets pass what is harmless, however large", async () => {
    const before = clamd.scanned();
    const scanner = createScanner(addressOf(clamd));
    for (const size of [0, 1, 3_000_000]) await scanner.scan(Buffer.alloc(size, "a"));
    expect(clamd.scanned()).toBe(before + 3);
  });

  test("finds a virus at the end of a large file", async () => {
    const bytes = Buffer.concat([Buffer.alloc(2_000_000), eicar]);
    await expect(createScanner(addressOf(clamd)).scan(bytes)).rejects.toMatchObject({
      code: "VIRUS_FOUND",
    });
  });

  test.each(["error", "hang"] as const)("that is not well (%s) lets nothing pass", async (mood) => {
    clamd.setMood(mood);
    const scanner = createScanner(addressOf(clamd), 100);
    await expect(scanner.scan(Buffer.from("harmless"))).rejects.toMatchObject({
      code: "SCANNER_UNAVAILABLE",
    });
  });
});

test("a scanner that is not there lets nothing pass", async () => {
  const clamd = await startClamd();
  await clamd.close();
  await expect(createScanner(addressOf(clamd)).scan(Buffer.from("x"))).rejects.toMatchObject({
    code: "SCANNER_UNAVAILABLE",
  });
});
