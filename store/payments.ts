import { randomUUIDv7 } from "node:crypto";
import { sha256, type Cipher } from "./cipher.ts";
import { inTransaction, type Db, type PaymentsTable } from "./database.ts";
import { mayFollow, type PaymentState } from "./payment-states.ts";

/** What the person asked for. */
interface PaymentRequest {
  readonly landlord: string;
  readonly accountId: string;
  readonly personKey: string;
  readonly contractKey: string;
  /** What is paid, in words that the person knows. */
  readonly label: string;
  /** Exact decimal text, `12.50`. */
  readonly amount: string;
  /** A folder under `adapters/payment/`. */
  readonly provider: string;
  /** The caller's: the same key is the same payment. */
  readonly idempotencyKey: string;
}

export interface PaymentReceipt {
  readonly paidAt: string;
  /** How the provider names the movement of money. */
  readonly transaction: string;
  readonly means: string;
  readonly authorisation: string | null;
}

export interface Payment extends Omit<PaymentRequest, "idempotencyKey"> {
  /** UUIDv7. */
  readonly id: string;
  /** Of the landlord's payments of its day in UTC, it was the so-manieth. */
  readonly dayNumber: number;
  readonly state: PaymentState;
  /** A word on what a person has to look at. */
  readonly problem: string | null;
  readonly providerReference: string | null;
  /** How to get to the provider's page, as JSON. */
  readonly redirect: string | null;
  readonly receipt: PaymentReceipt | null;
  readonly createdAt: Date;
  /** Until when the page can be opened; null before there is one. */
  readonly expiresAt: Date | null;
  /** When it left REDIRECTED for the last time, by our clock. */
  readonly decidedAt: Date | null;
  readonly asks: number;
  /** Questions in a row that failed. */
  readonly failedAsks: number;
}

/** A payment that this process alone works on, until the lease ends. */
export interface Held {
  readonly payment: Payment;
  readonly lease: string;
}

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

export interface Payments {
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
  /** Throws when `to` may not follow `from`; null when the state is not `from` any more. */
  move(id: string, from: PaymentState, move: Move): Promise<Payment | null>;
  /** Notes what a person has to look at, in whatever state. */
  note(id: string, problem: string): Promise<void>;
  find(landlord: string, id: string): Promise<Payment | null>;
  findAt(landlord: string, provider: string, providerReference: string): Promise<Payment | null>;
  /** Newest first. */
  ofAccount(landlord: string, accountId: string, limit: number): Promise<Payment[]>;
  /** False when that event of the provider has been kept before. */
  keepEvent(payment: Payment, event: string, state: string): Promise<boolean>;
  /** What is to be asked about, longest due first. */
  dueIds(limit: number): Promise<string[]>;
  /** Null when it is not due any more, or somebody else has it. Counts as an ask. */
  holdDue(id: string): Promise<Held | null>;
  /** Ends the lease; asked again then, or never. */
  postpone(held: Held, nextAskAt: Date | null, failed: boolean): Promise<void>;
  /**
   * It is to be asked about at `at` if that is sooner than planned. False for one that is not asked
   * about, or about which the last question failed: then the pause is kept.
   */
  hasten(id: string, at: Date): Promise<boolean>;
}

/** Longer than a question or a beginning may take. */
export const paymentLeaseMs = 2 * 60_000;

