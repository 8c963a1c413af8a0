/**
 * Erasure of an account (RGPD, art. 17): all that the house holds of a person goes at once, but for
 * what is under way to the landlord's ERP, which goes when it has ended, and what the law has us keep.
 * What the ERP holds is the landlord's.
 */
import { createHash } from "node:crypto";
import type { Announcements } from "./announcements.ts";
import { openedIfAny, type Cipher } from "./cipher.ts";
import { inTransaction, type Db } from "./database.ts";
import { sealContext } from "./held-contracts.ts";
import type { PaymentRemains } from "./erasure-payments.ts";
import { cancelUnsent, eraseRemains } from "./erasure-remains.ts";
import { eraseMessages } from "./erasure-messages.ts";

export interface ErasuresTable {
  /** Of landlord and account: says nothing of a person to whoever has nothing else. */
  account_hash: string;
  landlord: string;
  /** Null when nothing of it is left. */
  account_id: string | null;
  erased_at: number;
}

/** Whose data has gone, for whoever holds copies. */
export interface Erased {
  readonly landlord: string;
  readonly accountId: string;
  readonly personKeys: readonly string[];
  /** As far as they are known without asking the landlord's system. */
  readonly contractKeys: readonly string[];
}

/** `underWay`: changes and payments that the ERP or a bank may have already: they end first, then go too. */
export interface ErasureOutcome extends PaymentRemains {
  /** Changes that the ERP had not been sent: it will not be. */
  readonly cancelled: number;
}

interface ErasureOptions {
  /** Kinds of changes that are sent whatever happens: the money of a payment has been taken. */
  readonly mustBeSent: readonly string[];
}

export interface Erasures {
  /** In the caller's transaction, if there is one. Null when there is no such account. */
  erase(
    landlord: string,
    accountId: string,
    options: ErasureOptions,
  ): Promise<ErasureOutcome | null>;
  /** Hashes of the erased accounts. */
  list(): Promise<string[]>;
  /**
   * Erases again those of `hashes` that a restored back-up brought back, and keeps all of them in
   * mind. How many there were.
   */
  eraseAgain(hashes: readonly string[], options: ErasureOptions): Promise<number>;
  /** Calls `listener` when somebody's data was erased, and committed, through this store. Returns its undoing. */
  onErased(listener: (erased: Erased) => void): () => void;
}

interface Parts {
  readonly db: Db;
  readonly now: () => Date;
  readonly cipher: Cipher;
  readonly erased: Announcements<Erased>;
}

export function createErasures(parts: Parts): Erasures {
  const { db } = parts;
  return {
    erase: (landlord, accountId, options) => erase(parts, landlord, accountId, options),
    list: async () => {
      const rows = await db.selectFrom("erasures").select("account_hash").execute();
      return rows.map((row) => row.account_hash);
    },
    eraseAgain: (hashes, options) => eraseAgain(parts, new Set(hashes), options),
    onErased: (listener) => parts.erased.listen(listener),
  };
}

const hashOf = (landlord: string, accountId: string) =>
  createHash("sha256").update(`erased account\0${landlord}\0${accountId}`).digest("base64url");

async function erase(
  { db, now, cipher, erased }: Parts,
  landlord: string,
  accountId: string,
  { mustBeSent }: ErasureOptions,
): Promise<ErasureOutcome | null> {
  const done = await inTransaction(db, async (trx) => {
    const account = await holdAccount(trx, landlord, accountId);
    if (!account) return null;
    const personKeys = await personKeysOf(trx, landlord, accountId);
    const at = now().getTime();
    await note(trx, hashOf(landlord, accountId), { landlord, accountId, at });
    const cancelled = await cancelUnsent(trx, at, { landlord, accountId, mustBeSent });
    await eraseMessages(trx, cipher, { landlord, accountId, email: account.email, personKeys });
    const contractKeys = await eraseHeldContracts(trx, cipher, landlord, personKeys);
    // With it go persons, identifiers, consents, sessions, social identities, drafts and watches.
    await trx
      .deleteFrom("accounts")
      .where("landlord", "=", landlord)
      .where("id", "=", accountId)
      .execute();
    const remains = await eraseRemains(trx, at, cipher, { landlord, accountId });
    return { outcome: { cancelled, ...remains }, keys: { personKeys, contractKeys } };
  });
  if (!done) return null;
  erased.announce({ landlord, accountId, ...done.keys });
  return done.outcome;
}

/** Writing to the row holds it: a sign-in or a change of address waits, and then finds nobody. */
function holdAccount(trx: Db, landlord: string, accountId: string) {
  return trx
    .updateTable("accounts")
    .set((column) => ({ id: column.ref("id") }))
    .where("landlord", "=", landlord)
    .where("id", "=", accountId)
    .returning("email")
    .executeTakeFirst();
}

async function personKeysOf(trx: Db, landlord: string, accountId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom("account_persons")
    .select("person_key")
    .where("landlord", "=", landlord)
    .where("account_id", "=", accountId)
    .execute();
  return rows.map((row) => row.person_key);
}

/** The keys of the contracts that they were. */
async function eraseHeldContracts(
  trx: Db,
  cipher: Cipher,
  landlord: string,
  personKeys: readonly string[],
): Promise<string[]> {
  if (personKeys.length === 0) return [];
  const rows = await trx
    .deleteFrom("held_contracts")
    .where("landlord", "=", landlord)
    .where("person_key", "in", [...personKeys])
    .returning(["person_key", "contracts"])
    .execute();
  return rows.flatMap(({ person_key, contracts }) => {
    const opened = openedIfAny(cipher, sealContext(landlord, person_key), contracts) ?? "[]";
    return (JSON.parse(opened) as { key?: string }[]).flatMap(({ key }) => key ?? []);
  });
}

async function note(
  db: Db,
  hash: string,
  { landlord, accountId, at }: { landlord: string; accountId: string | null; at: number },
): Promise<void> {
  await db
    .insertInto("erasures")
    .values({ account_hash: hash, landlord, account_id: accountId, erased_at: at })
    .onConflict((conflict) =>
      conflict.column("account_hash").doUpdateSet((of) => ({
        account_id: of.fn.coalesce("excluded.account_id", "erasures.account_id"),
      })),
    )
    .execute();
}

async function eraseAgain(
  parts: Parts,
  hashes: ReadonlySet<string>,
  options: ErasureOptions,
): Promise<number> {
  if (hashes.size === 0) return 0;
  const { db, now } = parts;
  const known = new Set((await createErasures(parts).list()).map((hash) => hash));
  const accounts = await db.selectFrom("accounts").select(["landlord", "id"]).execute();
  let again = 0;
  for (const { landlord, id } of accounts) {
    if (!hashes.has(hashOf(landlord, id))) continue;
    await erase(parts, landlord, id, options);
    known.add(hashOf(landlord, id));
    again += 1;
  }
  const at = now().getTime();
  for (const hash of hashes) {
    if (!known.has(hash)) await note(db, hash, { landlord: "", accountId: null, at });
  }
  return again;
}
