import type { Kysely } from "kysely";

/** Whose data was erased, and the key of hashes that stays when the secret is replaced. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("erasures")
    .addColumn("account_hash", "text", (column) => column.primaryKey())
    .addColumn("landlord", "text", (column) => column.notNull())
    .addColumn("account_id", "text")
    .addColumn("erased_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema.alterTable("secret_check").addColumn("hashing_key", "text").execute();
}
