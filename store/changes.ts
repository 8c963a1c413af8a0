/**
 * What people asked their landlord to change: the record of each from its acknowledgement to its
 * end. See `change-queue.ts` for how they are taken from here to the ERP.
 *
 * ```
 * ACCEPTED ──▶ SENDING ──▶ APPLIED | REJECTED
 *    ▲            │  └───▶ SENT ──▶ APPLIED | REJECTED        the ERP applies it later
 *    └────────────┤ certainly not applied
 *                 └──────▶ UNKNOWN ──▶ (asked of the ERP) ──▶ any of the others
 *                             └──────▶ NEEDS_ATTENTION        only a person can tell
 *                                          └──▶ APPLIED | REJECTED | ACCEPTED, by hand
 * ```
 */
import type { Announcements } from "./announcements.ts";
import { createChangeQueue, type ChangeQueue } from "./change-queue.ts";
import { createChangeReview, type ChangeReview } from "./change-review.ts";
import { kept, keptColumns, type KeptChange } from "./change-row.ts";
import { createChangeSupport, type ChangeSupport } from "./change-support.ts";
import type { Cipher } from "./cipher.ts";
import { nextId } from "./next-id.ts";
import { inTransaction, type Db } from "./database.ts";

export interface NewChange {
  /** A UUID. A new one unless given: by what comes again from a back-up, and must have the same name then. */
  readonly id?: string;
  /** Whether the ERP may have it already, from before a back-up was restored. */
  readonly maybeSent?: boolean;
  readonly landlord: string;
  readonly accountId: string;
  /** Who asks, and about what, by the ERP's keys. */
  readonly personKey: string;
  readonly contractKey: string | null;
  /** Changes of one lane reach the ERP in the order in which they were submitted, one at a time. */
  readonly lane: string;
  readonly kind: string;
  /** The client's own name for this request, unique among the account's. */
  readonly idempotencyKey: string;
  /** What the client asked for, as JSON: a repeat must be the same. */
  readonly request: string;
  /** What the ERP is to get, as JSON; kept sealed. */
  readonly payload: string;
  readonly effectiveBy: Date | null;
}

type Asked = Pick<NewChange, "landlord" | "accountId" | "idempotencyKey" | "request">;

/** A key that was used before: for the same request, or for another one. */
export type Repeated = { readonly change: KeptChange; readonly sameRequest: boolean } | null;

export interface Changes extends ChangeQueue, ChangeSupport, ChangeReview {
  /** What the account got for this key before; null when it is new. */
  repeated(asked: Asked): Promise<Repeated>;
  /**
   * Keeps a change, in the caller's transaction, if there is one. Acknowledge it only after the
   * commit. Of parallel submissions with one key exactly one is kept; the others get it as
   * `repeated`.
   */
  submit(change: NewChange): Promise<{ readonly change: KeptChange; readonly repeated: Repeated }>;
  /** Null for what does not exist or is another account's. */
  byId(landlord: string, accountId: string, id: string): Promise<KeptChange | null>;
  /** Newest first; those before `before`, an id, where given. */
  ofAccount(
    landlord: string,
    accountId: string,
    page: { readonly limit: number; readonly before: string | null },
  ): Promise<KeptChange[]>;
  /**
   * Calls `listener` when a change was submitted or settled by hand, and committed, through this
   * store. Returns its undoing.
   */
  onSubmitted(listener: () => void): () => void;
  /**
   * Calls `listener` with each change that is on the disk now and whose receipt may be given: before
   * whoever submitted it, or asked for it again by its key, gets it. Returns its undoing.
   */
  onAcknowledged(listener: (change: KeptChange) => void): () => void;
}

interface Parts {
  readonly db: Db;
  readonly now: () => Date;
  readonly cipher: Cipher;
  readonly submitted: Announcements;
  readonly acknowledged: Announcements<KeptChange>;
}

