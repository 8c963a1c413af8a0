import type { Kysely } from "kysely";

/** The landlord's own people, what became of each change on its way, and what was settled by hand. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("staff")
    .addColumn("landlord", "text", (column) => column.notNull())
    .addColumn("account_id", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("staff_key", ["landlord", "account_id"])
    .addForeignKeyConstraint(
      "staff_account",
      ["landlord", "account_id"],
      "accounts",
      ["landlord", "id"],
      (constraint) => constraint.onDelete("cascade"),
    )
    .execute();
  await db.schema.alterTable("changes").addColumn("attention_at", "bigint").execute();
  await createEvents(db);
  await createActs(db);
  // For what is counted again and again.
  await db.schema
    .createIndex("payments_standing")
    .on("payments")
    .columns(["landlord", "state"])
    .execute();
}

async function createEvents(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("change_events")
    .addColumn("change_id", "text", (column) =>
      column.notNull().references("changes.id").onDelete("cascade"),
    )
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .addColumn("last_at", "bigint", (column) => column.notNull())
    .addColumn("times", "integer", (column) => column.notNull())
    .addColumn("from_status", "text", (column) => column.notNull())
    .addColumn("to_status", "text", (column) => column.notNull())
    .addColumn("error", "text")
    .addColumn("attempt", "integer", (column) => column.notNull())
    .addColumn("actor", "text")
    .addColumn("reason", "text")
    .addPrimaryKeyConstraint("change_events_key", ["change_id", "position"])
    .execute();
}

async function createActs(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("support_acts")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("landlord", "text", (column) => column.notNull())
    .addColumn("actor", "text", (column) => column.notNull())
    .addColumn("act", "text", (column) => column.notNull())
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("reason", "text", (column) => column.notNull())
    .addColumn("at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex("support_acts_of_landlord")
    .on("support_acts")
    .columns(["landlord", "id"])
    .execute();
}
