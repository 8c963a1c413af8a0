/** Bank details and direct debits, changed at the mock ERP over HTTP and behind the guard. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { oddities, ownerOddities } from "../../../mocks/world/oddities.ts";
import {
  bankAccountChanges,
  directDebitChanges,
  type DirectDebitChange,
} from "../../ports/billing-changes.ts";
import { bankAccounts, directDebits } from "../../ports/billing.ts";
import { contracts } from "../../ports/contract.ts";
import type { Port } from "../../ports/port.ts";
import {
  bank,
  call,
  change,
  contractKey,
  lease,
  now,
  partiesOf,
  personKey,
  today,
  world,
} from "./testing/changes.ts";
import { startHouse, type House } from "./testing/house.ts";

let house: House;
beforeAll(async () => {
  house = await startHouse({ world, now, deadlockEvery: 0 });
});
afterAll(() => house.close());

const use = <I>(port: Port<I>): I => house.ports.use(port);

const stranger = partiesOf(oddities.accents).personKey;
const ended = partiesOf(oddities.ended);

describe("bank details", () => {
  test("are changed and read back, with and without a BIC", async () => {
    for (const bic of ["BQTRFRP0", null]) {
      const asked = change({ ...bank, bic });
      expect(await use(bankAccountChanges).lookUp(asked, call)).toEqual({ state: "ABSENT" });
      const outcome = await use(bankAccountChanges).submit(asked, call);
      expect(outcome).toEqual({ state: "APPLIED", reference: null });
      expect(await use(bankAccounts).ofContracts([contractKey], call)).toEqual([asked.payload]);
      expect(await use(bankAccountChanges).lookUp(asked, call)).toEqual(outcome);
      expect(await house.applied(asked.operationId)).toMatchObject([
        { kind: "bankAccountChanges", contract: contractKey, person: personKey },
      ]);
    }
  });

  test.each([
    ["of a wrong number", change({ ...bank, iban: "FR7699101000010000000000110" }), "INVALID"],
    ["of too long a name", change({ ...bank, holder: "x".repeat(51) }), "INVALID"],
    ["for a contract that has ended", change(bank, ended), "NOT_POSSIBLE"],
    ["for an unknown contract", change(bank, { contractKey: "BAI-999999" }), "UNKNOWN_THING"],
    ["for no contract", change(bank, { contractKey: null }), "INVALID"],
    ["for a contract of somebody else", change(bank, { personKey: stranger }), "NOT_POSSIBLE"],
  ])("%s are refused", async (_, asked, reason) => {
    const outcome = await use(bankAccountChanges).submit(asked, call);
    expect(outcome).toEqual({ state: "REJECTED", reason });
    expect(await house.applied(asked.operationId)).toEqual([]);
  });

  test("of somebody else's contract are not even sent, for syndeo would take them", async () => {
    await house.door("/calls", "DELETE");
    await use(bankAccountChanges).submit(change(bank, { personKey: stranger }), call);
    const { calls } = (await house.door("/calls")) as { calls: { operation: string }[] };
    expect(calls.map(({ operation }) => operation)).not.toContain("modifierRib");
  });
});

describe("a direct debit", () => {
  const mandate = (mandateReference: string, day: number | null = 10): DirectDebitChange => ({
    action: "SUBSCRIBE",
    mandateReference,
    signedOn: today,
    day,
    ...bank,
  });
  const debit = async () => (await use(directDebits).ofContracts([contractKey], call))[0];
  const submit = (payload: DirectDebitChange, of = {}) =>
    use(directDebitChanges).submit(change(payload, of), call);
  const lookUp = (payload: DirectDebitChange) =>
    use(directDebitChanges).lookUp(change(payload), call);
  const refused = (reason: string) => ({ state: "REJECTED", reason });
  const done = { state: "APPLIED", reference: null };
  const absent = { state: "ABSENT" };

  test("begins, changes its day and ends, each read back", async () => {
    Object.assign(lease, { directDebit: null, paymentMethod: "CHEQUE" });
    const other = { action: "CHANGE_DAY", day: 5 } as const;
    const stop = { action: "STOP" } as const;
    expect(await submit(other)).toEqual(refused("NOT_POSSIBLE"));
    expect(await submit(stop)).toEqual(refused("NOT_POSSIBLE"));
    expect(await Promise.all([mandate("RUM-1"), other, stop].map(lookUp))).toEqual([
      absent,
      absent,
      absent,
    ]);

    expect(await submit(mandate("RUM-1"))).toEqual(done);
    const active = { mandateReference: "RUM-1", day: 10, signedOn: today, status: "ACTIVE" };
    expect(await debit()).toEqual(active);
    expect(await use(bankAccounts).ofContracts([contractKey], call)).toEqual([bank]);
    const [held] = await use(contracts).ofPersons([personKey], call);
    expect(held!.find(({ key }) => key === contractKey)!.paymentMethod).toBe("DIRECT_DEBIT");
    expect(await Promise.all([mandate("RUM-1"), other, stop].map(lookUp))).toEqual([
      done,
      absent,
      absent,
    ]);

    expect(await submit(other)).toEqual(done);
    expect(await debit()).toEqual({ ...active, day: 5 });
    expect(await lookUp(other)).toEqual(done);

    expect(await submit(stop)).toEqual(done);
    expect(await debit()).toEqual({ ...active, day: 5, status: "ENDED" });
    expect(await Promise.all([mandate("RUM-1"), other, stop].map(lookUp))).toEqual([
      done,
      absent,
      done,
    ]);
  });

  test("that comes again is the same one; another beside it is refused", async () => {
    lease.directDebit = null;
    expect(await submit(mandate("RUM-2", null))).toEqual(done);
    expect(await debit()).toMatchObject({ day: 5 });
    expect(await submit(mandate("RUM-2", null))).toEqual(done);
    expect(await submit(mandate("RUM-3"))).toEqual(refused("ALREADY_EXISTS"));
    expect(await lookUp(mandate("RUM-3"))).toEqual(absent);
  });

  test("on a day, of a date, a number or a name that cannot be, is refused", async () => {
    lease.directDebit = null;
    for (const wrong of [
      { day: 6 },
      { signedOn: "2026-12-24" },
      { iban: "FR7699101000010000000000110" },
      { holder: "x".repeat(51) },
    ]) {
      const payload = { ...mandate("RUM-4"), ...wrong } as DirectDebitChange;
      expect(await submit(payload)).toEqual(refused("INVALID"));
    }
    expect(await debit()).toBeNull();
  });

  test("of an ended contract, of one who lets, or of somebody else is refused", async () => {
    const owner = partiesOf(ownerOddities.owner);
    for (const of of [ended, owner, { personKey: stranger }]) {
      expect(await submit(mandate("RUM-5"), of)).toEqual(refused("NOT_POSSIBLE"));
    }
  });
});
