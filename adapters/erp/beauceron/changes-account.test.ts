/** Payments, bank details and direct debit, sent through the guard, read back, and refused. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bankAccountChanges,
  cardPayments,
  directDebitChanges,
  type CardPayment,
  type DirectDebitChange,
} from "../../ports/billing-changes.ts";
import {
  accountEntries,
  balances,
  bankAccounts,
  directDebits,
  payments,
} from "../../ports/billing.ts";
import { openHouse, iban, rejected, appliedAs } from "./testing/house.ts";
import { call, changeOf } from "./testing/started.ts";

const { ports, writes, take, ended, submit, lookUp, writesOf } = await openHouse();

describe("card payments", () => {
  const paid = (amount: string, providerReference: string): CardPayment => ({
    amount: { amount, currency: "EUR" },
    paidAt: "2026-11-19T23:30:00Z",
    provider: "PAYFIP",
    providerReference,
  });

  test("are booked at once in payments, entries and balance, and once for each reference", async () => {
    const { about, contract } = take();
    const { contractKey } = about;
    const owedBefore = contract.balanceCents;
    const change = changeOf(paid("95.05", "PF-1"), about);
    expect(await lookUp(cardPayments, change)).toEqual({ state: "ABSENT" });
    const outcome = await submit(cardPayments, change);
    expect(await submit(cardPayments, change)).toEqual(outcome);
    expect(await lookUp(cardPayments, change)).toEqual(outcome);
    const page = { contractKey, first: 5, after: null };
    const [{ items } = { items: [] }] = await ports.use(payments).ofContracts([page], call());
    expect(items.find(({ key }) => key === (outcome as { reference: string }).reference)).toEqual({
      key: (outcome as { reference: string }).reference,
      date: "2026-11-20",
      amount: { amount: "95.05", currency: "EUR" },
      method: "CARD",
      status: "RECEIVED",
    });
    const [entries] = await ports.use(accountEntries).ofContracts([page], call());
    expect(entries!.items.map(({ owed }) => owed.amount)).toContain("-95.05");
    const [balance] = await ports.use(balances).ofContracts([contractKey], call());
    expect(Number(balance!.owed.amount.replace(".", ""))).toBe(owedBefore - 9505);
    const kept = await writesOf("cardPayments", contractKey);
    expect(kept.map(({ reference, content }) => ({ reference, content }))).toEqual([
      {
        reference: change.operationId,
        content: expect.objectContaining({ montant: 9505, reference_prestataire: "PF-1" }),
      },
    ]);
  });

  test("sent three times at once are booked once", async () => {
    const { about } = take();
    const change = changeOf(paid("7.00", "PF-8"), about);
    const outcomes = await Promise.all([1, 2, 3].map(() => submit(cardPayments, change)));
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
    expect(await writesOf("cardPayments", about.contractKey)).toHaveLength(1);
  });

  test("that came under another of our references exist already", async () => {
    const { about } = take();
    await submit(cardPayments, changeOf(paid("10.00", "PF-2"), about));
    const again = changeOf(paid("10.00", "PF-2"), about);
    expect(await submit(cardPayments, again)).toEqual(rejected("ALREADY_EXISTS"));
    expect(await lookUp(cardPayments, again)).toEqual({ state: "ABSENT" });
  });

  test("whose reference stands for another payment are nobody's guess", async () => {
    const { about } = take();
    const first = changeOf(paid("10.00", "PF-3"), about);
    await submit(cardPayments, first);
    const other = { ...changeOf(paid("11.00", "PF-4"), about), operationId: first.operationId };
    await expect(submit(cardPayments, other)).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN" });
    await expect(lookUp(cardPayments, other)).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  test.each(["0.00", "-5.00", "1000000.00"])("of %s are refused without a call", async (amount) => {
    const change = changeOf(paid(amount, "PF-5"), take().about);
    expect(await submit(cardPayments, change)).toEqual(rejected("INVALID"));
  });

  test("of an amount with a leading zero are the same amount", async () => {
    const change = changeOf(paid("007.50", "PF-9"), take().about);
    const outcome = await submit(cardPayments, change);
    expect(outcome).toMatchObject({ state: "APPLIED" });
    expect(await lookUp(cardPayments, change)).toEqual(outcome);
  });

  test("of next year are refused", async () => {
    const later = { ...paid("5.00", "PF-6"), paidAt: "2099-01-01T00:00:00Z" };
    expect(await submit(cardPayments, changeOf(later, take().about))).toEqual(rejected("INVALID"));
  });

  test("are taken for a contract that has ended, which may still owe", async () => {
    const change = changeOf(paid("5.00", "PF-7"), ended);
    expect(await submit(cardPayments, change)).toMatchObject({ state: "APPLIED" });
  });

  test("of any amount arrive to the cent", async () => {
    const { about } = take();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 99_999_999 }), fc.uuid(), async (cents, id) => {
        const text = String(cents).padStart(3, "0");
        const change = changeOf(paid(`${text.slice(0, -2)}.${text.slice(-2)}`, id), about);
        expect(await submit(cardPayments, change)).toMatchObject({ state: "APPLIED" });
        const [last] = (await writes()).slice(-1);
        expect(last!.content).toMatchObject({ montant: cents });
      }),
      { numRuns: 20 },
    );
  });
});

describe("bank details", () => {
  const account = { iban: iban("42"), bic: "BQTRFRP0XXX", holder: "Zoé Œuvrard" };

  test("stand there afterwards, with or without BIC", async () => {
    const { about } = take();
    for (const bic of ["BQTRFRP0XXX", null]) {
      const change = changeOf({ ...account, bic }, about);
      expect(await lookUp(bankAccountChanges, change)).toEqual({ state: "ABSENT" });
      expect(await submit(bankAccountChanges, change)).toEqual(appliedAs(null));
      expect(await lookUp(bankAccountChanges, change)).toEqual(appliedAs(null));
      const [now] = await ports.use(bankAccounts).ofContracts([about.contractKey], call());
      expect(now).toEqual({ ...account, bic });
    }
  });

  test("with a slip of the finger in the IBAN are refused, and nothing is changed", async () => {
    const { about } = take();
    const [before] = await ports.use(bankAccounts).ofContracts([about.contractKey], call());
    const wrong = account.iban.replace(/42/, "24");
    const change = changeOf({ ...account, iban: wrong }, about);
    expect(await submit(bankAccountChanges, change)).toEqual(rejected("INVALID"));
    const [after] = await ports.use(bankAccounts).ofContracts([about.contractKey], call());
    expect(after).toEqual(before);
  });

  test("of a contract that has ended are refused", async () => {
    const change = changeOf(account, ended);
    expect(await submit(bankAccountChanges, change)).toEqual(rejected("NOT_POSSIBLE"));
  });
});

describe("direct debit", () => {
  const signed = (mandateReference: string, day: number | null = 8): DirectDebitChange => ({
    action: "SUBSCRIBE",
    mandateReference,
    signedOn: "2026-11-20",
    iban: iban("77"),
    bic: null,
    holder: "Zoé Œuvrard",
    day,
  });
  const read = async (key: string) =>
    (await ports.use(directDebits).ofContracts([key], call()))[0]!;
  const without = () => take(({ directDebit }) => directDebit === null);

  test("begins, changes its day and stops, each once", async () => {
    const { about } = without();
    const begin = changeOf(signed("TRS-1"), about);
    expect(await lookUp(directDebitChanges, begin)).toEqual({ state: "ABSENT" });
    expect(await submit(directDebitChanges, begin)).toEqual(appliedAs("TRS-1"));
    expect(await submit(directDebitChanges, begin)).toEqual(appliedAs("TRS-1"));
    expect(await lookUp(directDebitChanges, begin)).toEqual(appliedAs("TRS-1"));
    expect(await read(about.contractKey)).toMatchObject({ day: 8, status: "ACTIVE" });
    const [details] = await ports.use(bankAccounts).ofContracts([about.contractKey], call());
    expect(details!.iban).toBe(iban("77"));

    const move = changeOf<DirectDebitChange>({ action: "CHANGE_DAY", day: 12 }, about);
    expect(await lookUp(directDebitChanges, move)).toEqual({ state: "ABSENT" });
    expect(await submit(directDebitChanges, move)).toEqual(appliedAs("TRS-1"));
    expect(await submit(directDebitChanges, move)).toEqual(appliedAs("TRS-1"));
    expect(await lookUp(directDebitChanges, move)).toEqual(appliedAs("TRS-1"));
    expect(await read(about.contractKey)).toMatchObject({ day: 12 });

    const stop = changeOf<DirectDebitChange>({ action: "STOP" }, about);
    expect(await lookUp(directDebitChanges, stop)).toEqual({ state: "ABSENT" });
    expect(await submit(directDebitChanges, stop)).toEqual(appliedAs("TRS-1"));
    expect(await submit(directDebitChanges, stop)).toEqual(appliedAs("TRS-1"));
    expect(await lookUp(directDebitChanges, stop)).toEqual(appliedAs("TRS-1"));
    expect(await lookUp(directDebitChanges, begin)).toEqual(appliedAs("TRS-1"));
    expect(await read(about.contractKey)).toMatchObject({ status: "ENDED" });
    expect(await submit(directDebitChanges, move)).toEqual(rejected("UNKNOWN_THING"));
    expect(await writesOf("directDebitChanges", about.contractKey)).toHaveLength(3);

    const anew = changeOf(signed("TRS-2", null), about);
    expect(await submit(directDebitChanges, anew)).toEqual(appliedAs("TRS-2"));
    expect(await read(about.contractKey)).toMatchObject({ day: 6, status: "ACTIVE" });
  });

  test("of a mandate whose reference has signs of its own", async () => {
    const { about, contract } = take(
      ({ directDebit }) =>
        directDebit?.status === "ACTIVE" && directDebit.mandateReference.startsWith("++"),
    );
    const day = contract.directDebit!.day === 10 ? 12 : 10;
    const move = changeOf<DirectDebitChange>({ action: "CHANGE_DAY", day }, about);
    const rum = contract.directDebit!.mandateReference;
    expect(await submit(directDebitChanges, move)).toEqual(appliedAs(rum));
    expect(await read(about.contractKey)).toMatchObject({ day });
  });

  test("beside another one is refused", async () => {
    const { about } = take(({ directDebit }) => directDebit?.status === "ACTIVE");
    const change = changeOf(signed("TRS-3"), about);
    expect(await submit(directDebitChanges, change)).toEqual(rejected("ALREADY_EXISTS"));
    expect(await lookUp(directDebitChanges, change)).toEqual({ state: "ABSENT" });
  });

  test.each([
    ["on a day that is none of the landlord's", signed("TRS-4", 7)],
    ["signed next year", { ...signed("TRS-4"), signedOn: "2099-01-01" }],
    ["with a wrong IBAN", { ...signed("TRS-4"), iban: iban("77").replace(/77/, "78") }],
  ])("%s is refused", async (_what, payload) => {
    const change = changeOf(payload, without().about);
    expect(await submit(directDebitChanges, change)).toEqual(rejected("INVALID"));
  });

  test.each([{ action: "STOP" }, { action: "CHANGE_DAY", day: 8 }] as DirectDebitChange[])(
    "that never was cannot $action",
    async (payload) => {
      const change = changeOf(payload, without().about);
      expect(await submit(directDebitChanges, change)).toEqual(rejected("UNKNOWN_THING"));
      expect(await lookUp(directDebitChanges, change)).toEqual({ state: "ABSENT" });
    },
  );
});
