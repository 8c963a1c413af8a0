import type { Kysely } from "kysely";

/** What is told of requests, drafts of answers to surveys, and the reminders of those. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("request_watches")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("landlord", "text", (column) => column.notNull())
    .addColumn("account_id", "text", (column) => column.notNull())
    .addColumn("contract_key", "text", (column) => column.notNull())
    .addColumn("request_key", "text", (column) => column.notNull())
    .addColumn("seen", "text", (column) => column.notNull())
    .addColumn("next_look_at", "bigint", (column) => column.notNull())
    .addColumn("looks", "integer", (column) => column.notNull())
    .addColumn("fence", "integer", (column) => column.notNull())
    .addUniqueConstraint("request_watches_once", [
      "landlord",
      "request_key",
      "account_id",
      "contract_key",
    ])
    .addForeignKeyConstraint(
      "request_watches_account",
      ["landlord", "account_id"],
      "accounts",
      ["landlord", "id"],
      (constraint) => constraint.onDelete("cascade"),
    )
    .execute();
  await db.schema
    .createIndex("request_watches_due")
    .on("request_watches")
    .columns(["landlord", "next_look_at"])
    .execute();
  await createDrafts(db);
  await createReminders(db);
}

async function createDrafts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("survey_drafts")
    .addColumn("landlord", "text", (column) => column.notNull())
    .addColumn("account_id", "text", (column) => column.notNull())
    .addColumn("contract_key", "text", (column) => column.notNull())
    .addColumn("survey_key", "text", (column) => column.notNull())
    .addColumn("content", "text", (column) => column.notNull())
    .addColumn("saved_at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("survey_drafts_key", [
      "landlord",
      "account_id",
      "contract_key",
      "survey_key",
    ])
    .addForeignKeyConstraint(
      "survey_drafts_account",
      ["landlord", "account_id"],
      "accounts",
      ["landlord", "id"],
      (constraint) => constraint.onDelete("cascade"),
    )
    .execute();
}

async function createReminders(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("survey_watches")
    .addColumn("landlord", "text", (column) => column.notNull())
    .addColumn("account_id", "text", (column) => column.notNull())
    .addColumn("next_look_at", "bigint", (column) => column.notNull())
    .addColumn("fence", "integer", (column) => column.notNull())
    .addPrimaryKeyConstraint("survey_watches_key", ["landlord", "account_id"])
    .addForeignKeyConstraint(
      "survey_watches_account",
      ["landlord", "account_id"],
      "accounts",
      ["landlord", "id"],
      (constraint) => constraint.onDelete("cascade"),
    )
    .execute();
  await db.schema
    .createIndex("survey_watches_due")
    .on("survey_watches")
    .columns(["landlord", "next_look_at"])
    .execute();
  await db.schema
    .createTable("survey_reminders")
    .addColumn("landlord", "text", (column) => column.notNull())
    .addColumn("account_id", "text", (column) => column.notNull())
    .addColumn("contract_key", "text", (column) => column.notNull())
    .addColumn("survey_key", "text", (column) => column.notNull())
    .addColumn("days", "integer", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .addPrimaryKeyConstraint("survey_reminders_key", [
      "landlord",
      "account_id",
      "contract_key",
      "survey_key",
      "days",
    ])
    .addForeignKeyConstraint(
      "survey_reminders_account",
      ["landlord", "account_id"],
      "accounts",
      ["landlord", "id"],
      (constraint) => constraint.onDelete("cascade"),
    )
    .execute();
}
