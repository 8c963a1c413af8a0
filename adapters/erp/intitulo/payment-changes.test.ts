/** Payments by card, booked at the mock ERP over HTTP and behind the guard. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { oddities } from "../../../mocks/world/oddities.ts";
import { cardPayments, type CardPayment } from "../../ports/billing-changes.ts";
import { accountEntries, balances, payments } from "../../ports/billing.ts";
import type { Submission } from "../../ports/changes.ts";
import type { Port } from "../../ports/port.ts";
import {
  call,
  contractKey,
  contractOf,
  daysAgo,
  partiesOf,
  paying,
  personKey,
  today,
  world,
} from "./testing/changes.ts";
import { startHouse, type House } from "./testing/house.ts";

let house: House;
beforeAll(async () => {
  house = await startHouse({ world });
});
afterAll(() => house.close());

const use = <I>(port: Port<I>): I => house.ports.use(port);
const page = { contractKey, first: 5, after: null };

describe("A payment by card", () => {
  it("is booked at once, in payments, entries and balance", async () => {
    const [before] = await use(balances).ofContracts([contractKey], call);
    const asked = paying();
    const outcome = await use(cardPayments).submit(asked, call);
    const [paid] = (await use(payments).ofContracts([page], call))[0]!.items;
    expect(paid).toMatchObject({
      amount: asked.payload.amount,
      method: "CARD",
      status: "RECEIVED",
      date: today,
    });
    expect(outcome).toEqual({ state: "APPLIED", reference: paid!.key });
    const [entry] = (await use(accountEntries).ofContracts([page], call))[0]!.items;
    expect(entry).toMatchObject({ owed: { amount: "-12.50" } });
    const [after] = await use(balances).ofContracts([contractKey], call);
    expect(Number(before!.owed.amount) - Number(after!.owed.amount)).toBeCloseTo(12.5);
    expect(Date.parse(after!.asOf)).toBeGreaterThan(Date.parse(before!.asOf));
    expect(await house.applied(asked.operationId)).toMatchObject([
      {
        kind: "cardPayments",
        contract: contractKey,
        person: personKey,
        content: { cents: 1250, piece: `PAYFIP-${asked.payload.providerReference}` },
      },
    ]);
  });

  it("is found again by our operation, and by the provider's reference alone", async () => {
    const asked = paying();
    expect(await use(cardPayments).lookUp(asked, call)).toEqual({ state: "ABSENT" });
    const outcome = await use(cardPayments).submit(asked, call);
    expect(await use(cardPayments).lookUp(asked, call)).toEqual(outcome);
    const byHand = { ...asked, operationId: randomUUID() };
    expect(await use(cardPayments).lookUp(byHand, call)).toEqual(outcome);
    const otherProvider = paying({ ...asked.payload, provider: "LYRA" });
    expect(await use(cardPayments).lookUp(otherProvider, call)).toEqual({ state: "ABSENT" });
  });

  it("is found behind more payments than a list holds, and never called absent when it cannot be", async () => {
    const contract = contractOf(oddities.zero);
    const of = partiesOf(oddities.zero);
    const asked = paying({}, of);
    const outcome = await use(cardPayments).submit(asked, call);
    const [booked] = contract.payments;
    const many = (date: (i: number) => string) =>
      Array.from({ length: 130 }, (_, i) => ({
        ...booked!,
        number: booked!.number + 1 + i,
        date: date(i),
      }));
    const days = [5, 4, 3, 2].map(daysAgo);
    contract.payments = [booked!, ...many((i) => days[i % 4]!)];
    expect(await use(cardPayments).lookUp(asked, call)).toEqual(outcome);
    expect(await use(cardPayments).lookUp(paying({}, of), call)).toEqual({ state: "ABSENT" });
    contract.payments = many(() => today);
    await expect(use(cardPayments).lookUp(asked, call)).rejects.toMatchObject({
      code: "BAD_RESPONSE",
    });
  });

  const amountOf = (amount: string) => ({ amount: { amount, currency: "EUR" as const } });
  const nextWeek = new Date(Date.now() + 7 * 86_400_000).toISOString();
  const other = partiesOf(oddities.twoSurnames).contractKey;
  it.each<[string, Submission<CardPayment>, string]>([
    ["of nothing", paying(amountOf("0.00")), "INVALID"],
    ["of less than nothing", paying(amountOf("-5.00")), "INVALID"],
    ["of ten millions", paying(amountOf("10000000.00")), "INVALID"],
    ["for no contract", paying({}, { contractKey: null }), "INVALID"],
    ["of next week", paying({ paidAt: nextWeek }), "INVALID"],
    ["for an unknown contract", paying({}, { contractKey: "C9999999" }), "UNKNOWN_THING"],
    ["for somebody else's contract", paying({}, { contractKey: other }), "NOT_POSSIBLE"],
  ])("%s is refused", async (_, asked, reason) => {
    expect(await use(cardPayments).submit(asked, call)).toEqual({ state: "REJECTED", reason });
    expect(await house.applied(asked.operationId)).toEqual([]);
  });

  it("for a contract that has ended is taken while something is owed", async () => {
    const ended = contractOf(oddities.ended);
    const of = partiesOf(oddities.ended);
    ended.balanceCents = 1000;
    expect(await use(cardPayments).submit(paying({}, of), call)).toMatchObject({
      state: "APPLIED",
    });
    expect(ended.balanceCents).toBe(-250);
    expect(await use(cardPayments).submit(paying({}, of), call)).toMatchObject({
      reason: "NOT_POSSIBLE",
    });
  });

  it("of somebody who is not known any more is not called absent", async () => {
    const gone = use(cardPayments).lookUp(paying({}, { personKey: "T99999" }), call);
    await expect(gone).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
