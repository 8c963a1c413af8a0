import pino from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { cardPayments } from "../../adapters/ports/billing-changes.ts";
import type { Payment } from "../../store/payment-row.ts";
import { openStore, type Store } from "../../store/store.ts";
import { anAccount, testSecret } from "../../store/testing/stores.ts";
import { bookingOf } from "../../payments/booking.ts";
import { isIdempotencyKey } from "../../subgraphs/kernel/idempotency-key.ts";
import type { ServedLandlord } from "../../subgraphs/kernel/request.ts";
import { bookPaid } from "./booking.ts";

let store: Store;
let paid: Parameters<ReturnType<typeof bookPaid>>[1];
beforeEach(async () => {
  store = await openStore({ url: "sqlite::memory:", secret: testSecret });
  const { id: accountId } = await anAccount(store);
  const payment = {
    id: "019ab000-0000-7000-8000-000000000001",
    landlord: "cedre",
    accountId,
    personKey: "P1",
    contractKey: "C1",
  } as Payment;
  const booking = {
    amount: { amount: "120.50", currency: "EUR" },
    paidAt: "2026-11-20T09:00:00Z",
    provider: "LYRA",
    providerReference: "tx-1",
  } as const;
  paid = { payment, booking };
});
afterEach(() => store.close());

const landlords = [
  { landlord: { id: "cedre" }, ports: { served: [cardPayments.name] } },
] as unknown as ServedLandlord[];
const book = () => bookPaid(landlords, pino({ level: "silent" }))(store, paid);
const taken = (idempotencyKey: string) =>
  store.changes.submit({
    landlord: "cedre",
    accountId: paid.payment.accountId,
    personKey: "P1",
    contractKey: "C1",
    lane: "contract:C1",
    kind: "OCCUPANTS",
    idempotencyKey,
    request: "{}",
    payload: "{}",
    effectiveBy: null,
  });

test("no client can take the booking's key first: browsers know the payment's id", async () => {
  expect(isIdempotencyKey(bookingOf(paid.payment).idempotencyKey)).toBe(false);
  await taken(`payment:${paid.payment.id}`);
  await book();
  const all = await store.changes.search("cedre", {
    statuses: [],
    submittedBefore: null,
    limit: 10,
    after: null,
  });
  expect(all.map(({ change }) => change.kind).toSorted()).toEqual(["CARD_PAYMENT", "OCCUPANTS"]);
});

test("K-10 a payment that is told of after its payer's account was erased is booked, and is then without a name", async () => {
  const { accountId } = paid.payment;
  await store.erasures.erase("cedre", accountId, { mustBeSent: ["CARD_PAYMENT"] });
  await book();
  await store.purge();
  const claimed = (await store.changes.claim("cedre", 60_000))!;
  expect(claimed.change).toMatchObject({ kind: "CARD_PAYMENT", personKey: "P1" });
  await store.changes.settle(claimed, { status: "APPLIED", reference: null });
  await store.purge();
  const page = { limit: 10, before: null };
  expect(await store.changes.ofAccount("cedre", accountId, page)).toEqual([]);
});

test("H-08 a payment that cannot be booked is not PAID silently: the news must come again", async () => {
  await taken(bookingOf(paid.payment).idempotencyKey);
  await expect(book()).rejects.toThrow("booking");
});

test("J-10 has the payment's name, and is looked for first where a back-up brought the payment back", async () => {
  paid = { ...paid, payment: { ...paid.payment, restored: true } };
  await book();
  const claimed = (await store.changes.claim("cedre", 1_000))!;
  expect(claimed).toMatchObject({ change: { id: paid.payment.id }, maybeSent: true });
});
