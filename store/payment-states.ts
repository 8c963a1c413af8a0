/** The states of a payment, and which may follow which. */

/**
 * - `CREATED`: kept by us; the provider is being asked for its page.
 * - `REDIRECTED`: the person has the page.
 * - `PAID`: the provider says so. Final.
 * - `REFUSED`, `ABANDONED`, `EXPIRED`: nothing was paid, as far as is known.
 * - `UNKNOWN`: nobody knows, or what the provider says is not what was begun.
 */
export const paymentStates = [
  "CREATED",
  "REDIRECTED",
  "PAID",
  "REFUSED",
  "ABANDONED",
  "EXPIRED",
  "UNKNOWN",
] as const;
export type PaymentState = (typeof paymentStates)[number];

/**
 * A person may try again on the page after a refusal, and news may come late: money that was taken
 * is believed after anything but the beginning. Nothing undoes a payment.
 */
const followers: Readonly<Record<PaymentState, readonly PaymentState[]>> = {
  CREATED: ["REDIRECTED", "UNKNOWN", "EXPIRED"],
  REDIRECTED: ["PAID", "REFUSED", "ABANDONED", "EXPIRED", "UNKNOWN"],
  UNKNOWN: ["PAID", "REFUSED", "ABANDONED", "EXPIRED"],
  REFUSED: ["PAID", "UNKNOWN"],
  ABANDONED: ["PAID", "UNKNOWN"],
  EXPIRED: ["PAID", "UNKNOWN"],
  PAID: [],
};

export const mayFollow = (from: PaymentState, to: PaymentState): boolean =>
  followers[from].includes(to);
