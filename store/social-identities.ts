import { inTransaction, type Db } from "./database.ts";

/** Somebody as another provider knows them: `subject` is what it calls them, and never changes. */
interface SocialSubject {
  readonly provider: string;
  readonly subject: string;
}

interface LinkedProvider {
  readonly provider: string;
  readonly linkedAt: Date;
}

/** As whom accounts are known at other providers. */
export interface SocialIdentities {
  /**
   * SAME: it was linked to this account already. SUBJECT_TAKEN: another account has it.
   * PROVIDER_TAKEN: the account is linked to somebody else at this provider.
   */
  link(
    landlord: string,
    accountId: string,
    identity: SocialSubject,
  ): Promise<"OK" | "SAME" | "SUBJECT_TAKEN" | "PROVIDER_TAKEN">;
  /** The id of the account, or null. */
  accountOf(landlord: string, identity: SocialSubject): Promise<string | null>;
  /** What the account is linked to, oldest first. */
  ofAccount(landlord: string, accountId: string): Promise<LinkedProvider[]>;
  /** False when there was no such link. */
  unlink(landlord: string, accountId: string, provider: string): Promise<boolean>;
}

export function createSocialIdentities(db: Db, now: () => Date): SocialIdentities {
  return {
    link: (landlord, accountId, identity) =>
      inTransaction(db, (trx) => link(trx, now().getTime(), landlord, accountId, identity)),
    accountOf: (landlord, identity) => accountOf(db, landlord, identity),
    ofAccount: async (landlord, accountId) => {
      const rows = await db
        .selectFrom("social_identities")
        .select(["provider", "linked_at"])
        .where("landlord", "=", landlord)
        .where("account_id", "=", accountId)
        .orderBy("linked_at")
        .orderBy("provider")
        .execute();
      return rows.map((row) => ({ provider: row.provider, linkedAt: new Date(row.linked_at) }));
    },
    unlink: async (landlord, accountId, provider) => {
      const { numDeletedRows } = await db
        .deleteFrom("social_identities")
        .where("landlord", "=", landlord)
        .where("account_id", "=", accountId)
        .where("provider", "=", provider)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}

async function accountOf(
  db: Db,
  landlord: string,
  { provider, subject }: SocialSubject,
): Promise<string | null> {
  const row = await db
    .selectFrom("social_identities")
    .select("account_id")
    .where("landlord", "=", landlord)
    .where("provider", "=", provider)
    .where("subject", "=", subject)
    .executeTakeFirst();
  return row?.account_id ?? null;
}

/** The second of two parallel calls waits for the first, inserts nothing, and looks at what it made. */
async function link(
  trx: Db,
  at: number,
  landlord: string,
  accountId: string,
  identity: SocialSubject,
): Promise<"OK" | "SAME" | "SUBJECT_TAKEN" | "PROVIDER_TAKEN"> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto("social_identities")
    .values({ landlord, ...identity, account_id: accountId, linked_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows === 1n) return "OK";
  const holder = await accountOf(trx, landlord, identity);
  if (holder === null) return "PROVIDER_TAKEN";
  return holder === accountId ? "SAME" : "SUBJECT_TAKEN";
}
