import { randomUUIDv7 } from "node:crypto";
import { sql } from "kysely";
import { inTransaction, type Db } from "./database.ts";
import { isUniqueViolation } from "./unique-violation.ts";

type AccountLanguage = "fr" | "en";

export interface Account {
  /** UUID version 7. */
  readonly id: string;
  readonly landlord: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly createdAt: Date;
  readonly language: AccountLanguage;
}

export type NewAccount = Omit<Account, "id" | "createdAt">;

interface Consent {
  readonly id: string;
  readonly version: string;
  readonly given: boolean;
  /** When the person answered: before the account was made, where that waits for a confirmation. */
  readonly givenAt: Date;
}

type CreateOutcome =
  | { readonly outcome: "OK"; readonly account: Account }
  | { readonly outcome: "EMAIL_TAKEN" | "PERSON_TAKEN" };

/** Nobody sees another landlord's accounts: `landlord` leads every call. */
export interface Accounts {
  /**
   * All or nothing. The e-mail is trimmed, and unique per landlord whatever its case; a person has
   * one account at most. Either being taken leaves the caller's transaction usable.
   */
  create(
    account: NewAccount,
    personKeys: readonly string[],
    consents: readonly Consent[],
  ): Promise<CreateOutcome>;
  byId(landlord: string, id: string): Promise<Account | null>;
  /**
   * The account as it is now, and as it stays until the transaction ends: whoever would change or
   * hold it waits. For what must not slip past a change, like a sign-in past a new password.
   */
  hold(landlord: string, id: string): Promise<Account | null>;
  /** Case and surrounding space do not matter. */
  byEmail(landlord: string, email: string): Promise<Account | null>;
  byPerson(landlord: string, personKey: string): Promise<Account | null>;
  /** The keys of the persons that the account stands for, sorted. */
  persons(landlord: string, accountId: string): Promise<string[]>;
  /** False when there is no such account. Sessions live on: see `sessions.endAll`. */
  setPassword(landlord: string, id: string, passwordHash: string): Promise<boolean>;
  setEmail(landlord: string, id: string, email: string): Promise<"OK" | "EMAIL_TAKEN" | "UNKNOWN">;
  /** Everything the account was asked and answered, oldest first. */
  consents(landlord: string, accountId: string): Promise<Consent[]>;
}

