import { sql, type Kysely } from "kysely";

/** When an account was used last: of those that are there, as far as is known, now. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("accounts").addColumn("used_at", "bigint").execute();
  await db.schema.alterTable("accounts").addColumn("told_unused_at", "bigint").execute();
  await sql`update accounts set used_at = ${Date.now()}`.execute(db);
}
