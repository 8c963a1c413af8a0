/** What of the receipts the store does not know, and what is to be done about each. */
import type { Store } from "../../store/store.ts";
import { referenceOf } from "../../payments/reference.ts";
import { isPaidAlready } from "../../subgraphs/kernel/change-kinds.ts";
import type { Told } from "./begun-payments.ts";
import type { ChangeReceipt, PaymentReceipt, Receipts } from "./receipts.ts";

export interface Entry {
  readonly verdict: "APPLIED" | "SENT" | "REJECTED" | "PAID" | "NOT_PAID" | "UNKNOWN";
  readonly at: string;
  readonly receipt: string;
  readonly landlord: string;
  readonly kind: string;
  /** As the landlord's system names them; null for an account that the store does not know either. */
  readonly persons: readonly string[] | null;
  /** Null where nobody has to do anything. */
  readonly toDo: string | null;
}

type Persons = ReadonlyMap<string, readonly string[]>;

export async function lostPayments(
  store: Store,
  { payments }: Receipts,
): Promise<PaymentReceipt[]> {
  const known = await store.known.begunPayments([...payments.keys()]);
  return [...payments.values()].filter(({ id }) => !known.has(id));
}

/** Those that the restored store has, where a person must say what became of them, and the log knows it. */
export async function waitingChanges(
  store: Store,
  { changes }: Receipts,
): Promise<ChangeReceipt[]> {
  const ended = [...changes.values()].filter(
    ({ last }) => last === "APPLIED" || last === "REJECTED",
  );
  const known = await store.known.changes(ended.map(({ id }) => id));
  return ended.filter(({ id }) => known.get(id) === "NEEDS_ATTENTION");
}

export const wordWaiting = (change: ChangeReceipt, persons: Persons): Entry => ({
  verdict: change.last === "APPLIED" ? "APPLIED" : "REJECTED",
  kind: change.kind,
  toDo: "it is in the store, and waits for a person: settle it so",
  ...placeOf(change, persons),
});

/** The booking of a payment has its id, and goes with it: that of a known one is made again by itself. */
export async function lostChanges(
  store: Store,
  { changes, payments }: Receipts,
): Promise<ChangeReceipt[]> {
  const ids = [...changes.keys()];
  const known = await store.known.changes(ids);
  const paid = await store.known.begunPayments(ids);
  return [...changes.values()].filter(
    ({ id }) => !known.has(id) && !paid.has(id) && !payments.has(id),
  );
}

export function wordChange(change: ChangeReceipt, persons: Persons): Entry {
  const { kind, last } = change;
  const entry = (verdict: Entry["verdict"], toDo: string | null): Entry => ({
    verdict,
    kind,
    toDo,
    ...placeOf(change, persons),
  });
  switch (last) {
    case "APPLIED":
      return entry("APPLIED", null);
    case "REJECTED":
      return entry("REJECTED", null);
    case "SENT":
      return entry("SENT", "the ERP has it, and may refuse it yet: look there");
    default:
      return entry(
        "UNKNOWN",
        isPaidAlready(kind)
          ? "the money was taken: look for it in the ERP, and book it where it is not"
          : "look for it in the ERP; where it is not, ask the person to send it again",
      );
  }
}

export function wordPayment(
  payment: PaymentReceipt,
  told: Told,
  { changes }: Receipts,
  persons: Persons,
): Entry {
  const entry = (verdict: Entry["verdict"], toDo: string | null): Entry => ({
    verdict,
    kind: "PAYMENT",
    toDo,
    ...placeOf(payment, persons),
  });
  const name = `${payment.provider} ${referenceOf(payment.id)}`;
  if ("unasked" in told) return entry("UNKNOWN", `${name}: ${told.unasked}; look there`);
  const { news } = told;
  switch (news.state) {
    case "PAID": {
      const booked = changes.get(payment.id)?.last === "APPLIED";
      const money = `${news.amount} EUR, ${name}, transaction ${news.transaction}`;
      return entry("PAID", booked ? null : `book it in the ERP, unless it is there: ${money}`);
    }
    case "REFUSED":
    case "ABANDONED":
    case "EXPIRED":
      return entry("NOT_PAID", null);
    case "WAITING":
      return entry("UNKNOWN", `${name} may still be paid: ask again in an hour`);
    case "REVERSED":
    case "DIFFERS":
      return entry("UNKNOWN", `${name}: look there (${news.state})`);
  }
}

const placeOf = (
  { id, landlord, account, at }: ChangeReceipt | PaymentReceipt,
  persons: Persons,
): Pick<Entry, "receipt" | "landlord" | "at" | "persons"> => ({
  receipt: id,
  landlord,
  at: at.toISOString(),
  persons: (account === null ? undefined : persons.get(account)) ?? null,
});
