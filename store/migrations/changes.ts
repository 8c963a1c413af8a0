import type { Kysely } from "kysely";

/** What people asked their landlord to change, on its way to the ERP. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("changes")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("landlord", "text", (column) => column.notNull())
    .addColumn("account_id", "text", (column) => column.notNull())
    .addColumn("person_key", "text", (column) => column.notNull())
    .addColumn("contract_key", "text")
    .addColumn("lane", "text", (column) => column.notNull())
    .addColumn("lane_position", "integer", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("key_hash", "text", (column) => column.notNull())
    .addColumn("request_hash", "text", (column) => column.notNull())
    .addColumn("payload", "text")
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("submitted_at", "bigint", (column) => column.notNull())
    .addColumn("effective_by", "bigint")
    .addColumn("ended_at", "bigint")
    .addColumn("reason", "text")
    .addColumn("reference", "text")
    .addColumn("attempts", "integer", (column) => column.notNull())
    .addColumn("next_attempt_at", "bigint", (column) => column.notNull())
    .addColumn("fence", "integer", (column) => column.notNull())
    .addColumn("last_error", "text")
    .addUniqueConstraint("changes_key", ["landlord", "account_id", "key_hash"])
    .addUniqueConstraint("changes_lane", ["landlord", "lane", "lane_position"])
    .execute();
  await db.schema
    .createIndex("changes_due")
    .on("changes")
    .columns(["landlord", "status", "next_attempt_at"])
    .execute();
}
