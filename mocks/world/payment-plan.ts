import { addDays } from "./days.ts";
import type { Ledger } from "./ledger.ts";
import type { WorldPaymentPlan } from "./types.ts";

/**
 * What somebody who fell behind agreed to pay back: what was owed before their last payment, which
 * was the first instalment; then six more, a month apart. Null when no payment was received within
 * the last five months.
 */
export function paymentPlanOf(ledger: Ledger, until: string): WorldPaymentPlan | null {
  const first = ledger.payments.find((payment) => payment.status === "RECEIVED");
  if (!first || first.date < addDays(until, -150)) return null;
  const booked = ledger.entries.findIndex(
    (entry) => entry.date === first.date && entry.cents === -first.cents,
  );
  const since = ledger.entries.slice(0, booked).reduce((sum, { cents }) => sum + cents, 0);
  const rest = ledger.balanceCents - since;
  if (rest < further) return null;
  return {
    agreedOn: addDays(first.date, -7),
    instalments: [
      { dueDate: first.date, cents: first.cents, status: "PAID" },
      ...shares(rest).map((cents, i) => {
        const dueDate = monthsLater(first.date, i + 1);
        return {
          dueDate,
          cents,
          status: dueDate <= until ? ("MISSED" as const) : ("DUE" as const),
        };
      }),
    ],
  };
}

const further = 6;

/** Equal parts, the last with what is left over. */
function shares(cents: number): number[] {
  const part = Math.floor(cents / further);
  return Array.from({ length: further }, (_, i) =>
    i === further - 1 ? cents - part * (further - 1) : part,
  );
}

/** The same day of a later month, or the 28th. */
function monthsLater(day: string, count: number): string {
  const months = Number(day.slice(5, 7)) - 1 + count;
  const year = Number(day.slice(0, 4)) + Math.floor(months / 12);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${year}-${two((months % 12) + 1)}-${two(Math.min(28, Number(day.slice(8))))}`;
}
