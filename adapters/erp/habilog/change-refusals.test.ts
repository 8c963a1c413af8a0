/** What is refused at once, by Habilog or by the adapter before it calls. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorldContract } from "../../../mocks/world/types.ts";
import {
  bankAccountChanges,
  cardPayments,
  directDebitChanges,
  type CardPayment,
} from "../../ports/billing-changes.ts";
import type { ChangePort, Submission } from "../../ports/changes.ts";
import {
  billingAddressChanges,
  insuranceRenewals,
  occupantChanges,
} from "../../ports/contract-changes.ts";
import { personChanges } from "../../ports/identity-changes.ts";
import type { Port } from "../../ports/port.ts";
import { address, bank, occupant } from "./testing/values.ts";
import { call, change, startHouse, today, usualContract, type House } from "./testing/house.ts";

let house: House;
let contract: WorldContract;
beforeAll(async () => {
  house = await startHouse();
  contract = usualContract(house);
});
afterAll(() => house.close());

const use = <I>(port: Port<I>): I => house.ports.use(port);

const long = "x".repeat(51);
const ports = {
  bankAccountChanges,
  directDebitChanges,
  cardPayments,
  insuranceRenewals,
  occupantChanges,
  billingAddressChanges,
  personChanges,
};
type Case = [string, string, keyof typeof ports, unknown, Partial<Submission<unknown>>?];
function paying(): CardPayment {
  const paidAt = `${today}T08:05:59Z`;
  const amount = { amount: "1.00", currency: "EUR" } as const;
  return { amount, paidAt, provider: "LYRA", providerReference: "p" };
}

const refused: Case[] = [
  [
    "an IBAN with wrong check digits",
    "INVALID",
    "bankAccountChanges",
    { ...bank, iban: "FR7630006000011234567890188" },
  ],
  [
    "a day that is none of the landlord's",
    "INVALID",
    "directDebitChanges",
    { action: "CHANGE_DAY", day: 9 },
  ],
  [
    "an amount of zero",
    "INVALID",
    "cardPayments",
    { ...paying(), amount: { amount: "0.00", currency: "EUR" } },
  ],
  [
    "an amount below zero",
    "INVALID",
    "cardPayments",
    { ...paying(), amount: { amount: "-5.00", currency: "EUR" } },
  ],
  [
    "days the wrong way round",
    "INVALID",
    "insuranceRenewals",
    {
      insurer: "A",
      policyNumber: "1",
      holder: null,
      validFrom: "2027-02-01",
      validTo: "2027-01-31",
      certificate: null,
    },
  ],
  [
    "somebody who came before the birth",
    "INVALID",
    "occupantChanges",
    { action: "ADD", occupant: { ...occupant, since: "2019-02-27" } },
  ],
  [
    "a signatory as an occupant",
    "NOT_POSSIBLE",
    "occupantChanges",
    { action: "REMOVE", key: "T1", leftOn: null },
  ],
  [
    "a French postal code of four digits",
    "INVALID",
    "billingAddressChanges",
    { recipient: "A", address: { ...address, postalCode: "9420" } },
  ],
  [
    "a contract that is not there",
    "UNKNOWN_THING",
    "bankAccountChanges",
    bank,
    { contractKey: "L9999999" },
  ],
  [
    "a person who is not there",
    "UNKNOWN_THING",
    "personChanges",
    { title: "MR" },
    { personKey: "99999999" },
  ],
  [
    "a person who did not sign",
    "NOT_POSSIBLE",
    "bankAccountChanges",
    bank,
    { personKey: "40000040" },
  ],
];

const unsendable: Case[] = [
  [
    "a policy number that is too long",
    "INVALID",
    "insuranceRenewals",
    {
      insurer: "A",
      policyNumber: "1".repeat(31),
      holder: null,
      validFrom: "2027-01-01",
      validTo: "2027-01-31",
      certificate: null,
    },
  ],
  [
    "a name that is too long",
    "INVALID",
    "occupantChanges",
    { action: "ADD", occupant: { ...occupant, surname: long } },
  ],
  [
    "a key that is none of Habilog's",
    "UNKNOWN_THING",
    "occupantChanges",
    { action: "REMOVE", key: "O 1", leftOn: null },
  ],
  [
    "five lines of an address",
    "INVALID",
    "billingAddressChanges",
    { recipient: "A", address: { ...address, lines: Array(5).fill("x") } },
  ],
  [
    "a line of 39 characters",
    "INVALID",
    "billingAddressChanges",
    { recipient: "A", address: { ...address, lines: ["x".repeat(39)] } },
  ],
  ["an emoji", "INVALID", "billingAddressChanges", { recipient: "🙂", address }],
  [
    "two telephone numbers",
    "INVALID",
    "personChanges",
    { phones: ["+33149602100", "+33149602101"] },
  ],
  ["an e-mail address with an accent", "INVALID", "personChanges", { email: "zoé@example.org" }],
  [
    "a contract that cannot be",
    "UNKNOWN_THING",
    "bankAccountChanges",
    bank,
    { contractKey: "9999999" },
  ],
  ["no contract", "UNKNOWN_THING", "cardPayments", paying(), { contractKey: null }],
  ["a person who cannot be", "UNKNOWN_THING", "personChanges", { title: "MR" }, { personKey: "x" }],
];

async function isRefused([, reason, name, payload, more]: Case) {
  const port = ports[name] as ChangePort<unknown>;
  const asked = change(contract, payload, more);
  const before = (await house.door("/writes")) as unknown[];
  await house.door("/calls", "DELETE");
  expect(await use(port).submit(asked, call)).toEqual({ state: "REJECTED", reason });
  const { total } = (await house.door("/calls")) as { total: number };
  expect(await house.night()).toEqual({ applied: 0, refused: 0 });
  expect(await house.door("/writes")).toEqual(before);
  expect(await use(port).lookUp(asked, call)).toEqual({ state: "ABSENT" });
  return { calls: total };
}

describe("A change", () => {
  it.each(refused)("with %s is refused by Habilog: %s", async (...given) => {
    expect(await isRefused(given)).toEqual({ calls: 1 });
  });

  it.each(unsendable)("with %s is refused without a call: %s", async (...given) => {
    expect(await isRefused(given)).toEqual({ calls: 0 });
  });
});
