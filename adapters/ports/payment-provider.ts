/**
 * How a payment provider is spoken to: it shows the page on which a person pays, and says what came
 * of it. One folder for each under `adapters/payment/`.
 */
import { z } from "zod";
import type { Io } from "./adapter.ts";
import type { Call } from "./port.ts";
import { Amount, Moment } from "./values.ts";

/** A payment that is to be begun. */
export interface NewPayment {
  /** Ours: `[A-Z0-9]{25}`, unique for ever. */
  readonly reference: string;
  /** 1, 2, 3 … of the landlord's payments that were made on that day in UTC. */
  readonly dayNumber: number;
  readonly createdAt: Moment;
  /** Positive, within the provider's limits. */
  readonly amount: Amount;
  /** What is paid, as the person knows it: a contract's number. */
  readonly label: string;
  readonly email: string;
  readonly language: "fr" | "en";
  /** Where the provider tells us what came of it. */
  readonly notifyUrl: string;
  /** Where it sends the browser afterwards. */
  readonly returnUrl: string;
}

/** Where the browser is to go: an address, or a form that is posted there. */
export const Redirect = z.discriminatedUnion("method", [
  z.strictObject({ method: z.literal("GET"), url: z.url() }),
  z.strictObject({
    method: z.literal("POST"),
    url: z.url(),
    fields: z.array(z.strictObject({ name: z.string().min(1), value: z.string() })).min(1),
  }),
]);
export type Redirect = z.infer<typeof Redirect>;

export interface Begun {
  readonly redirect: Redirect;
  /** How the provider names it. */
  readonly providerReference: string;
  /** After that nobody can begin to pay on the page any more. */
  readonly expiresAt: Moment;
}

/** A payment of which the provider knows. */
export interface BegunPayment extends Pick<NewPayment, "reference" | "amount" | "createdAt"> {
  readonly providerReference: string;
  readonly expiresAt: Moment;
}

const transaction = z.string().regex(/^[A-Za-z0-9-]{1,60}$/);

/**
 * What the provider says of a payment:
 * - `WAITING`: not known yet. Whoever asks again later may learn more.
 * - `PAID`: the money is on its way to the landlord. Whether the amount is the one that was asked
 *   is for the receiver to compare.
 * - `REFUSED`, `ABANDONED`, `EXPIRED`: nothing was paid. A provider may let the person try again on
 *   the same page, so that `PAID` can follow.
 * - `REVERSED`: money that was said to be paid was given back, or could not be had.
 * - `DIFFERS`: what the provider holds under that reference is not the payment that was begun.
 */
export const PaymentNews = z.discriminatedUnion("state", [
  z.strictObject({ state: z.literal("WAITING") }),
  z.strictObject({
    state: z.literal("PAID"),
    amount: Amount,
    paidAt: Moment,
    /** How the provider names this one movement of money: unique for ever. */
    transaction,
    means: z.enum(["CARD", "DIRECT_DEBIT"]),
    /** The bank's number of its authorisation, as a card's receipt shows it. */
    authorisation: z.string().max(60).nullable(),
  }),
  z.strictObject({ state: z.literal("REFUSED"), transaction: transaction.nullable() }),
  z.strictObject({ state: z.literal("ABANDONED") }),
  z.strictObject({ state: z.literal("EXPIRED") }),
  z.strictObject({ state: z.literal("REVERSED"), transaction }),
  z.strictObject({ state: z.literal("DIFFERS"), what: z.enum(["REFERENCE", "SHOP"]) }),
]);
export type PaymentNews = z.infer<typeof PaymentNews>;

/** A call of ours by the provider, as it came. */
export interface RawNotification {
  /** The bytes that were signed, before anything made sense of them. */
  readonly body: Uint8Array;
  readonly contentType: string;
  /** What stands behind the `?` of the address. */
  readonly query: string;
}

/**
 * What a notification is worth:
 * - `NEWS`: its signature is the provider's. `event` is the same when the same news comes again.
 * - `HINT`: anybody may have sent it. The provider is to be asked, and nothing in it is believed.
 * - `REJECTED`: neither. `why` is for the log and repeats nothing of what was sent.
 */
export type ReadNotification =
  | {
      readonly kind: "NEWS";
      /** Ours. */
      readonly reference: string;
      readonly event: string;
      readonly news: PaymentNews;
    }
  | { readonly kind: "HINT"; readonly providerReference: string }
  | { readonly kind: "REJECTED"; readonly why: string };

export interface ProviderLimits {
  readonly minimum: Amount;
  readonly maximum: Amount;
  /** How long the page can be opened, in minutes. */
  readonly openMinutes: number;
  /** The least time between two questions about one payment, in minutes. */
  readonly askMinutes: number;
  /** The same after a question that failed. */
  readonly retryMinutes: number;
}

/** One landlord's account with a payment provider. */
export interface PaymentProvider {
  readonly limits: ProviderLimits;
  /** `HINT_ONLY`: nothing is signed, the provider must be asked. */
  readonly notifies: "SIGNED" | "HINT_ONLY";
  /**
   * Has the provider prepare its page. Throws a PortError with `notApplied` when it certainly did
   * not, so that it may be asked again.
   */
  begin(payment: NewPayment, call: Call): Promise<Begun>;
  /** What the provider says now. Changes nothing. */
  ask(payment: BegunPayment, call: Call): Promise<PaymentNews>;
  readNotification(raw: RawNotification): ReadNotification;
  /** Closes sockets. */
  close(): Promise<void>;
}

/** A kind of provider. `settings` and `secrets` as those of an `Adapter`. */
export interface ProviderKind<S = unknown> {
  /** The same as its folder under `adapters/payment/`. */
  readonly id: string;
  /** How the port `cardPayments` names it. */
  readonly name: "PAYFIP" | "LYRA";
  readonly settings: z.ZodType<S>;
  readonly secrets: readonly string[];
  connect(settings: S, io: Io): Promise<PaymentProvider> | PaymentProvider;
}

/** Keeps the type of the settings for `connect` while the list of providers need not know it. */
export function defineProvider<S>(kind: ProviderKind<S>): ProviderKind {
  return kind;
}
