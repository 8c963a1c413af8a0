import type { Kysely } from "kysely";

/** Changes that the ERP said it applied, and does not show. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("changes").addColumn("unconfirmed_since", "bigint").execute();
}
