/** What the ERP listed last as a person's contracts: to take changes while it cannot be asked. */
import type { Cipher } from "./cipher.ts";
import type { Db } from "./database.ts";

export interface HeldContractsTable {
  landlord: string;
  person_key: string;
  /** Sealed. */
  contracts: string;
  seen_at: number;
}

export interface HeldContracts {
  /** `contracts` is JSON, the whole list; it takes the place of an earlier one. */
  remember(landlord: string, personKey: string, contracts: string): Promise<void>;
  /** Null when nothing was remembered, or not since then. */
  recall(landlord: string, personKey: string, since: Date): Promise<string | null>;
}

export const sealContext = (landlord: string, personKey: string) =>
  `contracts:${landlord}:${personKey}`;

export function createHeldContracts(db: Db, now: () => Date, cipher: Cipher): HeldContracts {
  return {
    remember: async (landlord, personKey, contracts) => {
      const sealed = cipher.seal(sealContext(landlord, personKey), contracts);
      const values = { contracts: sealed, seen_at: now().getTime() };
      await db
        .insertInto("held_contracts")
        .values({ landlord, person_key: personKey, ...values })
        .onConflict((conflict) => conflict.columns(["landlord", "person_key"]).doUpdateSet(values))
        .execute();
    },
    recall: async (landlord, personKey, since) => {
      const row = await db
        .selectFrom("held_contracts")
        .select("contracts")
        .where("landlord", "=", landlord)
        .where("person_key", "=", personKey)
        .where("seen_at", ">=", since.getTime())
        .executeTakeFirst();
      return row ? cipher.open(sealContext(landlord, personKey), row.contracts) : null;
    },
  };
}
