import { addDays, later, monthInFrench } from "./days.ts";
import { noticesOf, provisionsOf, regularisationsOf, type Billing } from "./billing.ts";
import { payingPlan, type Habit, type PlannedPayment } from "./habits.ts";
import { numberWithin } from "./numbers.ts";
import type { Random } from "./random.ts";
import type {
  WorldContract,
  WorldEntry,
  WorldNotice,
  WorldPayment,
  WorldReceipt,
  WorldRegularisation,
} from "./types.ts";

/** What an account is computed from. */
export interface Account extends Billing {
  number: number;
  method: WorldContract["paymentMethod"];
  habit: Habit;
  /** What was owed before the first entry. */
  openingCents: number;
}

export type Ledger = Pick<
  WorldContract,
  "balanceCents" | "late" | "entries" | "payments" | "notices" | "receipts" | "regularisations"
>;

/** Something owed and not wholly paid yet. */
interface Open {
  notice: WorldNotice | null;
  dueDate: string;
  restCents: number;
}

/** The books while they are being written: what is paid goes to what is oldest. */
interface Books {
  open: Open[];
  creditCents: number;
  entries: Omit<WorldEntry, "number">[];
  payments: Omit<WorldPayment, "number">[];
  receipts: Omit<WorldReceipt, "number">[];
}

/**
 * Keeps a contract's books from the first notice to the evening of `until`. Every list comes newest
 * first; the balance is the opening balance plus all entries.
 */
export function ledgerOf(account: Account, until: string, random: Random): Ledger {
  const notices = noticesOf(account, until);
  const regularisations = regularisationsOf(account, notices, until, random);
  return booksOf(account, { notices, regularisations, labelOf: noticeLabel }, until, random);
}

/** What was asked for, oldest first, and how the account calls it. */
export interface Asked {
  notices: Omit<WorldNotice, "number">[];
  regularisations: Omit<WorldRegularisation, "number">[];
  labelOf(notice: Omit<WorldNotice, "number">): string;
}

/** The same for whatever was asked for; every notice wholly paid gets a receipt. */
export function booksOf(account: Account, asked: Asked, until: string, random: Random): Ledger {
  const { notices, regularisations } = asked;
  const books = openBooks(account.openingCents);
  for (const step of stepsOf(account, asked, until, random)) step.write(books);
  pendingPayment(books, account, until);
  const owed = books.open.reduce((sum, item) => sum + item.restCents, 0);
  const inOrder = <T extends { date: string }>(list: T[]) =>
    list.toSorted((a, b) => a.date.localeCompare(b.date));
  return {
    balanceCents: owed - books.creditCents,
    late: books.open.some((item) => item.dueDate <= until),
    entries: newestFirst(account, inOrder(books.entries)),
    payments: newestFirst(account, inOrder(books.payments)),
    notices: newestFirst(account, notices),
    receipts: newestFirst(account, books.receipts),
    regularisations: newestFirst(account, regularisations),
  };
}

function newestFirst<T extends object>(account: Account, oldestFirst: T[]) {
  const numbered = oldestFirst.map((item, i) => ({
    ...item,
    number: numberWithin(account.number, i + 1),
  }));
  return numbered.toReversed();
}

function openBooks(openingCents: number): Books {
  const debt = { notice: null, dueDate: "", restCents: openingCents };
  return {
    open: openingCents > 0 ? [debt] : [],
    creditCents: openingCents < 0 ? -openingCents : 0,
    entries: [],
    payments: [],
    receipts: [],
  };
}

interface Step {
  date: string;
  write(books: Books): void;
}

function stepsOf(
  account: Account,
  { notices, regularisations, labelOf }: Asked,
  until: string,
  random: Random,
): Step[] {
  const charges = notices.map((notice) => ({
    date: notice.issuedOn,
    write: (books: Books) => writeNotice(books, { ...notice, number: 0 }, labelOf(notice)),
  }));
  const corrections = regularisations.map((regularisation) => ({
    date: regularisation.issuedOn,
    write: (books: Books) => writeRegularisation(books, regularisation),
  }));
  const payments = payingPlan(account.habit, notices, random)
    .filter((planned) => planned.date <= until)
    .map((planned) => ({
      date: planned.date,
      write: (books: Books) => writePayment(books, planned, account.method),
    }));
  return [...charges, ...corrections, ...payments].toSorted((a, b) => a.date.localeCompare(b.date));
}

