import { Kysely, PostgresDialect, sql } from "kysely";
import { Pool, types } from "pg";
import type { Db } from "./database.ts";
import { StoreUnfit } from "./failure.ts";

/** Times are bigint, far below 2^53: numbers here, where pg gives text. Counts likewise. */
const numbers = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    oid === types.builtins.INT8 && format !== "binary"
      ? Number
      : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
};

/** A table that stands in a database into which a back-up is being restored, until that is settled. */
export const restoringMark = "trousseau_restoring";

/** Refuses a server, or a database or role on it, that would lose an acknowledged write. */
export async function openPostgres(url: string, restoring = false): Promise<Db> {
  const pool = new Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 30_000,
    types: numbers,
  });
  // A connection that breaks while idle is replaced; without a listener it would end the process.
  pool.on("error", () => {});
  const db: Db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  try {
    const { marked } = await assertDurable(db);
    if (marked && !restoring) throw new StoreUnfit(brokenOff);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return db;
}

const brokenOff =
  "A back-up was being restored into this database, and that was broken off: make an empty one, and restore again.";

async function assertDurable(db: Db): Promise<{ marked: boolean }> {
  const { rows } = await sql<{ fsync: string; commit: string; marked: boolean }>`
    select current_setting('fsync') as "fsync", current_setting('synchronous_commit') as "commit",
      to_regclass(${restoringMark}) is not null as "marked"
  `.execute(db);
  const [settings] = rows;
  if (settings?.fsync !== "on") throw new StoreUnfit("PostgreSQL runs with fsync off.");
  if (settings.commit === "off")
    throw new StoreUnfit("PostgreSQL runs with synchronous_commit off.");
  return settings;
}
