/** Accounts of the landlord's own people. They stand for no person of the ERP, so own nothing there. */
import { createAccounts } from "./accounts.ts";
import { inTransaction, type Db } from "./database.ts";
import { createSessions } from "./sessions.ts";

export interface StaffTable {
  landlord: string;
  account_id: string;
}

export interface Staff {
  /**
   * Makes exactly those with these addresses the landlord's staff: whoever has no account gets one
   * with `passwordHash`, and who is not named any more is signed out. An address whose account
   * stands for a person of the ERP is left as it is, and answered.
   */
  appoint(
    landlord: string,
    emails: readonly string[],
    passwordHash: string,
  ): Promise<{ readonly refused: string[] }>;
  includes(landlord: string, accountId: string): Promise<boolean>;
}

export function createStaff(db: Db, now: () => Date): Staff {
  return {
    appoint: (landlord, emails, passwordHash) =>
      inTransaction(db, (trx) => appoint(trx, now, landlord, emails, passwordHash)),
    includes: async (landlord, accountId) =>
      (await staffOf(db, landlord).where("account_id", "=", accountId).executeTakeFirst()) !==
      undefined,
  };
}

const staffOf = (db: Db, landlord: string) =>
  db.selectFrom("staff").select("account_id").where("landlord", "=", landlord);

async function appoint(
  trx: Db,
  now: () => Date,
  landlord: string,
  emails: readonly string[],
  passwordHash: string,
): Promise<{ refused: string[] }> {
  const refused: string[] = [];
  const appointed: string[] = [];
  for (const email of emails) {
    const id = await accountFor(trx, now, landlord, email, passwordHash);
    if (id === null) refused.push(email);
    else appointed.push(id);
  }
  await dismissOthers(trx, now, landlord, appointed);
  if (appointed.length > 0) {
    await trx
      .insertInto("staff")
      .values(appointed.map((account_id) => ({ landlord, account_id })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  return { refused };
}

async function accountFor(
  trx: Db,
  now: () => Date,
  landlord: string,
  email: string,
  passwordHash: string,
): Promise<string | null> {
  const accounts = createAccounts(trx, now);
  const created = await accounts.create({ landlord, email, passwordHash, language: "fr" }, [], []);
  if (created.outcome === "OK") return created.account.id;
  const known = await accounts.byEmail(landlord, email);
  const persons = known ? await accounts.persons(landlord, known.id) : [];
  return known && persons.length === 0 ? known.id : null;
}

async function dismissOthers(
  trx: Db,
  now: () => Date,
  landlord: string,
  appointed: readonly string[],
): Promise<void> {
  const before = await staffOf(trx, landlord).execute();
  for (const { account_id } of before.filter((one) => !appointed.includes(one.account_id))) {
    await trx
      .deleteFrom("staff")
      .where("landlord", "=", landlord)
      .where("account_id", "=", account_id)
      .execute();
    await createSessions(trx, now).endAll(landlord, account_id);
  }
}