export function createAccounts(db: Db, now: () => Date): Accounts {
  const find = (landlord: string) =>
    db.selectFrom("accounts").selectAll("accounts").where("accounts.landlord", "=", landlord);
  return {
    create: (account, personKeys, consents) =>
      inTransaction(db, (trx) => create(trx, now(), account, personKeys, consents)),
    byId: async (landlord, id) =>
      accountOf(await find(landlord).where("id", "=", id).executeTakeFirst()),
    // Writing to a row is what both databases lock it by.
    hold: async (landlord, id) =>
      accountOf(
        await db
          .updateTable("accounts")
          .set((column) => ({ id: column.ref("id") }))
          .where("landlord", "=", landlord)
          .where("id", "=", id)
          .returningAll()
          .executeTakeFirst(),
      ),
    byEmail: async (landlord, email) =>
      accountOf(await find(landlord).where("email_key", "=", emailKey(email)).executeTakeFirst()),
    byPerson: async (landlord, personKey) =>
      accountOf(
        await find(landlord)
          .innerJoin("account_persons", "account_persons.account_id", "accounts.id")
          .where("account_persons.landlord", "=", landlord)
          .where("account_persons.person_key", "=", personKey)
          .executeTakeFirst(),
      ),
    persons: (landlord, accountId) => persons(db, landlord, accountId),
    setPassword: async (landlord, id, passwordHash) => {
      const { numUpdatedRows } = await db
        .updateTable("accounts")
        .set({ password_hash: passwordHash })
        .where("landlord", "=", landlord)
        .where("id", "=", id)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    setEmail: (landlord, id, email) =>
      inTransaction(db, (trx) => setEmail(trx, landlord, id, email)),
    consents: (landlord, accountId) => consentsOf(db, landlord, accountId),
  };
}

function emailKey(email: string): string {
  return email.trim().normalize("NFC").toLowerCase();
}

interface AccountRow {
  id: string;
  landlord: string;
  email: string;
  password_hash: string;
  language: string;
  created_at: number;
}

function accountOf(row: AccountRow | undefined): Account | null {
  if (!row) return null;
  return {
    id: row.id,
    landlord: row.landlord,
    email: row.email,
    passwordHash: row.password_hash,
    createdAt: new Date(row.created_at),
    language: row.language === "en" ? "en" : "fr",
  };
}

async function create(
  trx: Db,
  at: Date,
  account: NewAccount,
  personKeys: readonly string[],
  consents: readonly Consent[],
): Promise<CreateOutcome> {
  const { landlord } = account;
  const created: Account = {
    ...account,
    email: account.email.trim(),
    id: randomUUIDv7(),
    createdAt: at,
  };
  if (!(await insertAccount(trx, created))) return { outcome: "EMAIL_TAKEN" };
  if (!(await insertPersons(trx, landlord, created.id, personKeys))) {
    await trx.deleteFrom("accounts").where("id", "=", created.id).execute();
    return { outcome: "PERSON_TAKEN" };
  }
  await insertConsents(trx, landlord, created.id, consents);
  return { outcome: "OK", account: created };
}

async function insertAccount(trx: Db, account: Account): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto("accounts")
    .values({
      id: account.id,
      landlord: account.landlord,
      email: account.email,
      email_key: emailKey(account.email),
      password_hash: account.passwordHash,
      language: account.language,
      created_at: account.createdAt.getTime(),
      used_at: null,
      told_unused_at: null,
    })
    .onConflict((conflict) => conflict.columns(["landlord", "email_key"]).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

async function insertPersons(
  trx: Db,
  landlord: string,
  accountId: string,
  personKeys: readonly string[],
): Promise<boolean> {
  const distinct = [...new Set(personKeys)];
  if (distinct.length === 0) return true;
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto("account_persons")
    .values(
      distinct.map((personKey) => ({ landlord, account_id: accountId, person_key: personKey })),
    )
    .onConflict((conflict) => conflict.columns(["landlord", "person_key"]).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === BigInt(distinct.length);
}

async function insertConsents(
  trx: Db,
  landlord: string,
  accountId: string,
  consents: readonly Consent[],
): Promise<void> {
  if (consents.length === 0) return;
  const rows = consents.map((consent) => ({
    landlord,
    account_id: accountId,
    consent_id: consent.id,
    version: consent.version,
    given: consent.given ? 1 : 0,
    given_at: consent.givenAt.getTime(),
  }));
  await trx.insertInto("account_consents").values(rows).execute();
}

async function persons(db: Db, landlord: string, accountId: string): Promise<string[]> {
  const rows = await db
    .selectFrom("account_persons")
    .select("person_key")
    .where("landlord", "=", landlord)
    .where("account_id", "=", accountId)
    .execute();
  return rows.map((row) => row.person_key).sort();
}

/** A savepoint, because PostgreSQL refuses everything after a violation until it is rolled back. */
async function setEmail(
  trx: Db,
  landlord: string,
  id: string,
  email: string,
): Promise<"OK" | "EMAIL_TAKEN" | "UNKNOWN"> {
  await sql`savepoint set_email`.execute(trx);
  try {
    const { numUpdatedRows } = await trx
      .updateTable("accounts")
      .set({ email: email.trim(), email_key: emailKey(email) })
      .where("landlord", "=", landlord)
      .where("id", "=", id)
      .executeTakeFirst();
    await sql`release savepoint set_email`.execute(trx);
    return numUpdatedRows > 0n ? "OK" : "UNKNOWN";
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    await sql`rollback to savepoint set_email`.execute(trx);
    return "EMAIL_TAKEN";
  }
}

async function consentsOf(db: Db, landlord: string, accountId: string): Promise<Consent[]> {
  const rows = await db
    .selectFrom("account_consents")
    .selectAll()
    .where("landlord", "=", landlord)
    .where("account_id", "=", accountId)
    .orderBy("given_at")
    .orderBy("consent_id")
    .execute();
  return rows.map((row) => ({
    id: row.consent_id,
    version: row.version,
    given: row.given === 1,
    givenAt: new Date(row.given_at),
  }));
}