export function createChanges(parts: Parts): Changes {
  const { db, now, cipher, submitted, acknowledged } = parts;
  const support = createChangeSupport(db, now, cipher);
  return {
    ...createChangeQueue(db, now, cipher),
    ...createChangeReview(db, cipher),
    ...support,
    settleByHand: async (landlord, byHand) => {
      const settled = await support.settleByHand(landlord, byHand);
      if (settled) submitted.announce();
      return settled;
    },
    repeated: async (asked) => {
      const known = await repeated(db, cipher, asked);
      if (known?.sameRequest) acknowledged.announce(known.change);
      return known;
    },
    submit: async (change) => {
      const outcome = await inTransaction(db, (trx) => submit({ ...parts, db: trx }, change));
      if (!outcome.repeated) submitted.announce();
      if (outcome.repeated?.sameRequest !== false) acknowledged.announce(outcome.change);
      return outcome;
    },
    byId: async (landlord, accountId, id) => {
      const row = await own(db, landlord, accountId).where("id", "=", id).executeTakeFirst();
      return row ? kept(row) : null;
    },
    ofAccount: async (landlord, accountId, { limit, before }) => {
      const all = own(db, landlord, accountId).orderBy("id", "desc").limit(limit);
      const rows = await (before === null ? all : all.where("id", "<", before)).execute();
      return rows.map(kept);
    },
    onSubmitted: (listener) => submitted.listen(listener),
    onAcknowledged: (listener) => acknowledged.listen(listener),
  };
}

const own = (db: Db, landlord: string, accountId: string) =>
  db
    .selectFrom("changes")
    .select(keptColumns)
    .where("landlord", "=", landlord)
    .where("account_id", "=", accountId);

const keyHash = (cipher: Cipher, { accountId, idempotencyKey }: Asked) =>
  cipher.fingerprint("change key", `${accountId}\0${idempotencyKey}`);
const requestHash = (cipher: Cipher, { request }: Asked) =>
  cipher.fingerprint("change request", request);

async function repeated(db: Db, cipher: Cipher, asked: Asked): Promise<Repeated> {
  const row = await own(db, asked.landlord, asked.accountId)
    .select("request_hash")
    .where("key_hash", "=", keyHash(cipher, asked))
    .executeTakeFirst();
  if (!row) return null;
  return { change: kept(row), sameRequest: row.request_hash === requestHash(cipher, asked) };
}

const tries = 50;

/**
 * The number within the lane is taken by inserting it: whoever is second waits for the first one's
 * commit, inserts nothing, and looks again. So a later number is never committed before an earlier.
 */
async function submit({ db, now, cipher }: Parts, change: NewChange) {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const known = await repeated(db, cipher, change);
    if (known) return { change: known.change, repeated: known };
    const inserted = await insert(db, now(), cipher, change);
    if (inserted) return { change: kept(inserted), repeated: null };
  }
  throw new Error("Too many changes of one lane are being submitted at once.");
}

async function insert(db: Db, now: Date, cipher: Cipher, change: NewChange) {
  const { landlord, lane } = change;
  const id = change.id ?? nextId();
  const last = await db
    .selectFrom("changes")
    .select((of) => of.fn.max("lane_position").as("position"))
    .where("landlord", "=", landlord)
    .where("lane", "=", lane)
    .executeTakeFirst();
  return db
    .insertInto("changes")
    .values({
      id,
      landlord,
      account_id: change.accountId,
      person_key: change.personKey,
      contract_key: change.contractKey,
      lane,
      lane_position: (last?.position ?? 0) + 1,
      kind: change.kind,
      key_hash: keyHash(cipher, change),
      request_hash: requestHash(cipher, change),
      payload: cipher.seal(`change:${id}`, change.payload),
      status: change.maybeSent ? "UNKNOWN" : "ACCEPTED",
      submitted_at: now.getTime(),
      effective_by: change.effectiveBy?.getTime() ?? null,
      ended_at: null,
      reason: null,
      reference: null,
      attempts: 0,
      next_attempt_at: now.getTime(),
      fence: 0,
      last_error: null,
      attention_at: null,
      unconfirmed_since: null,
      restored_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning(keptColumns)
    .executeTakeFirst();
}
