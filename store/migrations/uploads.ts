import type { Kysely } from "kysely";

/** Files that people gave, kept until their landlord's ERP has them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("uploads")
    .addColumn("landlord", "text", (column) => column.notNull())
    .addColumn("id", "text", (column) => column.notNull())
    // No foreign key: a change on its way needs its files, whatever becomes of the account.
    .addColumn("account_id", "text", (column) => column.notNull())
    .addColumn("purpose", "text", (column) => column.notNull())
    .addColumn("file_name", "text", (column) => column.notNull())
    .addColumn("media_type", "text", (column) => column.notNull())
    .addColumn("size_bytes", "integer", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("change_id", "text")
    .addColumn("sha256", "text")
    .addColumn("stored_as", "text")
    .addColumn("stored_key", "text")
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("uploads_key", ["landlord", "id"])
    .addUniqueConstraint("uploads_stored_as", ["stored_as"])
    .execute();
  await db.schema
    .createIndex("uploads_of_account")
    .on("uploads")
    .columns(["landlord", "account_id", "state"])
    .execute();
  await db.schema
    .createIndex("uploads_of_change")
    .on("uploads")
    .columns(["landlord", "change_id"])
    .execute();
  await db.schema
    .createIndex("uploads_due")
    .on("uploads")
    .columns(["state", "expires_at"])
    .execute();
}
