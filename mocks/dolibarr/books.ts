/** Invoices and payments, made of the World's entries: what was paid is put on the invoices that are open. */
import type { WorldContract, WorldEntry, WorldNotice } from "../world/types.ts";

export interface Invoice {
  readonly id: number;
  readonly ref: string;
  /** 0 an invoice, 2 a credit note. */
  readonly type: 0 | 2;
  readonly date: string;
  readonly due: string;
  readonly note: string;
  readonly clientRef: string;
  readonly lines: readonly { readonly label: string; readonly cents: number }[];
  readonly period: { readonly from: string; readonly to: string } | null;
  readonly cents: number;
}

export interface PaymentRow {
  /** Of the line of the bank, too. */
  readonly id: number;
  readonly ref: string;
  readonly externalRef: string;
  readonly number: string;
  readonly type: string;
  /** `2026-11-18 12:06:40` */
  readonly at: string;
  readonly shares: ReadonlyMap<number, number>;
}

export interface Book {
  readonly invoices: readonly Invoice[];
  readonly payments: PaymentRow[];
}

export const paidOn = ({ payments }: Book, { id }: Invoice): number =>
  payments.reduce((sum, { shares }) => sum + (shares.get(id) ?? 0), 0);
export const leftOn = (book: Book, invoice: Invoice): number =>
  invoice.cents - paidOn(book, invoice);

/** Oldest first. */
export function bookOf(contract: WorldContract): Book {
  const book: { invoices: Invoice[]; payments: PaymentRow[] } = { invoices: [], payments: [] };
  for (const entry of withOpening(contract)) {
    if (typeOf(entry) !== null) pay(book, entry);
    else if (entry.label.endsWith("rejeté")) takeBack(book, entry);
    else book.invoices.push(invoiceOf(contract, entry));
  }
  return book;
}

/** What the entries do not tell of the balance was there before the first of them. */
function withOpening({ number, entries, balanceCents, start }: WorldContract): WorldEntry[] {
  const oldest = entries.toReversed();
  const cents = balanceCents - oldest.reduce((sum, entry) => sum + entry.cents, 0);
  if (cents === 0) return oldest;
  const date = oldest[0]?.date ?? start;
  return [
    { number: number * 1000, date, label: "Reprise de solde", cents, period: null },
    ...oldest,
  ];
}

const labels: readonly [RegExp, string][] = [
  [/^Chèque/, "CHQ"],
  [/^Prélèvement/, "PRE"],
  [/^Virement/, "VIR"],
  [/^Paiement par carte/, "CB"],
];
const typeIn = (label: string) => labels.find(([pattern]) => pattern.test(label))?.[1] ?? null;
/** Of a payment; null for what is none. */
const typeOf = ({ label, cents }: WorldEntry): string | null => (cents < 0 ? typeIn(label) : null);

const month = (day: string) => day.slice(2, 4) + day.slice(5, 7);

function invoiceOf(contract: WorldContract, entry: WorldEntry): Invoice {
  const notice = contract.notices.find(
    ({ period, issuedOn }) => period.from === entry.period?.from && issuedOn === entry.date,
  );
  const prefix = entry.cents < 0 ? "AV" : "FA";
  return {
    id: entry.number,
    ref: `${prefix}${month(entry.date)}-${String(entry.number).padStart(4, "0")}`,
    type: entry.cents < 0 ? 2 : 0,
    date: entry.date,
    due: notice?.dueDate ?? entry.date,
    note: entry.label,
    clientRef: `${notice ? "AVIS" : "DIV"}-${entry.date.slice(0, 7)}`,
    lines: linesOf(notice, entry),
    period: entry.period,
    cents: entry.cents,
  };
}

const linesOf = (notice: WorldNotice | undefined, { label, cents }: WorldEntry) =>
  notice ? notice.lines : [{ label, cents }];

/** The open one that is oldest, and so on; what is too much stays on the newest. */
function pay(book: Book, entry: WorldEntry): void {
  const shares = new Map<number, number>();
  let rest = -entry.cents;
  for (const invoice of book.invoices) {
    const share = Math.min(rest, Math.max(0, leftOn(book, invoice)));
    if (share > 0) shares.set(invoice.id, share);
    rest -= share;
  }
  const newest = book.invoices.findLast(({ type }) => type === 0);
  if (rest > 0 && newest) shares.set(newest.id, (shares.get(newest.id) ?? 0) + rest);
  book.payments.push(rowOf(entry, typeOf(entry)!, `N${entry.number}`, shares));
}

/** What the bank sent back: the same payment once more, below nothing. */
function takeBack(book: Book, entry: WorldEntry): void {
  const of = (shares: ReadonlyMap<number, number>) =>
    [...shares.values()].reduce((sum, cents) => sum + cents, 0);
  const back = book.payments.findLast(({ shares }) => of(shares) === entry.cents);
  if (!back) throw new Error("a payment that was never made is sent back");
  const shares = new Map([...back.shares].map(([id, cents]) => [id, -cents]));
  book.payments.push(rowOf(entry, back.type, back.number, shares));
}

const rowOf = (
  { number: id, date }: WorldEntry,
  type: string,
  number: string,
  shares: ReadonlyMap<number, number>,
): PaymentRow => ({
  id,
  ref: `PAY${month(date)}-${String(id).padStart(4, "0")}`,
  externalRef: "",
  number,
  type,
  at: `${date} 14:00:00`,
  shares,
});
