import type { Kysely } from "kysely";

/** What the ERP listed last for each person: for when it cannot be asked. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("held_contracts")
    .addColumn("landlord", "text", (column) => column.notNull())
    .addColumn("person_key", "text", (column) => column.notNull())
    .addColumn("contracts", "text", (column) => column.notNull())
    .addColumn("seen_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("held_contracts_key", ["landlord", "person_key"])
    .execute();
}
