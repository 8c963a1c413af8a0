import type { Kysely } from "kysely";

/** What each landlord's ERP described of itself otherwise, when somebody last looked. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("erp_drifts")
    .addColumn("landlord", "text", (column) => column.primaryKey())
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("finding", "text")
    .addColumn("checked_at", "bigint")
    .addColumn("changed_at", "bigint")
    .addColumn("next_check_at", "bigint", (column) => column.notNull())
    .execute();
}
