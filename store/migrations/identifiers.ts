import type { Kysely } from "kysely";

/** What else accounts are signed in to with. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("account_identifiers")
    .addColumn("landlord", "text", (column) => column.notNull())
    .addColumn("identifier", "text", (column) => column.notNull())
    .addColumn("account_id", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("account_identifiers_key", ["landlord", "identifier"])
    .addForeignKeyConstraint(
      "account_identifiers_account",
      ["landlord", "account_id"],
      "accounts",
      ["landlord", "id"],
      (constraint) => constraint.onDelete("cascade"),
    )
    .execute();
}
