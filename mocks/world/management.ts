import { firstOfMonth, lastOfMonth, later, monthInFrench } from "./days.ts";
import type { Account, Ledger } from "./ledger.ts";
import { numberWithin } from "./numbers.ts";
import type { WorldEntry } from "./types.ts";

type Entry = Omit<WorldEntry, "number">;

/** What the manager keeps of each rent. */
const feePercent = 8;

/** An owner who lets the manager hold the rents has not been sent any for so many months. */
const monthsHeld = 4;

/**
 * The account of an owner for whom the manager lets: each month the rent (for the owner, so
 * negative), the fee, and what is sent to the owner. `restCents`, unless null, is the balance that
 * it shall come to, by whatever was there before the first entry.
 */
export function managementLedgerOf(
  account: Account,
  restCents: number | null,
  until: string,
): Ledger {
  const entries = monthsOf(account, until)
    .flatMap((month, i, months) =>
      monthly(account, month, account.habit === "ahead" && months.length - i <= monthsHeld),
    )
    .filter((entry) => entry.date <= until);
  const sum = entries.reduce((total, { cents }) => total + cents, 0);
  const balanceCents = restCents ?? sum + account.openingCents;
  return {
    balanceCents,
    late: balanceCents > 0,
    entries: entries
      .map((entry, i) => ({ ...entry, number: numberWithin(account.number, i + 1) }))
      .toReversed(),
    payments: [],
    notices: [],
    receipts: [],
    regularisations: [],
  };
}

function monthsOf({ start, end, from }: Account, until: string): string[] {
  const months: string[] = [];
  const last = end !== null && end < until ? end : until;
  const begin = firstOfMonth(later(start, from));
  for (let month = begin; month <= last; month = firstOfMonth(month, 1)) {
    if (month >= start) months.push(month);
  }
  return months;
}

/** Oldest first. Each March something is repaired at the owner's expense. */
function monthly({ tariff, start }: Account, month: string, held: boolean): Entry[] {
  const rent = tariff.reduce((sum, { cents }) => sum + cents, 0);
  const fee = Math.round((rent * feePercent) / 100);
  const period = { from: later(month, start), to: lastOfMonth(month) };
  const on = (day: string, label: string, cents: number): Entry => ({
    date: month.slice(0, 8) + day,
    label,
    cents,
    period,
  });
  const repair = month.slice(5, 7) === "03" ? Math.round(rent / 5) : 0;
  return [
    on("05", `Loyer encaissé ${monthInFrench(month)}`, -rent),
    on("05", "Honoraires de gestion & TVA", fee),
    ...(repair > 0 ? [on("12", "Travaux : chauffe-eau, main-d’œuvre", repair)] : []),
    ...(held ? [] : [on("15", "Virement au propriétaire", rent - fee - repair)]),
  ];
}
