import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createAnnouncements } from "./announcements.ts";
import { createChanges } from "./changes.ts";
import { createCipher } from "./cipher.ts";
import type { Db } from "./database.ts";
import { isStoreAway } from "./failure.ts";
import { migrate } from "./migrations.ts";
import { openSqlite } from "./sqlite.ts";
import { testSecret } from "./testing/stores.ts";

let folder: string;
let db: Db;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "trousseau-full-"));
  db = await openSqlite(join(folder, "store.db"));
  await migrate(db);
});
afterEach(async () => {
  await db.destroy();
  await rm(folder, { recursive: true, force: true });
});

const change = (key: string) => ({
  landlord: "cedre",
  accountId: "a",
  personKey: "P1",
  contractKey: "C1",
  lane: "contract:C1",
  kind: "BILLING_ADDRESS",
  idempotencyKey: key,
  request: "{}",
  payload: "x".repeat(100_000),
  effectiveBy: null,
});

test("J-04 a full disk refuses a change, keeps what was acknowledged, and takes changes again", async () => {
  const submitted = createAnnouncements();
  const changes = createChanges({
    db,
    now: () => new Date(),
    cipher: createCipher(testSecret),
    submitted,
    acknowledged: createAnnouncements(),
  });
  const first = await changes.submit(change("key-0001"));
  const { page_count: pages } = (await sql<{ page_count: number }>`pragma page_count`.execute(db))
    .rows[0]!;
  await sql`pragma max_page_count = ${sql.lit(pages)}`.execute(db);
  const refused = await changes.submit(change("key-0002")).catch((error: unknown) => error);
  expect(isStoreAway(refused)).toBe(true);
  expect(await changes.byId("cedre", "a", first.change.id)).toMatchObject({ status: "ACCEPTED" });
  await sql`pragma max_page_count = 100000`.execute(db);
  expect((await changes.submit(change("key-0002"))).repeated).toBeNull();
});

test("a database that another process holds is away", () => {
  const path = join(folder, "held.db");
  const holder = new DatabaseSync(path);
  holder.exec("create table t (a); begin immediate");
  const other = new DatabaseSync(path, { timeout: 1 });
  let thrown: unknown;
  try {
    other.exec("begin immediate");
  } catch (error) {
    thrown = error;
  }
  expect(isStoreAway(thrown)).toBe(true);
  other.close();
  holder.close();
});

test.each([
  ["a unique value that is there already", Object.assign(new Error("x"), { errcode: 2067 }), false],
  ["PostgreSQL's full disk", Object.assign(new Error("x"), { code: "53100" }), true],
  ["PostgreSQL shutting down", Object.assign(new Error("x"), { code: "57P01" }), true],
  ["a broken constraint of PostgreSQL", Object.assign(new Error("x"), { code: "23505" }), false],
  ["a defect", new TypeError("x"), false],
])("%s", (_what, error, away) => {
  expect(isStoreAway(error)).toBe(away);
});
