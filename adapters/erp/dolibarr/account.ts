/** The account of a contract, which Dolibarr does not keep: put together from invoices and payments. */
import type { AccountEntry, Balance, Payment } from "../../ports/billing.ts";
import type { Call } from "../../ports/port.ts";
import { at } from "./client.ts";
import { chargesOf, type Reading } from "./owned.ts";
import { dayOf, euros, opposite, signOf, sumOf } from "./values.ts";
import { PaymentRow, stateOf, type Charge, type Contract } from "./wire.ts";

/** One payment, however many invoices it pays. */
export interface Paid {
  readonly key: string;
  readonly day: string;
  /** For the landlord; negative where it was taken back. */
  readonly amount: string;
  readonly type: string;
  readonly number: string;
  readonly externalReference: string | null;
}

export interface Account {
  readonly charges: readonly Charge[];
  readonly paid: readonly Paid[];
}

/** Asks once more for each invoice on which something was paid: Dolibarr has no list of payments. */
export async function accountOf(erp: Reading, held: Contract, call: Call): Promise<Account> {
  const charges = await chargesOf(erp, held, call);
  return { charges, paid: await paidOn(erp, charges, call) };
}

export async function paidOn(
  erp: Reading,
  charges: readonly Charge[],
  call: Call,
): Promise<Paid[]> {
  // A payment and its reversal leave a total of zero.
  const asked = charges.filter(({ type }) => type !== "2");
  const rows = await Promise.all(
    asked.map(({ id }) =>
      erp.client.list({ path: at`/invoices/${id}/payments`, shape: PaymentRow, whole: true }, call),
    ),
  );
  const byKey = new Map<string, [PaymentRow, ...PaymentRow[]]>();
  // What a credit note pays is in the account as the credit note.
  for (const row of rows.flat().filter(({ typeline }) => typeline === "payment")) {
    const others = byKey.get(keyOf(row));
    if (others) others.push(row);
    else byKey.set(keyOf(row), [row]);
  }
  return [...byKey].map(([key, parts]) => paidBy(key, parts));
}

/** References of payments come twice where two were made at once; the line of the bank does not. */
const keyOf = ({ fk_bank_line, ref }: PaymentRow) => fk_bank_line ?? ref;

function paidBy(key: string, parts: [PaymentRow, ...PaymentRow[]]): Paid {
  const [row] = parts;
  return {
    key,
    day: row.date.slice(0, 10),
    amount: sumOf(parts.map(({ amount }) => amount)),
    type: row.type,
    number: row.num ?? "",
    externalReference: row.ref_ext || null,
  };
}

/** What is left of it; what was paid too much is negative. */
export function leftOf(charge: Charge): string {
  const left = charge.remaintopay ?? sumOf([charge.total_ttc, opposite(charge.totalpaid)]);
  // A paid one may have a rest that the landlord gave up, but never one that is owed.
  return stateOf(charge) === "1" || signOf(left) < 0 ? left : "0.00";
}

export function balanceOf(charges: readonly Charge[], now: Date, timeZone: string): Balance {
  const today = dayOf(Math.floor(now.getTime() / 1000), timeZone);
  const owed = sumOf(charges.map(leftOf));
  const isLate = (charge: Charge) => {
    const due = charge.date_lim_reglement ?? charge.date;
    return signOf(leftOf(charge)) > 0 && due !== null && dayOf(due, timeZone) < today;
  };
  return {
    owed: euros(owed),
    late: signOf(owed) > 0 && charges.some(isLate),
    asOf: now.toISOString(),
  };
}

const methods: Record<string, Payment["method"]> = {
  CB: "CARD",
  CHQ: "CHEQUE",
  PRE: "DIRECT_DEBIT",
  VIR: "TRANSFER",
};
const labels: Record<Payment["method"], string> = {
  CARD: "Paiement par carte",
  CHEQUE: "Chèque reçu",
  DIRECT_DEBIT: "Prélèvement automatique",
  TRANSFER: "Virement reçu",
  OTHER: "Paiement reçu",
};
const methodOf = ({ type }: Paid) => methods[type] ?? "OTHER";

/** Newest first; of one day, payments before what they pay. */
export function entriesOf({ charges, paid }: Account, timeZone: string): AccountEntry[] {
  const ofPayments = paid.map((one): AccountEntry => {
    const label = labels[methodOf(one)];
    return {
      key: `P${one.key}`,
      date: one.day,
      label: signOf(one.amount) < 0 ? `${label} : annulation` : label,
      owed: euros(opposite(one.amount)),
      period: null,
    };
  });
  const ofCharges = charges.map((charge): AccountEntry => ({
    key: `F${charge.id}`,
    date: dayOf(charge.date ?? 0, timeZone),
    label: charge.note_public ?? charge.ref,
    owed: euros(charge.total_ttc),
    period: null,
  }));
  return [...ofPayments.toSorted(lastFirst), ...ofCharges.toSorted(lastFirst)].toSorted(
    (a, b) => -Number(a.date > b.date) + Number(a.date < b.date),
  );
}

/** Newest first, without what was taken back, which is told by the payment that it undoes. */
export function paymentsOf({ paid }: Account): Payment[] {
  const undone = paid.filter(({ amount }) => signOf(amount) < 0);
  return paid
    .filter(({ amount }) => signOf(amount) > 0)
    .map((one): Payment => {
      const by = undone.findIndex(
        ({ amount, number }) => amount === opposite(one.amount) && number === one.number,
      );
      if (by >= 0) undone.splice(by, 1);
      return {
        key: one.key,
        date: one.day,
        amount: euros(one.amount),
        method: methodOf(one),
        status: by >= 0 ? "REJECTED" : "RECEIVED",
      };
    })
    .toSorted((a, b) => -Number(a.date > b.date) + Number(a.date < b.date) || lastFirst(a, b));
}

const numberIn = ({ key }: { key: string }) => Number(key.replace(/\D/g, ""));
const lastFirst = (a: { key: string }, b: { key: string }) => numberIn(b) - numberIn(a);
