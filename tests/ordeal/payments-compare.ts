/** Compares what the providers say was paid with what the ERPs booked and what people are shown. */
import type { BookedPayment } from "../../mocks/checkout/door.ts";
import { nameAtProvider, type Attempt, type ProviderId } from "./payments-attempt.ts";
import type { Booking, Shown } from "./payments-books.ts";

export interface Books {
  readonly attempts: readonly Attempt[];
  readonly atProvider: Readonly<Record<ProviderId, readonly BookedPayment[]>>;
  readonly bookings: readonly Booking[];
  readonly shown: readonly Shown[];
  /** Messages that must have been told from the provider's, and were not. */
  readonly forgedTaken: number;
}

export interface Count {
  attempts: number;
  /** By the provider's word. */
  paid: number;
  paidCents: number;
  /** Of those, once in the ERP: the landlord's, on the right contract, to the cent. */
  booked: number;
  bookedCents: number;
  /** Paid, and not in the ERP. */
  lost: number;
  /** More than once in the ERP, or one key taken for several payments. */
  doubled: number;
  /** In the ERP with another amount, or on another contract. */
  wrong: number;
  /** In the ERP, and never paid; or paid, and never begun by anybody. */
  strange: number;
  /** Not paid, forged, and believed. */
  forgedAccepted: number;
  /** Shown as paid or not paid, contrary to the provider's word. */
  untrue: number;
  /** Not at their end yet. */
  open: number;
}

export interface Line extends Count {
  readonly landlord: string;
  readonly provider: ProviderId;
}

export interface Verdict {
  readonly lines: readonly Line[];
  readonly total: Count;
}

const nothing = (): Count => ({
  attempts: 0,
  paid: 0,
  paidCents: 0,
  booked: 0,
  bookedCents: 0,
  lost: 0,
  doubled: 0,
  wrong: 0,
  strange: 0,
  forgedAccepted: 0,
  untrue: 0,
  open: 0,
});

const ends = new Set(["PAID", "REFUSED", "ABANDONED", "EXPIRED"]);

export function compare(books: Books): Verdict {
  const lines = new Map<string, Line>();
  const lineOf = ({ landlord, provider }: Pick<Attempt, "landlord" | "provider">): Line => {
    const line = lines.get(landlord) ?? { landlord, provider, ...nothing() };
    lines.set(landlord, line);
    return line;
  };
  const paid = paidByAttempt(books);
  for (const attempt of books.attempts) count(lineOf(attempt), attempt, paid.get(attempt), books);
  const all = [...lines.values()].toSorted((a, b) => (a.landlord < b.landlord ? -1 : 1));
  const total = sum(all);
  total.strange += strangeIn(books, paid);
  total.forgedAccepted += books.forgedTaken;
  return { lines: all, total };
}

/** Also where nobody paid anything: then nothing was tried. */
export const failed = ({ total }: Verdict): boolean =>
  total.paid === 0 ||
  total.lost + total.doubled + total.wrong + total.strange > 0 ||
  total.forgedAccepted + total.untrue + total.open > 0 ||
  total.booked !== total.paid ||
  total.bookedCents !== total.paidCents;

type Paid = ReadonlyMap<Attempt, BookedPayment>;

function paidByAttempt({ attempts, atProvider }: Books): Paid {
  const found = new Map<Attempt, BookedPayment>();
  for (const attempt of attempts) {
    const name = nameAtProvider(attempt);
    const entry = atProvider[attempt.provider].find(
      (one) => one.paid && (attempt.provider === "payfip" ? one.id : one.reference) === name,
    );
    if (entry) found.set(attempt, entry);
  }
  return found;
}

function count(line: Line, attempt: Attempt, paid: BookedPayment | undefined, books: Books): void {
  const { landlord, cents, payments, forged } = attempt;
  const mine = books.shown.filter((one) => one.landlord === landlord && one.cents === cents);
  const isShownPaid = mine.some(({ status }) => status === "PAID");
  line.attempts += 1;
  line.doubled += Math.max(0, Math.max(payments.size, mine.length) - 1);
  line.open += mine.filter(({ status }) => !ends.has(status)).length;
  if (isShownPaid !== (paid !== undefined)) line.untrue += 1;
  if (!paid) {
    const believed = books.bookings.some((one) => one.landlord === landlord && one.cents === cents);
    if (forged > 0 && (isShownPaid || believed)) line.forgedAccepted += 1;
    return;
  }
  if (mine.some(({ status, booking }) => status === "PAID" && booking !== "APPLIED")) {
    line.untrue += 1;
  }
  countPaid(line, attempt, paid, books.bookings);
}

function countPaid(
  line: Line,
  { landlord, contractKey, cents }: Attempt,
  paid: BookedPayment,
  bookings: readonly Booking[],
): void {
  line.paid += 1;
  line.paidCents += paid.cents;
  const found = bookings.filter(({ transaction }) => transaction === paid.transaction);
  const right = found.filter(
    (one) =>
      one.landlord === landlord &&
      one.contract === contractKey &&
      one.cents === paid.cents &&
      paid.cents === cents,
  );
  line.wrong += found.length - right.length;
  line.bookedCents += right.reduce((sum, one) => sum + one.cents, 0);
  if (found.length === 0) line.lost += 1;
  else if (right.length > 0) line.booked += 1;
  line.doubled += Math.max(0, found.length - 1);
}

function strangeIn({ atProvider, bookings }: Books, paid: Paid): number {
  const begun = new Set(paid.values());
  const known = new Set([...begun].map(({ transaction }) => transaction));
  const everything = [...atProvider.payfip, ...atProvider.lyra];
  const unbegun = everything.filter((one) => one.paid && !begun.has(one));
  const unpaid = bookings.filter(({ transaction }) => !known.has(transaction));
  return unbegun.length + unpaid.length;
}

function sum(lines: readonly Line[]): Count {
  const total = nothing();
  for (const line of lines) {
    for (const name of Object.keys(total) as (keyof Count)[]) total[name] += line[name];
  }
  return total;
}
