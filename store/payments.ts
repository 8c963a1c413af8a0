/** Payments on a provider's page: what was asked, what came of it, what the provider told. */
import { randomUUIDv7 } from "node:crypto";
import type { Announcements } from "./announcements.ts";
import { sha256, type Cipher } from "./cipher.ts";
import { nextId } from "./next-id.ts";
import { inTransaction, type Db, type PaymentsTable } from "./database.ts";
import { createAsks, paymentLeaseMs, type PaymentAsks } from "./payment-asks.ts";
import {
  heldOf,
  paymentOf,
  type Held,
  type Payment,
  type PaymentReceipt,
  type PaymentRequest,
} from "./payment-row.ts";
import { mayFollow, type PaymentState } from "./payment-states.ts";

export interface PaymentPage {
  readonly providerReference: string;
  readonly redirect: string;
  readonly expiresAt: Date;
}

/** What changes with the state. What is left out stays; `nextAskAt` null: it is not asked again. */
export interface Move {
  readonly to: PaymentState;
  readonly problem?: string | null;
  readonly receipt?: PaymentReceipt;
  readonly nextAskAt?: Date | null;
}

export interface Payments extends PaymentAsks {
  /**
   * NEW: the caller holds it and begins it at the provider. KNOWN: the key has been used for this
   * very request. OTHER: it has been used for another one.
   */
  create(
    request: PaymentRequest,
  ): Promise<({ outcome: "NEW" } & Held) | { outcome: "KNOWN" | "OTHER"; payment: Payment }>;
  /** The provider certainly began nothing: whoever comes with the key may begin it again. */
  letGo(held: Held): Promise<void>;
  /** Holds what was let go of; null when it was not, or somebody else was quicker. */
  holdAgain(id: string): Promise<Held | null>;
  /** To REDIRECTED. Null when the lease has ended: the page is not to be shown to anybody. */
  redirected(held: Held, page: PaymentPage, nextAskAt: Date): Promise<Payment | null>;
  /** Ends a lease. Throws when `to` may not follow `from`; null when the state is not `from` any more. */
  move(id: string, from: PaymentState, move: Move): Promise<Payment | null>;
  /** Notes what a person has to look at, in whatever state. */
  note(id: string, problem: string): Promise<void>;
  /** Whether the account has used this key before. */
  isKnown(landlord: string, accountId: string, idempotencyKey: string): Promise<boolean>;
  find(landlord: string, id: string): Promise<Payment | null>;
  findAt(landlord: string, provider: string, providerReference: string): Promise<Payment | null>;
  /** Newest first; those before `before`, an id, where given. */
  ofAccount(
    landlord: string,
    accountId: string,
    page: { readonly limit: number; readonly before: string | null },
  ): Promise<Payment[]>;
  /** False when that event of the provider has been kept before. */
  keepEvent(payment: Payment, event: string, state: string): Promise<boolean>;
  /** Calls `listener` with each payment whose page may be shown from now on. Returns its undoing. */
  onBegun(listener: (payment: Payment) => void): () => void;
}

export function createPayments(
  db: Db,
  now: () => Date,
  cipher: Cipher,
  begun: Announcements<Payment>,
): Payments {
  const read = (row: PaymentsTable | undefined) => found(cipher, row);
  return {
    create: (request) => create(db, now().getTime(), cipher, request),
    isKnown: async (landlord, accountId, key) =>
      (await ofKey(db, landlord, accountId, keyHashOf(key))) !== undefined,
    ...beginnings(db, now, cipher, begun),
    onBegun: (listener) => begun.listen(listener),
    move: async (id, from, change) =>
      read(await move(db, now().getTime(), cipher, id, from, change)),
    note: async (id, problem) => {
      await db.updateTable("payments").set({ problem }).where("id", "=", id).execute();
    },
    ...lookUps(db, read),
    keepEvent: (payment, event, state) => keepEvent(db, now().getTime(), payment, event, state),
    ...createAsks(db, now, cipher),
  };
}

type Beginnings = Pick<Payments, "letGo" | "holdAgain" | "redirected">;

function beginnings(
  db: Db,
  now: () => Date,
  cipher: Cipher,
  begun: Announcements<Payment>,
): Beginnings {
  return {
    letGo: async ({ payment, lease }) => {
      await db
        .updateTable("payments")
        .set({ lease: null })
        .where("id", "=", payment.id)
        .where("lease", "=", lease)
        .execute();
    },
    holdAgain: async (id) =>
      heldOf(
        cipher,
        await db
          .updateTable("payments")
          .set({ lease: randomUUIDv7(), next_ask_at: now().getTime() + paymentLeaseMs })
          .where("id", "=", id)
          .where("state", "=", "CREATED")
          .where("lease", "is", null)
          .where("next_ask_at", ">", now().getTime())
          .returningAll()
          .executeTakeFirst(),
      ),
    redirected: async ({ payment, lease }, page, nextAskAt) => {
      const shown = found(
        cipher,
        await db
          .updateTable("payments")
          .set({
            state: "REDIRECTED",
            lease: null,
            provider_reference: page.providerReference,
            redirect: cipher.seal(`payment redirect:${payment.id}`, page.redirect),
            expires_at: page.expiresAt.getTime(),
            next_ask_at: nextAskAt.getTime(),
          })
          .where("id", "=", payment.id)
          .where("state", "=", "CREATED")
          .where("lease", "=", lease)
          .returningAll()
          .executeTakeFirst(),
      );
      if (shown) begun.announce(shown);
      return shown;
    },
  };
}

