import { stat } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Db } from "./database.ts";
import { makeDurable, openSqlite } from "./sqlite.ts";
import { createSqlite, type TestDatabase } from "./testing/databases.ts";

let database: TestDatabase;
let db: Db;

beforeEach(async () => {
  database = await createSqlite();
  db = await openSqlite(pathOf(database));
});
afterEach(async () => {
  await db.destroy();
  await database.drop();
});

const pathOf = ({ url }: TestDatabase) => url.slice("sqlite:".length);
const count = async () =>
  (await sql<{ n: number }>`select count(*) as n from t`.execute(db)).rows[0]?.n;

describe("SQLite", () => {
  it("J-03 writes to the disk before it acknowledges, and checks foreign keys", async () => {
    const setting = async (name: string) =>
      Object.values((await sql.raw(`pragma ${name}`).execute(db)).rows[0] as object)[0];
    expect(await setting("journal_mode")).toBe("wal");
    expect(await setting("synchronous")).toBe(2);
    expect(await setting("foreign_keys")).toBe(1);
  });

  it("refuses to run where it cannot have the journal that it needs", () => {
    const volatile = new DatabaseSync(":memory:");
    expect(() => makeDurable(volatile, { journal: "wal" })).toThrow(/journal_mode = memory/);
    volatile.close();
  });

  it("makes files that only their owner can read", async () => {
    await sql`create table t (x text)`.execute(db);
    for (const suffix of ["", "-wal", "-shm"]) {
      const { mode } = await stat(pathOf(database) + suffix);
      expect((mode & 0o777).toString(8)).toBe("600");
    }
  });

  it("J-04 refuses to write on a full disk, still reads, and goes on when there is room", async () => {
    await sql`create table t (x text)`.execute(db);
    await sql`insert into t values ('kept')`.execute(db);
    await sql`pragma max_page_count = 4`.execute(db);
    const large = "x".repeat(100_000);
    const transaction = db.transaction().execute(async (trx) => {
      await sql`insert into t values ('with it')`.execute(trx);
      await sql`insert into t values (${large})`.execute(trx);
    });
    await expect(transaction).rejects.toThrow(/full/);
    expect(await count()).toBe(1);
    await sql`pragma max_page_count = 1000`.execute(db);
    await sql`insert into t values (${large})`.execute(db);
    expect(await count()).toBe(2);
  });

  it("lets a second process wait for one that writes", async () => {
    const second = await openSqlite(pathOf(database));
    await sql`create table t (x text)`.execute(db);
    let proceed = () => {};
    const held = new Promise<void>((resolve) => (proceed = resolve));
    const first = db.transaction().execute(async (trx) => {
      await sql`insert into t values ('first')`.execute(trx);
      await held;
    });
    const others = sql`insert into t values ('second')`.execute(second);
    setTimeout(proceed, 300);
    await Promise.all([first, others]);
    expect(await count()).toBe(2);
    await second.destroy();
  });
});
