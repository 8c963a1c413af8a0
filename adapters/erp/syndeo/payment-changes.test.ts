/** Payments by card, booked at the mock ERP over HTTP and behind the guard. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { oddities, ownerOddities } from "../../../mocks/world/oddities.ts";
import { cardPayments, type CardPayment } from "../../ports/billing-changes.ts";
import { accountEntries, balances, ledgers, payments } from "../../ports/billing.ts";
import type { Submission } from "../../ports/changes.ts";
import type { Port } from "../../ports/port.ts";
import {
  call,
  contractKey,
  contractOf,
  lease,
  now,
  partiesOf,
  paying,
  personKey,
  world,
} from "./testing/changes.ts";
import { startHouse, type House } from "./testing/house.ts";
import { Montant, writtenMontant } from "./values.ts";

let house: House;
beforeAll(async () => {
  house = await startHouse({ world, now, deadlockEvery: 0 });
});
afterAll(() => house.close());

const use = <I>(port: Port<I>): I => house.ports.use(port);

const page = { contractKey, first: 5, after: null };

describe("a payment by card", () => {
  test("is booked at once, under the day in Paris, in payments, entries and balances", async () => {
    const before = lease.balanceCents;
    const asked = paying();
    const outcome = await use(cardPayments).submit(asked, call);
    const [paid] = (await use(payments).ofContracts([page], call))[0]!.items;
    expect(paid).toMatchObject({
      amount: asked.payload.amount,
      method: "CARD",
      date: "2026-11-20",
    });
    expect(outcome).toEqual({ state: "APPLIED", reference: paid!.key });
    const [entry] = (await use(accountEntries).ofContracts([page], call))[0]!.items;
    expect(entry).toMatchObject({ owed: { amount: "-1234.50" } });
    const [balance] = await use(balances).ofContracts([contractKey], call);
    const owed = ((before - 123_450) / 100).toFixed(2);
    expect(balance).toMatchObject({ owed: { amount: owed }, asOf: "2026-11-20T15:30:00+01:00" });
    const [accounts] = await use(ledgers).ofPersons([personKey], call);
    expect(accounts).toMatchObject([{ kind: "TENANT", balance: { owed: { amount: owed } } }]);
    expect(await house.applied(asked.operationId)).toMatchObject([
      {
        kind: "cardPayments",
        contract: contractKey,
        person: personKey,
        content: { Piece: `LYRA-${asked.payload.providerReference}` },
      },
    ]);
  });

  test("that comes again is the one that is booked, and found by its reference", async () => {
    const asked = paying();
    expect(await use(cardPayments).lookUp(asked, call)).toEqual({ state: "ABSENT" });
    const outcome = await use(cardPayments).submit(asked, call);
    expect(await use(cardPayments).submit(asked, call)).toEqual(outcome);
    expect(await use(cardPayments).lookUp(asked, call)).toEqual(outcome);
    expect(await house.applied(asked.operationId)).toHaveLength(1);
  });

  const amountOf = (amount: string) => ({ amount: { amount, currency: "EUR" as const } });
  test.each<[string, Submission<CardPayment>, string]>([
    ["of nothing", paying(amountOf("0.00")), "INVALID"],
    ["of less than nothing", paying(amountOf("-5.00")), "INVALID"],
    ["for no contract", paying({}, { contractKey: null }), "INVALID"],
    ["of next week", paying({ paidAt: "2026-11-27T10:00:00Z" }), "INVALID"],
    ["for an unknown contract", paying({}, { contractKey: "BAI-999999" }), "UNKNOWN_THING"],
    [
      "of somebody else",
      paying({}, { personKey: partiesOf(oddities.accents).personKey }),
      "NOT_POSSIBLE",
    ],
    ["of one who lets", paying({}, partiesOf(ownerOddities.owner)), "NOT_POSSIBLE"],
  ])("%s is refused", async (_, asked, reason) => {
    expect(await use(cardPayments).submit(asked, call)).toEqual({ state: "REJECTED", reason });
    expect(await house.applied(asked.operationId)).toEqual([]);
  });

  test("for a contract that has ended is taken while something is owed", async () => {
    const of = partiesOf(oddities.ended);
    contractOf(oddities.ended).balanceCents = 1000;
    const submit = () => use(cardPayments).submit(paying({}, of), call);
    expect(await submit()).toMatchObject({ state: "APPLIED" });
    expect(await submit()).toEqual({ state: "REJECTED", reason: "NOT_POSSIBLE" });
  });

  test("of any amount is written as syndeo writes amounts", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999_999 }), (cents) => {
        const amount = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
        expect(Montant.parse(writtenMontant(amount))).toBe(amount);
      }),
    );
    expect(writtenMontant("1234567.80")).toBe("+\u00a01\u202f234\u202f567,80");
  });
});
