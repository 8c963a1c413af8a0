import type { Kysely } from "kysely";

/** Each process looks every few seconds which changes have ended. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.createIndex("changes_ended_at").on("changes").columns(["ended_at"]).execute();
}