const found = (cipher: Cipher, row: PaymentsTable | undefined): Payment | null =>
  row ? paymentOf(cipher, row) : null;

/** The second of two parallel calls waits for the first, inserts nothing, and looks at what it made. */
function create(db: Db, at: number, cipher: Cipher, request: PaymentRequest) {
  return inTransaction(db, async (trx) => {
    const { landlord, accountId, personKey, contractKey, label, amount, provider } = request;
    const keyHash = keyHashOf(request.idempotencyKey);
    const requestHash = sha256(JSON.stringify([personKey, contractKey, amount]));
    const known = await ofKey(trx, landlord, accountId, keyHash);
    const sameOrOther = (row: PaymentsTable) => {
      const outcome = row.request_hash === requestHash ? ("KNOWN" as const) : ("OTHER" as const);
      return { outcome, payment: paymentOf(cipher, row) };
    };
    if (known) return sameOrOther(known);
    const id = nextId();
    const row: PaymentsTable = {
      id,
      landlord,
      account_id: accountId,
      key_hash: keyHash,
      request_hash: requestHash,
      content: cipher.seal(`payment:${id}`, JSON.stringify({ personKey, contractKey, label })),
      amount,
      day_number: await nextOfDay(trx, landlord, at),
      provider,
      provider_reference: null,
      redirect: null,
      state: "CREATED",
      problem: null,
      provider_transaction: null,
      receipt: null,
      created_at: at,
      expires_at: null,
      decided_at: null,
      next_ask_at: at + paymentLeaseMs,
      asks: 0,
      failed_asks: 0,
      lease: randomUUIDv7(),
      restored_at: null,
    };
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto("payments")
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(["landlord", "account_id", "key_hash"]).doNothing(),
      )
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 1n) {
      return { outcome: "NEW" as const, payment: paymentOf(cipher, row), lease: row.lease! };
    }
    return sameOrOther((await ofKey(trx, landlord, accountId, keyHash))!);
  });
}

const keyHashOf = (idempotencyKey: string) => sha256(`payment key\0${idempotencyKey}`);

const ofKey = (db: Db, landlord: string, accountId: string, keyHash: string) =>
  db
    .selectFrom("payments")
    .selectAll()
    .where("landlord", "=", landlord)
    .where("account_id", "=", accountId)
    .where("key_hash", "=", keyHash)
    .executeTakeFirst();

async function nextOfDay(db: Db, landlord: string, at: number): Promise<number> {
  const day = new Date(at).toISOString().slice(0, 10);
  const { last } = await db
    .insertInto("payment_days")
    .values({ landlord, day, last: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(["landlord", "day"])
        .doUpdateSet((column) => ({ last: column("payment_days.last", "+", 1) })),
    )
    .returning("last")
    .executeTakeFirstOrThrow();
  return last;
}

function move(
  db: Db,
  at: number,
  cipher: Cipher,
  id: string,
  from: PaymentState,
  { to, problem, receipt, nextAskAt }: Move,
) {
  if (!mayFollow(from, to)) throw new Error(`A payment that is ${from} cannot become ${to}.`);
  const sealed = receipt && cipher.seal(`payment receipt:${id}`, JSON.stringify(receipt));
  return db
    .updateTable("payments")
    .set({
      state: to,
      lease: null,
      decided_at: at,
      ...(to === "PAID" && { redirect: null }),
      ...(problem !== undefined && { problem }),
      ...(receipt && sealed && { receipt: sealed, provider_transaction: receipt.transaction }),
      ...(nextAskAt !== undefined && { next_ask_at: nextAskAt?.getTime() ?? null }),
    })
    .where("id", "=", id)
    .where("state", "=", from)
    .returningAll()
    .executeTakeFirst();
}

function lookUps(db: Db, read: (row: PaymentsTable | undefined) => Payment | null) {
  const ofLandlord = (landlord: string) =>
    db.selectFrom("payments").selectAll().where("landlord", "=", landlord);
  return {
    find: async (landlord: string, id: string) =>
      read(await ofLandlord(landlord).where("id", "=", id).executeTakeFirst()),
    findAt: async (landlord: string, provider: string, providerReference: string) =>
      read(
        await ofLandlord(landlord)
          .where("provider", "=", provider)
          .where("provider_reference", "=", providerReference)
          .executeTakeFirst(),
      ),
    ofAccount: async (
      landlord: string,
      accountId: string,
      { limit, before }: { readonly limit: number; readonly before: string | null },
    ) => {
      const all = ofLandlord(landlord)
        .where("account_id", "=", accountId)
        .orderBy("id", "desc")
        .limit(limit);
      const rows = await (before === null ? all : all.where("id", "<", before)).execute();
      return rows.map((row) => read(row)!);
    },
  };
}

async function keepEvent(
  db: Db,
  at: number,
  { landlord, provider, id }: Payment,
  event: string,
  state: string,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto("payment_events")
    .values({ landlord, provider, event, payment_id: id, state, received_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
