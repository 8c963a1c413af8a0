import type { Db } from "./database.ts";

/** What landlords print for people to sign in with, beside an account's e-mail. */
export interface Identifiers {
  /**
   * `identifier` is in the landlord's spelling. It is taken from any account that had it: whoever
   * proves it last holds it. Rejects when the landlord has no such account.
   */
  set(landlord: string, accountId: string, identifier: string): Promise<void>;
  /** The id of the account, or null. */
  accountOf(landlord: string, identifier: string): Promise<string | null>;
}

export function createIdentifiers(db: Db): Identifiers {
  return {
    set: async (landlord, accountId, identifier) => {
      await db
        .insertInto("account_identifiers")
        .values({ landlord, identifier, account_id: accountId })
        .onConflict((conflict) =>
          conflict.columns(["landlord", "identifier"]).doUpdateSet({ account_id: accountId }),
        )
        .execute();
    },
    accountOf: async (landlord, identifier) => {
      const row = await db
        .selectFrom("account_identifiers")
        .select("account_id")
        .where("landlord", "=", landlord)
        .where("identifier", "=", identifier)
        .executeTakeFirst();
      return row?.account_id ?? null;
    },
  };
}
