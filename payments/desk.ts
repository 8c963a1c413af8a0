/**
 * Payments on a provider's page, for one landlord.
 *
 * What the rest of the house calls:
 * - `startPayment` (start.ts): keeps the payment, has the provider prepare its page, and says where
 *   the browser is to go. The caller has checked that the person may pay for that contract.
 * - `paymentOf`, `paymentsOf` (read.ts): what is known of a payment of that account.
 * - `onNotification` (notify.ts): the provider calls. `onReturn`: the browser comes back.
 * - `startReconciler` (reconcile.ts): asks the provider where nothing was told. Once per process.
 *
 * A payment that becomes PAID is handed to `onPaid` in the same transaction: what is written there
 * through the store that it gets, such as the booking in the ERP, is kept if and only if PAID is.
 * It is called once for each payment. When it throws, nothing is kept, and the news comes again.
 */
import type { CardPayment } from "../adapters/ports/billing-changes.ts";
import type { PaymentProvider } from "../adapters/ports/payment-provider.ts";
import type { Payment } from "../store/payment-row.ts";
import type { Store } from "../store/store.ts";

/** What the landlord's file says of payments. */
export interface PaymentRules {
  /** A folder under `adapters/payment/`. */
  readonly provider: string;
  /** Whether another amount than the whole that is due may be paid. */
  readonly partial: boolean;
  /** Exact decimal text, within the provider's own limits or not: the narrower holds. */
  readonly minimum: string;
  readonly maximum: string;
}

export interface PaidPayment {
  readonly payment: Payment;
  /** What the port `cardPayments` takes. */
  readonly booking: CardPayment;
}

export type OnPaid = (store: Store, paid: PaidPayment) => Promise<void>;

/** Never gets personal data or secrets in `details`. */
export type PaymentLog = (
  level: "warn" | "error",
  message: string,
  details: Record<string, unknown>,
) => void;

/** All that one landlord's payments need. */
export interface PaymentDesk {
  readonly landlord: string;
  readonly rules: PaymentRules;
  readonly provider: PaymentProvider;
  /** How the port `cardPayments` names it. */
  readonly providerName: CardPayment["provider"];
  readonly store: Store;
  readonly now: () => Date;
  /** Where the provider tells what came of a payment. */
  readonly notifyUrl: string;
  /** Where the browser comes back to, by the payment's id. */
  readonly returnUrl: (id: string) => string;
  readonly onPaid: OnPaid;
  readonly log: PaymentLog;
}
