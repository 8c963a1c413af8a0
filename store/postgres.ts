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

/** Refuses a server, or a database or role on it, that would lose an acknowledged write. */
export async function openPostgres(url: string): Promise<Db> {
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
    await assertDurable(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return db;
}

async function assertDurable(db: Db): Promise<void> {
  const { rows } = await sql<{ fsync: string; commit: string }>`
    select current_setting('fsync') as "fsync", current_setting('synchronous_commit') as "commit"
  `.execute(db);
  const [settings] = rows;
  if (settings?.fsync !== "on") throw new StoreUnfit("PostgreSQL runs with fsync off.");
  if (settings.commit === "off")
    throw new StoreUnfit("PostgreSQL runs with synchronous_commit off.");
}
