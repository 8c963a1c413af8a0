import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStore } from "../../store/store.ts";
import { runCommand } from "../testing/terminal.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "trousseau-reseal-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const secret = (byte: number) => new Uint8Array(32).fill(byte);
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

const environment = (secrets: string) => ({
  TROUSSEAU_PUBLIC_URL: "https://api.example.org",
  TROUSSEAU_STORE: `sqlite:${join(folder, "store.db")}`,
  TROUSSEAU_SMTP: "smtp://127.0.0.1",
  TROUSSEAU_SECRET: secrets,
  TROUSSEAU_ID_SECRET: base64(secret(3)),
});

test("K-03 everything is under the new secret afterwards, and the former one is not needed", async () => {
  const url = environment("").TROUSSEAU_STORE;
  const before = await openStore({ url, secret: secret(1) });
  const { kid } = await before.keys.current();
  await before.close();
  const secrets = `${base64(secret(2))}, ${base64(secret(1))}`;
  const { code, out } = await runCommand(["store", "reseal"], {
    environment: environment(secrets),
  });
  expect([code, out]).toEqual([0, "1 values sealed anew.\n"]);
  const after = await openStore({ url, secret: secret(2) });
  expect((await after.keys.current()).kid).toBe(kid);
  await after.close();
});

test("K-03 says which variable is wrong, and never its value", async () => {
  const secrets = `${base64(secret(2))},c2hvcnQ=`;
  const { code, err } = await runCommand(["store", "reseal"], {
    environment: environment(secrets),
  });
  expect(code).toBe(2);
  expect(err).toContain("TROUSSEAU_SECRET");
  expect(err).toContain("found 5");
  expect(err).not.toContain("c2hvcnQ");
});
