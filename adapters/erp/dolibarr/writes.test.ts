/** Changes, through the guard, at the mock ERP: applied once, read back, or refused. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { oddities } from "../../../mocks/world/oddities.ts";
import * as billing from "../../ports/billing.ts";
import { bankAccountChanges, cardPayments } from "../../ports/billing-changes.ts";
import type { ChangePort, Submission } from "../../ports/changes.ts";
import { insuranceRenewals } from "../../ports/contract-changes.ts";
import type { Port } from "../../ports/port.ts";
import { serviceRequestCreations } from "../../ports/request-changes.ts";
import {
  asking,
  bank,
  call,
  change,
  contractKey,
  now,
  partiesOf,
  paying,
  renewing,
  world,
} from "./testing/changes.ts";
import { startHouse, type House } from "./testing/house.ts";

let house: House;
beforeAll(async () => {
  house = await startHouse({ world, now });
});
afterAll(() => house.close());

const use = <I>(port: Port<I>): I => house.ports.use(port);
const submit = <P>(port: ChangePort<P>, asked: Submission<P>) => use(port).submit(asked, call);
const lookUp = <P>(port: ChangePort<P>, asked: Submission<P>) => use(port).lookUp(asked, call);
const owed = async (key = contractKey) => {
  const [balance] = await use(billing.balances).ofContracts([key], call);
  return Number(balance!.owed.amount);
};
const refused = (reason: string) => ({ state: "REJECTED", reason });

describe("a payment by card", () => {
  test("is on the invoices that were due first, in the balance, the entries and the payments", async () => {
    const theirs = partiesOf(oddities.large);
    const before = await owed(theirs.contractKey);
    const asked = paying({ amount: { amount: "2000.10", currency: "EUR" } }, theirs);
    const outcome = await submit(cardPayments, asked);
    expect(outcome.state).toBe("APPLIED");
    expect(await lookUp(cardPayments, asked)).toEqual(outcome);
    expect(await owed(theirs.contractKey)).toBeCloseTo(before - 2000.1, 2);
    const page = [{ contractKey: theirs.contractKey, first: 1, after: null }];
    const [paid] = await use(billing.payments).ofContracts(page, call);
    expect(paid!.items[0]).toEqual({
      key: (outcome as { reference: string }).reference,
      // Half past eleven in the evening in UTC is the next day in France.
      date: "2026-11-20",
      amount: asked.payload.amount,
      method: "CARD",
      status: "RECEIVED",
    });
    const [entries] = await use(billing.accountEntries).ofContracts(page, call);
    expect(entries!.items[0]!.owed.amount).toBe("-2000.10");
    const written = (await house.applied("cardPayments")).find(
      ({ reference }) => reference === asked.operationId,
    );
    expect(written).toMatchObject({
      contract: theirs.contractKey,
      content: { cents: 200_010, num_payment: asked.payload.providerReference },
    });
  });

  test("that comes again is not booked again", async () => {
    const asked = paying();
    const first = await submit(cardPayments, asked);
    expect(await submit(cardPayments, asked)).toEqual(first);
    const booked = await house.applied("cardPayments");
    expect(booked.filter(({ reference }) => reference === asked.operationId)).toHaveLength(1);
  });

  test("is booked once, though many of one contract come together", async () => {
    const before = await owed();
    const asked = Array.from({ length: 6 }, () => paying());
    const outcomes = await Promise.all(
      [...asked, ...asked].map((one) => submit(cardPayments, one)),
    );
    expect(outcomes.every(({ state }) => state === "APPLIED")).toBe(true);
    expect(await owed()).toBeCloseTo(before - 6 * 1.05, 2);
  });

  test("of more than is owed is refused: Dolibarr has nothing to book it on", async () => {
    const asked = paying({ amount: { amount: "99999.00", currency: "EUR" } });
    expect(await submit(cardPayments, asked)).toEqual(refused("NOT_POSSIBLE"));
    expect(await lookUp(cardPayments, asked)).toEqual({ state: "ABSENT" });
    const nothing = paying({ amount: { amount: "0.00", currency: "EUR" } });
    expect(await submit(cardPayments, nothing)).toEqual(refused("INVALID"));
    const negative = paying({ amount: { amount: "-5.00", currency: "EUR" } });
    expect(await submit(cardPayments, negative)).toEqual(refused("INVALID"));
  });
});

describe("bank details", () => {
  test("are read back, with the holder, and keep the mandate", async () => {
    const asked = change(bank);
    const [mandate] = await use(billing.directDebits).ofContracts([contractKey], call);
    expect(await lookUp(bankAccountChanges, asked)).toEqual({ state: "ABSENT" });
    expect(await submit(bankAccountChanges, asked)).toMatchObject({ state: "APPLIED" });
    expect(await lookUp(bankAccountChanges, asked)).toMatchObject({ state: "APPLIED" });
    expect(await use(billing.bankAccounts).ofContracts([contractKey], call)).toEqual([bank]);
    const [after] = await use(billing.directDebits).ofContracts([contractKey], call);
    expect(after).toEqual(mandate);
    const other = change({ ...bank, holder: "Zoë Le Neuf" });
    expect(await lookUp(bankAccountChanges, other)).toEqual({ state: "ABSENT" });
  });

  test.each([
    ["an IBAN that is none", { iban: "FR7699101000010000000000108" }],
    ["a holder that looks like a tag", { holder: "<b>" }],
    ["a holder of two lines", { holder: "A\nB" }],
  ])("with %s are refused before anything is sent", async (_what, wrong) => {
    const count = (await house.applied("bankAccountChanges")).length;
    const asked = change({ ...bank, ...wrong });
    expect(await submit(bankAccountChanges, asked)).toEqual(refused("INVALID"));
    expect(await house.applied("bankAccountChanges")).toHaveLength(count);
  });
});

describe("about somebody else's contract", () => {
  const others = { contractKey: partiesOf(oddities.everything).contractKey };
  const all: [string, ChangePort<never>, Submission<never>][] = [
    ["a payment", cardPayments as never, paying({}, others) as never],
    ["bank details", bankAccountChanges as never, change(bank, others) as never],
    ["insurance", insuranceRenewals as never, renewing({}, others) as never],
    ["a request", serviceRequestCreations as never, asking({}, others) as never],
  ];

  test.each(all)("%s is refused, and nothing is sent", async (_what, port, asked) => {
    const before = (await house.door("/writes")) as unknown[];
    expect(await submit(port, asked)).toEqual(refused("NOT_POSSIBLE"));
    expect(await house.door("/writes")).toHaveLength(before.length);
    const nowhere = { ...asked, contractKey: "999999", operationId: randomUUID() };
    expect(await submit(port, nowhere)).toEqual(refused("UNKNOWN_THING"));
  });
});
