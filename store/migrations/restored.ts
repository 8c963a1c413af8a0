import type { Kysely } from "kysely";

/** What a back-up brought back: how it went on after the back-up was made, nobody here knows. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ["changes", "payments"]) {
    await db.schema.alterTable(table).addColumn("restored_at", "bigint").execute();
  }
}
