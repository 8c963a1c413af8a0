import type { Kysely } from "kysely";

// A migration must not follow the types of today's tables.
type AnyTables = Kysely<unknown>;

export async function up(db: AnyTables): Promise<void> {
  await createAccounts(db);
  await createSessions(db);
  await createLinks(db);
  await createMails(db);
  await createHouseTables(db);
}

async function createAccounts(db: AnyTables): Promise<void> {
  await db.schema
    .createTable("accounts")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("landlord", "text", (column) => column.notNull())
    .addColumn("email", "text", (column) => column.notNull())
    .addColumn("email_key", "text", (column) => column.notNull())
    .addColumn("password_hash", "text", (column) => column.notNull())
    .addColumn("language", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addUniqueConstraint("accounts_email", ["landlord", "email_key"])
    .addUniqueConstraint("accounts_landlord", ["landlord", "id"])
    .execute();
  await db.schema
    .createTable("account_persons")
    .addColumn("landlord", "text", (column) => column.notNull())
    .addColumn("person_key", "text", (column) => column.notNull())
    .addColumn("account_id", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("account_persons_key", ["landlord", "person_key"])
    .addForeignKeyConstraint(
      "account_persons_account",
      ["landlord", "account_id"],
      "accounts",
      ["landlord", "id"],
      (constraint) => constraint.onDelete("cascade"),
    )
    .execute();
  await db.schema
    .createIndex("account_persons_by_account")
    .on("account_persons")
    .columns(["account_id"])
    .execute();
  await db.schema
    .createTable("account_consents")
    .addColumn("landlord", "text", (column) => column.notNull())
    .addColumn("account_id", "text", (column) => column.notNull())
    .addColumn("consent_id", "text", (column) => column.notNull())
    .addColumn("version", "text", (column) => column.notNull())
    .addColumn("given", "integer", (column) => column.notNull())
    .addColumn("given_at", "bigint", (column) => column.notNull())
    .addForeignKeyConstraint(
      "account_consents_account",
      ["landlord", "account_id"],
      "accounts",
      ["landlord", "id"],
      (constraint) => constraint.onDelete("cascade"),
    )
    .execute();
  await db.schema
    .createIndex("account_consents_by_account")
    .on("account_consents")
    .columns(["account_id"])
    .execute();
}

async function createSessions(db: AnyTables): Promise<void> {
  await db.schema
    .createTable("sessions")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("landlord", "text", (column) => column.notNull())
    .addColumn("account_id", "text", (column) => column.notNull())
    .addColumn("remember", "integer", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("refreshed_at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .addColumn("ended_at", "bigint")
    .addForeignKeyConstraint(
      "sessions_account",
      ["landlord", "account_id"],
      "accounts",
      ["landlord", "id"],
      (constraint) => constraint.onDelete("cascade"),
    )
    .execute();
  await db.schema
    .createIndex("sessions_by_account")
    .on("sessions")
    .columns(["account_id"])
    .execute();
  await db.schema
    .createTable("refresh_tokens")
    .addColumn("token_hash", "text", (column) => column.primaryKey())
    .addColumn("session_id", "text", (column) =>
      column.notNull().references("sessions.id").onDelete("cascade"),
    )
    .addColumn("parent_hash", "text")
    .addColumn("used_at", "bigint")
    .execute();
  for (const column of ["session_id", "parent_hash"]) {
    await db.schema
      .createIndex(`refresh_tokens_by_${column}`)
      .on("refresh_tokens")
      .columns([column])
      .execute();
  }
}

async function createLinks(db: AnyTables): Promise<void> {
  await db.schema
    .createTable("links")
    .addColumn("token_hash", "text", (column) => column.primaryKey())
    .addColumn("landlord", "text", (column) => column.notNull())
    .addColumn("purpose", "text", (column) => column.notNull())
    .addColumn("subject", "text", (column) => column.notNull())
    .addColumn("payload", "text")
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .addColumn("expires_at", "bigint", (column) => column.notNull())
    .addColumn("used_at", "bigint")
    .addColumn("live", "integer")
    .addUniqueConstraint("links_live", ["landlord", "purpose", "subject", "live"])
    .execute();
}

async function createMails(db: AnyTables): Promise<void> {
  await db.schema
    .createTable("mails")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("landlord", "text", (column) => column.notNull())
    .addColumn("content", "text")
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("attempts", "integer", (column) => column.notNull())
    .addColumn("queued_at", "bigint", (column) => column.notNull())
    .addColumn("next_attempt_at", "bigint", (column) => column.notNull())
    .addColumn("lease", "text")
    .addColumn("finished_at", "bigint")
    .execute();
  await db.schema
    .createIndex("mails_due")
    .on("mails")
    .columns(["status", "next_attempt_at"])
    .execute();
}

async function createHouseTables(db: AnyTables): Promise<void> {
  await db.schema
    .createTable("throttles")
    .addColumn("key_hash", "text", (column) => column.primaryKey())
    .addColumn("hits", "integer", (column) => column.notNull())
    .addColumn("window_ends_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("signing_keys")
    .addColumn("generation", "integer", (column) => column.primaryKey())
    .addColumn("kid", "text", (column) => column.notNull())
    .addColumn("public_jwk", "text", (column) => column.notNull())
    .addColumn("private_jwk", "text", (column) => column.notNull())
    .addColumn("created_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("secret_check")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("sealed", "text", (column) => column.notNull())
    .execute();
}
