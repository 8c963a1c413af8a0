/** A payment as it is kept, and as it is read. */
import type { Cipher } from "./cipher.ts";
import type { PaymentsTable } from "./database.ts";
import type { PaymentState } from "./payment-states.ts";

/** What the person asked for. */
export interface PaymentRequest {
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
  /** 1, 2, 3 … of the landlord's payments of that day in UTC. */
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
  /** A back-up brought it back: it may have been paid, and booked, before. */
  readonly restored: boolean;
}

/** A payment that this process alone works on, until the lease ends. */
export interface Held {
  readonly payment: Payment;
  readonly lease: string;
}

/** Null where the row has no lease, or there is none. */
export function heldOf(cipher: Cipher, row: PaymentsTable | undefined): Held | null {
  return row?.lease ? { payment: paymentOf(cipher, row), lease: row.lease } : null;
}

export function paymentOf(cipher: Cipher, row: PaymentsTable): Payment {
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
    restored: row.restored_at !== null,
  };
}
