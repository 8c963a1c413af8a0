import type { Kysely } from "kysely";

/** As whom accounts are known elsewhere: one identity at each provider, and each of one account. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("social_identities")
    .addColumn("landlord", "text", (column) => column.notNull())
    .addColumn("provider", "text", (column) => column.notNull())
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("account_id", "text", (column) => column.notNull())
    .addColumn("linked_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("social_identities_key", ["landlord", "provider", "subject"])
    .addUniqueConstraint("social_identities_account", ["landlord", "account_id", "provider"])
    .addForeignKeyConstraint(
      "social_identities_of_account",
      ["landlord", "account_id"],
      "accounts",
      ["landlord", "id"],
      (constraint) => constraint.onDelete("cascade"),
    )
    .execute();
}
