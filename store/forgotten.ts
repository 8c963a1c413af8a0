/**
 * What no process may give kept answers of any more: changes that were applied, accounts that were
 * erased, by whichever process it was.
 */
import type { Db } from "./database.ts";

export interface Forgotten {
  /** Of the change, or of the erased account. */
  readonly id: string;
  readonly landlord: string;
  readonly at: Date;
  /** The contract and the person of a change; what was read of them until then is out of date. */
  readonly subjects: readonly string[];
  /** Nothing may be kept for it; null for a change. */
  readonly erasedAccount: string | null;
}

export interface ForgottenNews {
  /** Of all landlords, since then. */
  since(moment: Date): Promise<Forgotten[]>;
}

export const createForgottenNews = (db: Db): ForgottenNews => ({
  since: async (moment) => {
    const from = moment.getTime();
    return [...(await appliedSince(db, from)), ...(await erasedSince(db, from))];
  },
});

async function appliedSince(db: Db, from: number): Promise<Forgotten[]> {
  const rows = await db
    .selectFrom("changes")
    .select(["id", "landlord", "person_key", "contract_key", "ended_at"])
    .where("ended_at", ">=", from)
    .where("status", "=", "APPLIED")
    .execute();
  return rows.map(({ id, landlord, person_key, contract_key, ended_at }) => ({
    id,
    landlord,
    at: new Date(ended_at!),
    subjects: contract_key === null ? [person_key] : [person_key, contract_key],
    erasedAccount: null,
  }));
}

async function erasedSince(db: Db, from: number): Promise<Forgotten[]> {
  const rows = await db
    .selectFrom("erasures")
    .select(["landlord", "account_id", "erased_at"])
    .where("erased_at", ">=", from)
    .where("account_id", "is not", null)
    .execute();
  return rows.map(({ landlord, account_id, erased_at }) => ({
    id: account_id!,
    landlord,
    at: new Date(erased_at),
    subjects: [],
    erasedAccount: account_id,
  }));
}