export function createPayments(db: Db, now: () => Date, cipher: Cipher): Payments {
  const read = (row: PaymentsTable | undefined) => (row ? paymentOf(cipher, row) : null);
  const readHeld = (row: PaymentsTable | undefined): Held | null =>
    row?.lease ? { payment: paymentOf(cipher, row), lease: row.lease } : null;
  return {
    create: (request) => create(db, now().getTime(), cipher, request),
    letGo: async ({ payment, lease }) => {
      await db
        .updateTable("payments")
        .set({ lease: null })
        .where("id", "=", payment.id)
        .where("lease", "=", lease)
        .execute();
    },
    holdAgain: async (id) =>
      readHeld(
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
    redirected: async ({ payment, lease }, page, nextAskAt) =>
      read(
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
      ),
    move: async (id, from, change) =>
      read(await move(db, now().getTime(), cipher, id, from, change)),
    note: async (id, problem) => {
      await db.updateTable("payments").set({ problem }).where("id", "=", id).execute();
    },
    ...lookUps(db, read),
    keepEvent: (payment, event, state) => keepEvent(db, now().getTime(), payment, event, state),
    dueIds: (limit) => dueIds(db, now().getTime(), limit),
    holdDue: async (id) => readHeld(await holdDue(db, now().getTime(), id)),
    postpone: (held, nextAskAt, failed) => postpone(db, held, nextAskAt, failed),
    hasten: async (id, at) => {
      const { numUpdatedRows } = await db
        .updateTable("payments")
        .set({ next_ask_at: at.getTime() })
        .where("id", "=", id)
        .where("next_ask_at", ">", at.getTime())
        .where("failed_asks", "=", 0)
        .where("lease", "is", null)
        .where("state", "!=", "CREATED")
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}

/** The second of two parallel calls waits for the first, inserts nothing, and looks at what it made. */
function create(db: Db, at: number, cipher: Cipher, request: PaymentRequest) {
  return inTransaction(db, async (trx) => {
    const { landlord, accountId, personKey, contractKey, label, amount, provider } = request;
    const keyHash = sha256(`payment key\0${request.idempotencyKey}`);
    const requestHash = sha256(JSON.stringify([personKey, contractKey, amount]));
    const known = await ofKey(trx, landlord, accountId, keyHash);
    const sameOrOther = (row: PaymentsTable) => {
      const outcome = row.request_hash === requestHash ? ("KNOWN" as const) : ("OTHER" as const);
      return { outcome, payment: paymentOf(cipher, row) };
    };
    if (known) return sameOrOther(known);
    const id = randomUUIDv7();
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
    ofAccount: async (landlord: string, accountId: string, limit: number) => {
      const rows = await ofLandlord(landlord)
        .where("account_id", "=", accountId)
        .orderBy("id", "desc")
        .limit(limit)
        .execute();
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

async function dueIds(db: Db, at: number, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom("payments")
    .select("id")
    .where("next_ask_at", "<=", at)
    .orderBy("next_ask_at")
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** The condition is checked again under the row's lock. */
function holdDue(db: Db, at: number, id: string) {
  return db
    .updateTable("payments")
    .set((column) => ({
      lease: randomUUIDv7(),
      next_ask_at: at + paymentLeaseMs,
      asks: column("asks", "+", 1),
    }))
    .where("id", "=", id)
    .where("next_ask_at", "<=", at)
    .returningAll()
    .executeTakeFirst();
}

/** Only the holder of the lease says when it is asked about again. */
async function postpone(
  db: Db,
  { payment, lease }: Held,
  nextAskAt: Date | null,
  failed: boolean,
): Promise<void> {
  await db
    .updateTable("payments")
    .set((column) => ({
      lease: null,
      next_ask_at: nextAskAt?.getTime() ?? null,
      failed_asks: failed ? column("failed_asks", "+", 1) : 0,
    }))
    .where("id", "=", payment.id)
    .where("lease", "=", lease)
    .execute();
}

function paymentOf(cipher: Cipher, row: PaymentsTable): Payment {
  const { id, landlord, amount, provider, state, problem, asks } = row;
  const content = JSON.parse(cipher.open(`payment:${id}`, row.content)) as Pick<
    Payment,
    "personKey" | "contractKey" | "label"
  >;
  const dateOf = (at: number | null) => (at === null ? null : new Date(at));
  return {
    id,
    landlord,
    accountId: row.account_id,
    ...content,
    amount,
    provider,
    dayNumber: row.day_number,
    state,
    problem,
    providerReference: row.provider_reference,
    redirect: row.redirect && cipher.open(`payment redirect:${id}`, row.redirect),
    receipt:
      row.receipt === null
        ? null
        : (JSON.parse(cipher.open(`payment receipt:${id}`, row.receipt)) as PaymentReceipt),
    createdAt: new Date(row.created_at),
    expiresAt: dateOf(row.expires_at),
    decidedAt: dateOf(row.decided_at),
    asks,
    failedAsks: row.failed_asks,
  };
}
