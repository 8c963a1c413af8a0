import { stat } from "node:fs/promises";
import { expect, test } from "vitest";
import { hashPassword } from "./password-hash.ts";

test("C-11 many passwords at once leave room for what else waits for a thread", async () => {
  let hashed = 0;
  const all = Array.from({ length: 24 }, async (_, i) => {
    await hashPassword(`password ${i}`);
    hashed += 1;
  });
  await stat(import.meta.dirname);
  expect(hashed).toBeLessThan(12);
  await Promise.all(all);
  expect(hashed).toBe(24);
});
