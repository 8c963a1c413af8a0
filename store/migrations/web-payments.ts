import type { Kysely } from "kysely";

/** Payments on a provider's page, what providers told of them, and the count of each day. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("payments")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("landlord", "text", (column) => column.notNull())
    .addColumn("account_id", "text", (column) => column.notNull())
    .addColumn("key_hash", "text", (column) => column.notNull())
    .addColumn("request_hash", "text", (column) => column.notNull())
    .addColumn("content", "text", (column) => column.notNull())
    .addColumn("amount", "text", (column) => column.notNull())
    .addColumn("day_number", "integer", (column) => column.notNull())
    .addColumn("provider", "text", (column) => column.notNull())
    .addColumn("provider_reference", "text")
    .addColumn("redirect", "text")
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("problem", "text")
    .addColumn("provider_transaction", "text")
    .addColumn("receipt", "text")
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint")
    .addColumn("decided_at", "bigint")
    .addColumn("next_ask_at", "bigint")
    .addColumn("asks", "integer", (column) => column.notNull())
    .addColumn("failed_asks", "integer", (column) => column.notNull())
    .addColumn("lease", "text")
    .addUniqueConstraint("payments_key", ["landlord", "account_id", "key_hash"])
    .addUniqueConstraint("payments_at_provider", ["landlord", "provider", "provider_reference"])
    .addUniqueConstraint("payments_transaction", ["landlord", "provider", "provider_transaction"])
    .execute();
  await db.schema.createIndex("payments_due").on("payments").column("next_ask_at").execute();
  await db.schema
    .createTable("payment_events")
    .addColumn("landlord", "text", (column) => column.notNull())
    .addColumn("provider", "text", (column) => column.notNull())
    .addColumn("event", "text", (column) => column.notNull())
    .addColumn("payment_id", "text", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("received_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("payment_events_key", ["landlord", "provider", "event"])
    .execute();
  await db.schema
    .createTable("payment_days")
    .addColumn("landlord", "text", (column) => column.notNull())
    .addColumn("day", "text", (column) => column.notNull())
    .addColumn("last", "integer", (column) => column.notNull())
    .addPrimaryKeyConstraint("payment_days_key", ["landlord", "day"])
    .execute();
}
