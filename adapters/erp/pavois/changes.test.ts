/** Each change against the mock ERP, over HTTP: applied once, and read back. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyOfContract, keyOfPerson } from "../../../mocks/pavois/keys.ts";
import { frenchIban } from "../../../mocks/world/bank.ts";
import { oddities } from "../../../mocks/world/oddities.ts";
import type { WorldContract } from "../../../mocks/world/types.ts";
import * as billing from "../../ports/billing.ts";
import {
  bankAccountChanges,
  cardPayments,
  directDebitChanges,
  type CardPayment,
} from "../../ports/billing-changes.ts";
import { billingAddresses, insurancePolicies, occupants } from "../../ports/contract.ts";
import {
  billingAddressChanges,
  insuranceRenewals,
  occupantChanges,
} from "../../ports/contract-changes.ts";
import { persons, professionalSituations } from "../../ports/identity.ts";
import { personChanges, professionalSituationChanges } from "../../ports/identity-changes.ts";
import { call, change, fileOf, startHouse, type House } from "./testing/house.ts";

let house: House;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house.close());

const pdf = new TextEncoder().encode("%PDF-1.4\nattestation\n%%EOF\n");
const iban = frenchIban("99101", "00042", "0004200042A");
const street = {
  lines: ["12 rue de l’Œillet", "Bât. B & C"],
  postalCode: "17000",
  city: "La Rochelle",
};
const address = { ...street, country: "FR" };

const of = (contract: WorldContract) => [keyOfContract(contract)];

describe("A person", () => {
  it("has the fields that were changed, and the others as they were", async () => {
    const personKey = keyOfPerson(house.personOf(oddities.accents));
    const [before] = await house.ports.use(persons).byKeys([personKey], call);
    const payload = {
      surname: "Cœurderoÿ-D'Août",
      email: "m@example.org",
      phones: ["+33612345678", "+3226790000"],
      address: { ...address, country: "BE", postalCode: "1000", city: "Bruxelles" },
    };
    await house.apply(personChanges, change({ personKey }, payload));
    const [after] = await house.ports.use(persons).byKeys([personKey], call);
    expect(after).toEqual({ ...before, ...payload });
    await house.apply(personChanges, change({ personKey }, { title: "MR" as const, phones: [] }));
    const [last] = await house.ports.use(persons).byKeys([personKey], call);
    expect(last).toEqual({ ...after, title: "MR", phones: [] });
  });

  it("has a new professional situation", async () => {
    const personKey = keyOfPerson(house.personOf(oddities.debt));
    const payload = { label: "Retraitée", employer: null, since: "2024-07-01" };
    const { about } = await house.apply(
      professionalSituationChanges,
      change({ personKey }, payload),
    );
    expect(about.person).toBe(personKey);
    const read = house.ports.use(professionalSituations);
    expect(await read.ofPersons([personKey], call)).toEqual([payload]);
  });
});

describe("Occupants", () => {
  const living = async (contract: WorldContract) =>
    (await house.ports.use(occupants).ofContracts(of(contract), call))[0]!;

  it("are declared, changed and removed", async () => {
    const contract = house.contractOf(oddities.everything);
    const before = await living(contract);
    const baby = {
      surname: "N’Diaye",
      givenName: "Éloïse",
      birthDate: "2026-02-28",
      relationship: "Enfant",
      since: "2026-03-01",
    };
    const add = change({ contract }, { action: "ADD" as const, occupant: baby });
    const { outcome } = await house.apply(occupantChanges, add);
    const contractKey = keyOfContract(contract);
    const added = (await living(contract)).find(({ givenName }) => givenName === "Éloïse")!;
    expect(added).toEqual({ key: added.key, contractKey, ...baby });
    expect(outcome).toEqual({ state: "APPLIED", reference: added.key });

    const occupant = { ...baby, givenName: null, birthDate: null, relationship: null, since: null };
    const edit = { action: "CHANGE" as const, key: added.key, occupant };
    await house.apply(occupantChanges, change({ contract }, edit));
    expect(await living(contract)).toContainEqual({ key: added.key, contractKey, ...occupant });

    const remove = { action: "REMOVE" as const, key: added.key, leftOn: "2026-04-01" };
    await house.apply(occupantChanges, change({ contract }, remove));
    expect(await living(contract)).toEqual(before);
  });

  it("who leave on a day to come are there until then; twins are two people", async () => {
    const contract = house.contractOf(oddities.everything);
    const before = await living(contract);
    const twin = {
      surname: "Le Goff",
      givenName: null,
      birthDate: null,
      relationship: null,
      since: null,
    };
    const add = () => change({ contract }, { action: "ADD" as const, occupant: twin });
    await house.apply(occupantChanges, add());
    await house.apply(occupantChanges, add());
    const both = (await living(contract)).filter(({ surname }) => surname === "Le Goff");
    expect(new Set(both.map(({ key }) => key)).size).toBe(2);
    const [first, second] = both.map(({ key }) => key) as [string, string];
    const later = { action: "REMOVE" as const, key: first, leftOn: "2099-01-01" };
    await house.apply(occupantChanges, change({ contract }, later));
    const mistake = { action: "REMOVE" as const, key: second, leftOn: null };
    await house.apply(occupantChanges, change({ contract }, mistake));
    expect((await living(contract)).length).toBe(before.length + 1);
  });
});

describe("A contract", () => {
  it("has a new address for its notices, abroad too", async () => {
    const contract = house.contractOf(oddities.debt);
    const read = () => house.ports.use(billingAddresses).ofContracts(of(contract), call);
    for (const where of [address, { ...address, country: "CH", postalCode: "1003" }]) {
      const payload = { recipient: "Mme L’Hostis & fils", address: where };
      await house.apply(billingAddressChanges, change({ contract }, payload));
      expect(await read()).toEqual([payload]);
    }
  });

  it("has a new insurance policy, with its certificate to the byte", async () => {
    const contract = house.contractOf(oddities.everything);
    const { ref, taken } = fileOf("Attestation « 2027 » & co.pdf", "application/pdf", pdf);
    const policy = {
      insurer: "MAIF",
      policyNumber: "42 A",
      holder: null,
      validFrom: "2026-12-01",
      validTo: "2027-11-30",
    };
    const sent = change({ contract }, { ...policy, certificate: ref });
    const { content } = await house.apply(insuranceRenewals, sent);
    expect(content).toMatchObject({ certificate: taken });
    const read = house.ports.use(insurancePolicies);
    expect(await read.ofContracts(of(contract), call)).toEqual([policy]);
    // Corrected: it ends on the same day, but was declared later.
    const corrected = { ...policy, insurer: "Macif", holder: "Léa & Max" };
    await house.apply(insuranceRenewals, change({ contract }, { ...corrected, certificate: null }));
    expect(await read.ofContracts(of(contract), call)).toEqual([corrected]);
  });
});

describe("An account", () => {
  const payment: CardPayment = {
    amount: { amount: "123.40", currency: "EUR" },
    paidAt: new Date(Date.now() - 3_600_000).toISOString(),
    provider: "PAYFIP",
    providerReference: "0a1b-2c",
  };

  it("has a card payment at once, and its entry and balance in the evening", async () => {
    const contract = house.contractOf(oddities.debt);
    const [key] = of(contract) as [string];
    const page = [{ contractKey: key, first: 1, after: null }];
    const read = async () => ({
      balance: (await house.ports.use(billing.balances).ofContracts([key], call))[0]!.owed.amount,
      entry: (await house.ports.use(billing.accountEntries).ofContracts(page, call))[0]!.items[0]!,
      payment: (await house.ports.use(billing.payments).ofContracts(page, call))[0]!.items[0]!,
    });
    const before = await read();
    const { outcome, content } = await house.apply(cardPayments, change({ contract }, payment));
    expect(content).toMatchObject({ cents: 12_340, providerReference: "0a1b-2c" });
    const booked = await read();
    expect(booked).toMatchObject({
      balance: before.balance,
      entry: before.entry,
      payment: { amount: payment.amount, method: "CARD", status: "RECEIVED" },
    });
    expect(outcome).toEqual({ state: "APPLIED", reference: booked.payment.key });
    expect(await house.door("/night", "POST")).toEqual({ applied: 1, refused: 0 });
    expect(await house.door("/night", "POST")).toEqual({ applied: 0, refused: 0 });
    const after = await read();
    expect(Number(after.balance)).toBeCloseTo(Number(before.balance) - 123.4, 6);
    expect(after.entry.owed.amount).toBe("-123.40");
  });

  it("has new bank details", async () => {
    const contract = house.contractOf(oddities.debt);
    const payload = { iban, bic: null, holder: "Mme Maëlys L’Œillet" };
    await house.apply(bankAccountChanges, change({ contract }, payload));
    const read = house.ports.use(billing.bankAccounts);
    expect(await read.ofContracts(of(contract), call)).toEqual([payload]);
  });

  it("is debited from a mandate on, on another day, and no more", async () => {
    const contract = house.erp.world.contracts.find(
      ({ directDebit, end }) => directDebit === null && end === null,
    )!;
    const read = async () =>
      (await house.ports.use(billing.directDebits).ofContracts(of(contract), call))[0];
    const mandate = { mandateReference: "LAR-2013-A", signedOn: "2026-11-01", day: 10 };
    const bank = { iban, bic: "BQTRFRP0", holder: "Léa" };
    const send = (payload: Parameters<typeof directDebitChanges.payload.parse>[0]) =>
      house.apply(
        directDebitChanges,
        change({ contract }, directDebitChanges.payload.parse(payload)),
      );
    await send({ action: "SUBSCRIBE", ...mandate, ...bank });
    expect(await read()).toEqual({ ...mandate, status: "ACTIVE" });
    expect(contract.bank).toEqual(bank);
    await send({ action: "CHANGE_DAY", day: 15 });
    expect(await read()).toEqual({ ...mandate, day: 15, status: "ACTIVE" });
    await send({ action: "STOP" });
    expect(await read()).toEqual({ ...mandate, day: 15, status: "ENDED" });
    const again = { ...mandate, mandateReference: "LAR-2013-B" };
    await send({ action: "SUBSCRIBE", ...again, day: null, ...bank });
    expect(await read()).toEqual({ ...again, day: null, status: "ACTIVE" });
  });
});
