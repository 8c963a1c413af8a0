/**
 * Requests of which somebody is to be told when they go on: what is known of each, and when it is
 * to be looked at again. A look is a lease: two processes never tell of the same step.
 */
import { createHash, randomUUIDv7 } from "node:crypto";
import { isPostgres, type Db } from "./database.ts";

export interface RequestWatchesTable {
  id: string;
  landlord: string;
  account_id: string;
  contract_key: string;
  request_key: string;
  /** Hashes of the steps that were seen or told, as JSON. */
  seen: string;
  /** While it is being looked at: when the lease ends. */
  next_look_at: number;
  /** Looks since the last step. */
  looks: number;
  /** Names the look that holds it. */
  fence: number;
}

export interface NewWatch {
  readonly accountId: string;
  readonly contractKey: string;
  readonly requestKey: string;
  /** The steps that the account knows of: text that is the same for the same step. */
  readonly steps: readonly string[];
  readonly nextLookAt: Date;
}

/** A watch under a lease. */
export interface ClaimedWatch {
  readonly id: string;
  readonly accountId: string;
  readonly contractKey: string;
  readonly requestKey: string;
  readonly looks: number;
  readonly fence: number;
  hasSeen(step: string): boolean;
}

export interface RequestWatches {
  /** Those of `requestKeys` that the account has no watch for. */
  unwatched(
    landlord: string,
    accountId: string,
    requests: readonly Pick<NewWatch, "contractKey" | "requestKey">[],
  ): Promise<ReadonlySet<string>>;
  /** In the caller's transaction, if there is one. What is watched already stays as it is. */
  watch(landlord: string, watches: readonly NewWatch[]): Promise<void>;
  /** Takes up to `limit` of the landlord's that are due, for `leaseMs`. */
  claim(landlord: string, leaseMs: number, limit: number): Promise<ClaimedWatch[]>;
  /**
   * Says what a look found, in the caller's transaction if there is one: all steps that there are.
   * False: the lease was lost.
   */
  note(claimed: ClaimedWatch, steps: readonly string[], nextLookAt: Date): Promise<boolean>;
  /** Looks again later, having seen nothing. */
  postpone(claimed: ClaimedWatch, nextLookAt: Date): Promise<void>;
  /** There is nothing more to tell. False: the lease was lost. */
  end(claimed: ClaimedWatch): Promise<boolean>;
  /** Makes all watches of a request due now; how many there are. */
  hasten(landlord: string, requestKey: string): Promise<number>;
}

export function createRequestWatches(db: Db, now: () => Date): RequestWatches {
  return {
    unwatched: (landlord, accountId, requests) => unwatched(db, landlord, accountId, requests),
    watch: (landlord, watches) => watch(db, landlord, watches),
    claim: (landlord, leaseMs, limit) => claim(db, now().getTime(), landlord, leaseMs, limit),
    note: async (claimed, steps, nextLookAt) => {
      const fresh = steps.some((step) => !claimed.hasSeen(step));
      const { numUpdatedRows } = await held(db, claimed)
        .set((of) => ({
          seen: seenAs(claimed.id, steps),
          next_look_at: nextLookAt.getTime(),
          looks: fresh ? 0 : of("looks", "+", 1),
          fence: of("fence", "+", 1),
        }))
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    postpone: async (claimed, nextLookAt) => {
      await held(db, claimed).set({ next_look_at: nextLookAt.getTime() }).execute();
    },
    end: async ({ id, fence }) => {
      const { numDeletedRows } = await db
        .deleteFrom("request_watches")
        .where("id", "=", id)
        .where("fence", "=", fence)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },
    hasten: async (landlord, requestKey) => {
      const { numUpdatedRows } = await db
        .updateTable("request_watches")
        // A look that is under way may have read too early: its lease is taken from it.
        .set((of) => ({ next_look_at: now().getTime(), fence: of("fence", "+", 1) }))
        .where("landlord", "=", landlord)
        .where("request_key", "=", requestKey)
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },
  };
}

const nameOf = (contractKey: string, requestKey: string) =>
  JSON.stringify([contractKey, requestKey]);

async function unwatched(
  db: Db,
  landlord: string,
  accountId: string,
  requests: readonly Pick<NewWatch, "contractKey" | "requestKey">[],
): Promise<ReadonlySet<string>> {
  if (requests.length === 0) return new Set();
  const keys = requests.map(({ requestKey }) => requestKey);
  const rows = await db
    .selectFrom("request_watches")
    .select(["contract_key", "request_key"])
    .where("landlord", "=", landlord)
    .where("account_id", "=", accountId)
    .where("request_key", "in", keys)
    .execute();
  const known = new Set(rows.map((row) => nameOf(row.contract_key, row.request_key)));
  const lacking = requests.filter((one) => !known.has(nameOf(one.contractKey, one.requestKey)));
  return new Set(lacking.map(({ requestKey }) => requestKey));
}

async function watch(db: Db, landlord: string, watches: readonly NewWatch[]): Promise<void> {
  if (watches.length === 0) return;
  const rows = watches.map(({ accountId, contractKey, requestKey, steps, nextLookAt }) => {
    const id = randomUUIDv7();
    return {
      id,
      landlord,
      account_id: accountId,
      contract_key: contractKey,
      request_key: requestKey,
      seen: seenAs(id, steps),
      next_look_at: nextLookAt.getTime(),
      looks: 0,
      fence: 0,
    };
  });
  await db
    .insertInto("request_watches")
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function claim(
  db: Db,
  at: number,
  landlord: string,
  leaseMs: number,
  limit: number,
): Promise<ClaimedWatch[]> {
  const rows = await db
    .updateTable("request_watches")
    .set((of) => ({ fence: of("fence", "+", 1), next_look_at: at + leaseMs }))
    .where("id", "in", (of) => {
      const due = of
        .selectFrom("request_watches as w")
        .select("w.id")
        .where("w.landlord", "=", landlord)
        .where("w.next_look_at", "<=", at)
        .orderBy("w.next_look_at")
        .orderBy("w.id")
        .limit(limit);
      return isPostgres(db) ? due.forUpdate().skipLocked() : due;
    })
    .where("next_look_at", "<=", at)
    .returningAll()
    .execute();
  return rows.map(claimedOf);
}

function claimedOf(row: RequestWatchesTable): ClaimedWatch {
  const seen = new Set(JSON.parse(row.seen) as string[]);
  return {
    id: row.id,
    accountId: row.account_id,
    contractKey: row.contract_key,
    requestKey: row.request_key,
    looks: row.looks,
    fence: row.fence,
    hasSeen: (step) => seen.has(hashOf(row.id, step)),
  };
}

const held = (db: Db, { id, fence }: ClaimedWatch) =>
  db.updateTable("request_watches").where("id", "=", id).where("fence", "=", fence);

const hashOf = (id: string, step: string) =>
  createHash("sha256").update(`${id}\0${step}`).digest("base64url").slice(0, 22);

const seenAs = (id: string, steps: readonly string[]) =>
  JSON.stringify([...new Set(steps)].map((step) => hashOf(id, step)));
