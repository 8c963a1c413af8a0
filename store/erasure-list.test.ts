import { appendFile, copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createErasureList } from "./erasure-list.ts";
import { openStore, type Store } from "./store.ts";
import { anAccount, testSecret } from "./testing/stores.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "trousseau-erasures-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const path = (name: string) => join(folder, name);
const openAt = (name: string) => openStore({ url: `sqlite:${path(name)}`, secret: testSecret });
const emails = async (store: Store, ...addresses: string[]) => {
  const accounts = await Promise.all(addresses.map((one) => store.accounts.byEmail("cedre", one)));
  return accounts.map((account) => account?.email ?? null);
};

test("K-09 who was erased after the back-up is erased again when it is restored, and nobody else", async () => {
  const list = createErasureList(path("erasures"), []);
  const store = await openAt("store.db");
  const gone = await anAccount(store, "cedre", "gone@example.org");
  await anAccount(store, "cedre", "stays@example.org");
  await store.close();
  await copyFile(path("store.db"), path("backup.db"));

  const live = await openAt("store.db");
  await live.erasures.erase("cedre", gone.id, { mustBeSent: [] });
  await Promise.all([list.apply(live), list.apply(live)]);
  expect((await readFile(path("erasures"), "utf8")).trim().split("\n")).toHaveLength(1);
  await live.close();

  const restored = await openAt("backup.db");
  expect(await emails(restored, "gone@example.org")).toEqual(["gone@example.org"]);
  expect(await createErasureList(path("erasures"), []).apply(restored)).toBe(1);
  expect(await emails(restored, "gone@example.org", "stays@example.org")).toEqual([
    null,
    "stays@example.org",
  ]);
  expect(await list.apply(restored)).toBe(0);
  await restored.close();
});

test("K-09 a list that was cut off in the middle of a line loses no line, before or after it", async () => {
  const list = createErasureList(path("erasures"), []);
  const store = await openAt("store.db");
  const one = await anAccount(store, "cedre", "one@example.org");
  const two = await anAccount(store, "cedre", "two@example.org");
  await store.erasures.erase("cedre", one.id, { mustBeSent: [] });
  await list.apply(store);
  await appendFile(path("erasures"), "half-of-a-li");
  await store.erasures.erase("cedre", two.id, { mustBeSent: [] });
  await list.apply(store);
  const lines = (await readFile(path("erasures"), "utf8")).split("\n");
  const known = await store.erasures.list();
  expect(known).toHaveLength(2);
  expect(known.filter((hash) => !lines.includes(hash))).toEqual([]);
  await store.close();
});