const noticeLabel: Asked["labelOf"] = ({ period }) =>
  `Avis d’échéance ${monthInFrench(period.from)}`;

function writeNotice(books: Books, notice: WorldNotice, label: string): void {
  const cents = totalOf(notice);
  const { issuedOn, period } = notice;
  books.entries.push({ date: issuedOn, label, cents, period });
  books.open.push({ notice, dueDate: notice.dueDate, restCents: cents });
  settle(books, issuedOn, false);
}

function writeRegularisation(books: Books, done: Omit<WorldRegularisation, "number">): void {
  const cents = done.actualCents - done.provisionsCents;
  books.entries.push({
    date: done.issuedOn,
    label: `Régularisation de charges ${done.year}`,
    cents,
    period: { from: `${done.year}-01-01`, to: `${done.year}-12-31` },
  });
  if (cents < 0) books.creditCents -= cents;
  else books.open.push({ notice: null, dueDate: addDays(done.issuedOn, 30), restCents: cents });
  settle(books, done.issuedOn, false);
}

const paymentLabels = {
  DIRECT_DEBIT: "Prélèvement automatique",
  CARD: "Paiement par carte",
  TRANSFER: "Virement reçu",
  CHEQUE: "Chèque reçu",
};

function writePayment(books: Books, planned: PlannedPayment, method: Account["method"]): void {
  const owed = books.open.reduce((sum, item) => sum + item.restCents, 0) - books.creditCents;
  const cents = planned.cents ?? Math.round(owed * planned.share);
  if (cents <= 0) return;
  const { date, returnedOn } = planned;
  const label = paymentLabels[method];
  books.entries.push({ date, label, cents: -cents, period: null });
  if (returnedOn !== null) {
    // The bank sent it back: nothing is paid by it, so nothing is receipted.
    books.entries.push({ date: returnedOn, label: `${label} rejeté`, cents, period: null });
    books.payments.push({ date, cents, method, status: "REJECTED" });
    return;
  }
  books.payments.push({ date, cents, method, status: "RECEIVED" });
  books.creditCents += cents;
  settle(books, date, true);
}

/** Gives the credit to what is owed, oldest first, and writes the receipts that follow. */
function settle(books: Books, date: string, byPayment: boolean): void {
  while (books.creditCents > 0 && books.open.length > 0) {
    const oldest = books.open[0]!;
    const taken = Math.min(books.creditCents, oldest.restCents);
    books.creditCents -= taken;
    oldest.restCents -= taken;
    if (oldest.restCents === 0) books.open.shift();
    const { notice } = oldest;
    if (notice === null) continue;
    if (oldest.restCents === 0) books.receipts.push(fullReceipt(notice, date));
    else if (byPayment) books.receipts.push(partReceipt(notice, date, taken));
  }
}

function fullReceipt(notice: WorldNotice, date: string): Omit<WorldReceipt, "number"> {
  const paidCents = totalOf(notice);
  const chargesCents = provisionsOf(notice);
  return {
    kind: "FULL",
    issuedOn: later(date, notice.issuedOn),
    period: notice.period,
    paidCents,
    rentCents: paidCents - chargesCents,
    chargesCents,
  };
}

function partReceipt(
  notice: WorldNotice,
  date: string,
  paidCents: number,
): Omit<WorldReceipt, "number"> {
  const { period } = notice;
  return {
    kind: "PARTIAL",
    issuedOn: date,
    period,
    paidCents,
    rentCents: null,
    chargesCents: null,
  };
}

/** Somebody who is behind has just paid a part by card: on its way, not in the account yet. */
function pendingPayment(books: Books, account: Account, until: string): void {
  if (account.habit !== "behind") return;
  books.payments.push({ date: until, cents: 5005, method: "CARD", status: "PENDING" });
}

const totalOf = (notice: Pick<WorldNotice, "lines">) =>
  notice.lines.reduce((sum, line) => sum + line.cents, 0);
