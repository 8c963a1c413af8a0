import type { Kysely } from "kysely";

/** The times in which one of the landlord's people sees what a person sees, and what they asked in them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("support_views")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("landlord", "text", (column) => column.notNull())
    .addColumn("staff_id", "text", (column) => column.notNull())
    .addColumn("staff_session", "text", (column) => column.notNull())
    .addColumn("account_id", "text", (column) => column.notNull())
    .addColumn("reason", "text", (column) => column.notNull())
    .addColumn("began_at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .addColumn("ended_at", "bigint")
    .addForeignKeyConstraint(
      "support_views_account",
      ["landlord", "account_id"],
      "accounts",
      ["landlord", "id"],
      (constraint) => constraint.onDelete("cascade"),
    )
    .execute();
  await db.schema
    .createIndex("support_views_of_account")
    .on("support_views")
    .columns(["landlord", "account_id", "id"])
    .execute();
  await db.schema
    .createIndex("support_views_of_session")
    .on("support_views")
    .columns(["landlord", "staff_session"])
    .execute();
  for (const column of ["view_id", "operation", "operation_hash"]) {
    await db.schema.alterTable("support_acts").addColumn(column, "text").execute();
  }
  await db.schema
    .createIndex("support_acts_of_subject")
    .on("support_acts")
    .columns(["landlord", "subject"])
    .execute();
}
