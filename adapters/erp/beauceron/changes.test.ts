/** Each change, sent to the mock ERP through the guard, read back, and refused. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keyOfContract, keyOfPerson } from "../../../mocks/beauceron/keys.ts";
import { frenchIban } from "../../../mocks/world/bank.ts";
import { createWorld } from "../../../mocks/world/world.ts";
import type { WorldContract } from "../../../mocks/world/types.ts";
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
import {
  insuranceRenewals,
  occupantChanges,
  type OccupantChange,
  type OccupantFields,
} from "../../ports/contract-changes.ts";
import { insurancePolicies, occupants } from "../../ports/contract.ts";
import type { ChangePort, Submission } from "../../ports/changes.ts";
import { personChanges } from "../../ports/identity-changes.ts";
import { persons } from "../../ports/identity.ts";
import {
  requestCatalogues,
  serviceRequestCreations,
  type ServiceRequestCreation,
} from "../../ports/request-changes.ts";
import { serviceRequests } from "../../ports/requests.ts";
import { call, changeOf, fileOf, started } from "./testing/started.ts";

const world = createWorld({ landlord: "chartres", seed: 11, today: "2026-11-20", people: 90 });
let rig: Awaited<ReturnType<typeof started>>;
beforeAll(async () => void (rig = await started(world)));
afterAll(() => rig.close());

const spare = world.contracts.filter(
  ({ end, units }) => end === null && units.some(({ kind }) => kind === "DWELLING"),
);
/** A running contract that no other test takes. */
function take(wanted: (contract: WorldContract) => boolean = () => true) {
  const index = spare.findIndex(wanted);
  const [contract] = spare.splice(index, 1);
  const person = world.people.find(({ number }) => number === contract!.signatories[0])!;
  const about = { personKey: keyOfPerson(person), contractKey: keyOfContract(contract!) };
  return { contract: contract!, person, about };
}
const ended = world.contracts.find(({ end }) => end !== null && end < "2026-01-01")!;
const endedAbout = {
  personKey: keyOfPerson({ number: ended.signatories[0]! }),
  contractKey: keyOfContract(ended),
};
const nowhere = { personKey: "LOC-999999", contractKey: "9999999999Z" };

const submit = <P>(port: ChangePort<P>, change: Submission<P>) =>
  rig.ports.use(port).submit({ ...change, payload: port.payload.parse(change.payload) }, call());
const lookUp = <P>(port: ChangePort<P>, change: Submission<P>) =>
  rig.ports.use(port).lookUp(change, call());
const writesOf = async (kind: string, key: string) =>
  (await rig.writes()).filter(
    (write) => write.kind === kind && [write.contract, write.person].includes(key),
  );
const iban = (account: string) => frenchIban("99101", "00042", account.padStart(11, "0"));
const rejected = (reason: string) => ({ state: "REJECTED", reason });
const appliedAs = (reference: string | null) => ({ state: "APPLIED", reference });

describe("personal data", () => {
  const address = {
    lines: ["Appt 12", "3 bis rue du Soleil-d’Or"],
    postalCode: "28000",
    city: "CHARTRES",
    country: "FR",
  };
  const whole = {
    title: "MRS" as const,
    surname: "Œuvrard-N’Diaye",
    givenName: "Zoé",
    email: "Zoe.Oeuvrard@Example.org",
    phones: ["+33639987007", "+12025550123"],
    address,
  };

  test("stands there afterwards as it was asked, whatever beauceron makes of its form", async () => {
    const { about } = take();
    const change = changeOf(whole, about);
    expect(await lookUp(personChanges, change)).toEqual({ state: "ABSENT" });
    expect(await submit(personChanges, change)).toEqual(appliedAs(null));
    const [person] = await rig.ports.use(persons).byKeys([about.personKey], call());
    expect(person).toMatchObject({ ...whole, email: "zoe.oeuvrard@example.org" });
    expect(await lookUp(personChanges, change)).toEqual(appliedAs(null));
  });

  test("that stands there already is not written once more", async () => {
    const { about } = take();
    const change = changeOf({ phones: [], givenName: "Ana" }, about);
    await submit(personChanges, change);
    expect(await submit(personChanges, change)).toEqual(appliedAs(null));
    expect(await writesOf("personChanges", about.personKey)).toHaveLength(1);
  });

  test("that two send at once all stand there afterwards", async () => {
    const { about } = take();
    const asked = [{ email: "b@example.org" }, { surname: "Neuve" }];
    const outcomes = await Promise.all(
      asked.map((payload) => submit(personChanges, changeOf(payload, about))),
    );
    expect(outcomes).toEqual([appliedAs(null), appliedAs(null)]);
    const [now] = await rig.ports.use(persons).byKeys([about.personKey], call());
    expect(now).toMatchObject({ email: "b@example.org", surname: "Neuve" });
  });

  test("leaves alone what was not asked for", async () => {
    const { about, person } = take();
    await submit(personChanges, changeOf({ email: "a@example.org" }, about));
    const [now] = await rig.ports.use(persons).byKeys([about.personKey], call());
    expect(now).toMatchObject({ surname: person.surname, address: person.address });
  });

  test.each([
    ["a surname that is too long", { surname: "x".repeat(61) }],
    ["half a character", { surname: "\ud83d" }],
    ["NUL", { givenName: "a\0b" }],
    ["another country", { address: { ...address, country: "BE" } }],
    ["a postal code that is none", { address: { ...address, postalCode: "2800" } }],
    ["a line that fits no envelope", { address: { ...address, lines: ["x".repeat(39)] } }],
    ["too many lines", { address: { ...address, lines: ["a", "b", "c", "d", "e"] } }],
  ])("with %s is refused without a call", async (_what, payload) => {
    const about = { personKey: "LOC-000001", contractKey: null };
    const before = await rig.writes();
    expect(await submit(personChanges, changeOf(payload, about))).toEqual(rejected("INVALID"));
    expect(await lookUp(personChanges, changeOf(payload, about))).toEqual({ state: "ABSENT" });
    expect(await rig.writes()).toEqual(before);
  });

  test.each(["LOC-999999", "nobody"])("of %s are of nobody", async (personKey) => {
    const change = changeOf({ surname: "X" }, { personKey, contractKey: null });
    expect(await submit(personChanges, change)).toEqual(rejected("UNKNOWN_THING"));
    expect(await lookUp(personChanges, change)).toEqual({ state: "ABSENT" });
  });
});

describe("occupants", () => {
  const child: OccupantFields = {
    surname: "Léger",
    givenName: "Éléa",
    birthDate: "2026-10-02",
    relationship: "Enfant",
    since: "2026-10-05",
  };
  const add = (occupant: OccupantFields): OccupantChange => ({ action: "ADD", occupant });
  const read = async (key: string) =>
    (await rig.ports.use(occupants).ofContracts([key], call()))[0]!;

  test("come, change and go, each once", async () => {
    const { about } = take(({ occupants: there }) => there.length > 0);
    const before = await read(about.contractKey);
    const first = changeOf(add(child), about);
    expect(await lookUp(occupantChanges, first)).toEqual({ state: "ABSENT" });
    const added = await submit(occupantChanges, first);
    const key = (added as { reference: string }).reference;
    expect(await lookUp(occupantChanges, first)).toEqual(appliedAs(key));
    expect(await submit(occupantChanges, first)).toEqual(appliedAs(key));
    expect(await read(about.contractKey)).toEqual([
      ...before,
      { key, contractKey: about.contractKey, ...child },
    ]);

    const unknown = { ...child, givenName: null, birthDate: null, relationship: null, since: null };
    const second = changeOf<OccupantChange>({ action: "CHANGE", key, occupant: unknown }, about);
    expect(await lookUp(occupantChanges, second)).toEqual({ state: "ABSENT" });
    expect(await submit(occupantChanges, second)).toEqual(appliedAs(key));
    expect(await lookUp(occupantChanges, second)).toEqual(appliedAs(key));
    expect(await read(about.contractKey)).toContainEqual(expect.objectContaining(unknown));

    const third = changeOf<OccupantChange>({ action: "REMOVE", key, leftOn: "2026-11-19" }, about);
    expect(await lookUp(occupantChanges, third)).toEqual({ state: "ABSENT" });
    expect(await submit(occupantChanges, third)).toEqual(appliedAs(key));
    expect(await lookUp(occupantChanges, third)).toEqual(appliedAs(key));
    expect(await submit(occupantChanges, third)).toEqual(rejected("UNKNOWN_THING"));
    expect(await submit(occupantChanges, second)).toEqual(rejected("UNKNOWN_THING"));
    expect(await read(about.contractKey)).toEqual(before);
    const kept = await writesOf("occupantChanges", about.contractKey);
    expect(kept.map(({ content }) => (content as { action: string }).action)).toEqual([
      "ADD",
      "CHANGE",
      "REMOVE",
    ]);
  });

  test("never get the key of somebody who has left", async () => {
    const { about } = take();
    const first = (await submit(occupantChanges, changeOf(add(child), about))) as {
      reference: string;
    };
    const gone = changeOf<OccupantChange>(
      { action: "REMOVE", key: first.reference, leftOn: null },
      about,
    );
    await submit(occupantChanges, gone);
    const again = await submit(occupantChanges, changeOf(add({ ...child, since: null }), about));
    expect(again).not.toEqual(appliedAs(first.reference));
    expect(await lookUp(occupantChanges, gone)).toEqual(appliedAs(first.reference));
  });

  test("of the same name and birth are the same; said otherwise, they exist already", async () => {
    const { about } = take();
    await submit(occupantChanges, changeOf(add(child), about));
    const other = changeOf(add({ ...child, relationship: "Nièce" }), about);
    expect(await lookUp(occupantChanges, other)).toEqual({ state: "ABSENT" });
    expect(await submit(occupantChanges, other)).toEqual(rejected("ALREADY_EXISTS"));
    const twin = changeOf(add({ ...child, givenName: "Élia" }), about);
    expect(await submit(occupantChanges, twin)).toMatchObject({ state: "APPLIED" });
    expect(await writesOf("occupantChanges", about.contractKey)).toHaveLength(2);
  });

  test.each([
    ["born tomorrow", { ...child, birthDate: "2031-01-01" }, "INVALID"],
    ["there before birth", { ...child, since: "2026-10-01" }, "INVALID"],
    ["of too long a name", { ...child, surname: "x".repeat(61) }, "INVALID"],
  ])("%s are refused", async (_what, occupant, reason) => {
    const { about } = take();
    expect(await submit(occupantChanges, changeOf(add(occupant), about))).toEqual(rejected(reason));
  });

  test("whatever they are called are so afterwards, or are refused", async () => {
    const { about } = take();
    const hostile = fc.oneof(
      fc.constantFrom("]]><a/>", "&x;", "%00", "'; DROP--", "Œ’–é\u0301💧", "a\nb", "\u2028x"),
      fc.string({ unit: "binary", minLength: 1, maxLength: 70 }),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (surname) => {
        const parsed = occupantChanges.payload.safeParse(add({ ...child, surname }));
        if (!parsed.success) return;
        const change = changeOf(parsed.data, about);
        const outcome = await rig.ports.use(occupantChanges).submit(change, call());
        const isWhole = !/[\p{Cc}\p{Cs}]/u.test(surname.trim());
        const fits = isWhole && Array.from(surname.trim()).length <= 60;
        expect(outcome).toMatchObject(fits ? { state: "APPLIED" } : rejected("INVALID"));
        expect(await lookUp(occupantChanges, change)).toEqual(fits ? outcome : { state: "ABSENT" });
      }),
      { numRuns: 25 },
    );
  });

  test("of a contract that has ended, or is none, are refused", async () => {
    const change = changeOf(add(child), endedAbout);
    expect(await submit(occupantChanges, change)).toEqual(rejected("NOT_POSSIBLE"));
    const none = changeOf(add(child), nowhere);
    expect(await submit(occupantChanges, none)).toEqual(rejected("UNKNOWN_THING"));
    expect(await lookUp(occupantChanges, none)).toEqual({ state: "ABSENT" });
    const gone: OccupantChange = { action: "REMOVE", key: "OCC-1-1", leftOn: null };
    expect(await lookUp(occupantChanges, changeOf(gone, nowhere))).toEqual({ state: "ABSENT" });
    expect(await lookUp(occupantChanges, changeOf(gone, { ...nowhere, contractKey: "x" }))).toEqual(
      { state: "ABSENT" },
    );
  });
});

describe("home insurance", () => {
  const policy = {
    insurer: "Mutuelle d’Eure-et-Loir & Cie",
    policyNumber: "H-2027/1",
    holder: "Zoé Œuvrard",
    validFrom: "2027-01-01",
    validTo: "2027-12-31",
  };

  test("is renewed with its certificate, byte by byte, once", async () => {
    const { about } = take();
    const file = fileOf(Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251)));
    const change = changeOf({ ...policy, certificate: file.ref }, about, [file]);
    expect(await lookUp(insuranceRenewals, change)).toEqual({ state: "ABSENT" });
    expect(await submit(insuranceRenewals, change)).toEqual(appliedAs(null));
    expect(await lookUp(insuranceRenewals, change)).toEqual(appliedAs(null));
    expect(await submit(insuranceRenewals, change)).toEqual(appliedAs(null));
    const [newest] = await rig.ports
      .use(insurancePolicies)
      .ofContracts([about.contractKey], call());
    expect(newest).toEqual(policy);
    const [kept, ...others] = await writesOf("insuranceRenewals", about.contractKey);
    expect(others).toEqual([]);
    expect(kept!.content).toMatchObject({
      attestation: {
        name: file.ref.fileName,
        sizeBytes: file.bytes.length,
        sha256: createHash("sha256").update(file.bytes).digest("hex"),
      },
    });
  });

  test("with another certificate is another renewal, which exists already", async () => {
    const { about } = take();
    const [one, two] = [fileOf("one"), fileOf("two")];
    await submit(insuranceRenewals, changeOf({ ...policy, certificate: one.ref }, about, [one]));
    for (const [certificate, files] of [[two.ref, [two]] as const, [null, []] as const]) {
      const change = changeOf({ ...policy, certificate }, about, files);
      expect(await lookUp(insuranceRenewals, change)).toEqual({ state: "ABSENT" });
      expect(await submit(insuranceRenewals, change)).toEqual(rejected("ALREADY_EXISTS"));
    }
  });

  test.each([
    ["that ends before it begins", { validTo: "2026-12-31" }, "INVALID"],
    ["that is over", { validFrom: "2024-01-01", validTo: "2024-12-31" }, "INVALID"],
    ["of too long a name", { insurer: "x".repeat(61) }, "INVALID"],
  ])("%s is refused", async (_what, changed, reason) => {
    const { about } = take();
    const change = changeOf({ ...policy, ...changed, certificate: null }, about);
    expect(await submit(insuranceRenewals, change)).toEqual(rejected(reason));
  });

  test("whose certificate is too big for beauceron is refused without a call", async () => {
    const big = fileOf("x", { sizeBytes: 10 * 1024 * 1024 + 1 });
    const change = changeOf({ ...policy, certificate: big.ref }, take().about, [big]);
    expect(await submit(insuranceRenewals, change)).toEqual(rejected("INVALID"));
  });

  test.each([
    ["is shorter than it was", { sizeBytes: 99 }],
    ["is longer than it was", { sizeBytes: 2 }],
  ])("whose file %s is not sent", async (_what, changed) => {
    const { about } = take();
    const file = fileOf("certificate", changed);
    const sent = submit(
      insuranceRenewals,
      changeOf({ ...policy, certificate: file.ref }, about, [file]),
    );
    await expect(sent).rejects.toMatchObject({ notApplied: true });
    expect(await writesOf("insuranceRenewals", about.contractKey)).toEqual([]);
  });
});

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
    const [{ items } = { items: [] }] = await rig.ports.use(payments).ofContracts([page], call());
    expect(items.find(({ key }) => key === (outcome as { reference: string }).reference)).toEqual({
      key: (outcome as { reference: string }).reference,
      date: "2026-11-20",
      amount: { amount: "95.05", currency: "EUR" },
      method: "CARD",
      status: "RECEIVED",
    });
    const [entries] = await rig.ports.use(accountEntries).ofContracts([page], call());
    expect(entries!.items.map(({ owed }) => owed.amount)).toContain("-95.05");
    const [balance] = await rig.ports.use(balances).ofContracts([contractKey], call());
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
    const change = changeOf(paid("5.00", "PF-7"), endedAbout);
    expect(await submit(cardPayments, change)).toMatchObject({ state: "APPLIED" });
  });

  test("of any amount arrive to the cent", async () => {
    const { about } = take();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 99_999_999 }), fc.uuid(), async (cents, id) => {
        const text = String(cents).padStart(3, "0");
        const change = changeOf(paid(`${text.slice(0, -2)}.${text.slice(-2)}`, id), about);
        expect(await submit(cardPayments, change)).toMatchObject({ state: "APPLIED" });
        const [last] = (await rig.writes()).slice(-1);
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
      const [now] = await rig.ports.use(bankAccounts).ofContracts([about.contractKey], call());
      expect(now).toEqual({ ...account, bic });
    }
  });

  test("with a slip of the finger in the IBAN are refused, and nothing is changed", async () => {
    const { about } = take();
    const [before] = await rig.ports.use(bankAccounts).ofContracts([about.contractKey], call());
    const wrong = account.iban.replace(/42/, "24");
    const change = changeOf({ ...account, iban: wrong }, about);
    expect(await submit(bankAccountChanges, change)).toEqual(rejected("INVALID"));
    const [after] = await rig.ports.use(bankAccounts).ofContracts([about.contractKey], call());
    expect(after).toEqual(before);
  });

  test("of a contract that has ended are refused", async () => {
    const change = changeOf(account, endedAbout);
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
    (await rig.ports.use(directDebits).ofContracts([key], call()))[0]!;
  const without = () => take(({ directDebit }) => directDebit === null);

  test("begins, changes its day and stops, each once", async () => {
    const { about } = without();
    const begin = changeOf(signed("TRS-1"), about);
    expect(await lookUp(directDebitChanges, begin)).toEqual({ state: "ABSENT" });
    expect(await submit(directDebitChanges, begin)).toEqual(appliedAs("TRS-1"));
    expect(await submit(directDebitChanges, begin)).toEqual(appliedAs("TRS-1"));
    expect(await lookUp(directDebitChanges, begin)).toEqual(appliedAs("TRS-1"));
    expect(await read(about.contractKey)).toMatchObject({ day: 8, status: "ACTIVE" });
    const [details] = await rig.ports.use(bankAccounts).ofContracts([about.contractKey], call());
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

describe("requests", () => {
  const request = (changed: Partial<ServiceRequestCreation> = {}): ServiceRequestCreation => ({
    reasonKey: "M01",
    placeKey: "L02",
    description: "L’eau coule 💧 sous le lavabo.\n<b>Vite</b> & merci",
    availabilities: [{ day: "2099-01-04", from: "08:00", to: "12:00" }],
    contactPhone: "+33639987007",
    photos: [],
    ...changed,
  });

  test("are about what the catalogue offers", async () => {
    const { about } = take();
    const [catalogue] = await rig.ports
      .use(requestCatalogues)
      .ofContracts([about.contractKey], call());
    expect(catalogue!.reasons).toContainEqual({
      key: "M01",
      label: "Fuite d’eau",
      category: "TECHNICAL",
      placeNeeded: true,
    });
    expect(catalogue!.places).toContainEqual({ key: "L02", label: "Salle de bains" });
    const unknown = rig.ports.use(requestCatalogues).ofContracts([nowhere.contractKey], call());
    await expect(unknown).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("come with their photos, once for each reference", async () => {
    const { about } = take();
    const [one, two] = [
      fileOf("one", { mediaType: "image/jpeg", fileName: 'fuite "1".jpg' }),
      fileOf("two", { mediaType: "image/heic", fileName: "fuite 2.heic" }),
    ];
    const change = changeOf(request({ photos: [one.ref, two.ref] }), about, [one, two]);
    expect(await lookUp(serviceRequestCreations, change)).toEqual({ state: "ABSENT" });
    const outcome = await submit(serviceRequestCreations, change);
    expect(await submit(serviceRequestCreations, change)).toEqual(outcome);
    expect(await lookUp(serviceRequestCreations, change)).toEqual(outcome);
    const { reference: key } = outcome as { reference: string };
    const asked = { contractKey: about.contractKey, key };
    const [found] = await rig.ports.use(serviceRequests).byKeys([asked], call());
    expect(found).toMatchObject({
      key,
      reason: "Fuite d’eau",
      place: "Salle de bains",
      category: "TECHNICAL",
      status: "RECEIVED",
      description: change.payload.description,
    });
    const kept = await writesOf("serviceRequestCreations", about.contractKey);
    expect(kept.map(({ reference, person, content }) => ({ reference, person, content }))).toEqual([
      {
        reference: change.operationId,
        person: about.personKey,
        content: expect.objectContaining({
          description: change.payload.description,
          telephone: "+33639987007",
          photos: [one, two].map(({ ref, bytes }) => ({
            name: ref.fileName,
            sizeBytes: 3,
            sha256: createHash("sha256").update(bytes).digest("hex"),
          })),
        }),
      },
    ]);
  });

  test.each([
    ["no place where one is needed", request({ placeKey: null })],
    ["an unknown reason", request({ reasonKey: "M99" })],
    ["a reason that cannot be one", request({ reasonKey: "../demandes" })],
    ["an unknown place", request({ placeKey: "L99" })],
    ["half a character", request({ description: "\udca7" })],
    [
      "hours the wrong way round",
      request({ availabilities: [{ day: "2099-01-04", from: "12:00", to: "08:00" }] }),
    ],
  ])("with %s are refused", async (_what, payload) => {
    const { about } = take();
    const change = changeOf(payload, about);
    expect(await submit(serviceRequestCreations, change)).toEqual(rejected("INVALID"));
    expect(await writesOf("serviceRequestCreations", about.contractKey)).toEqual([]);
  });

  test("of somebody who did not sign the contract are refused", async () => {
    const { contractKey } = take().about;
    const { personKey } = take().about;
    const change = changeOf(request(), { contractKey, personKey });
    expect(await submit(serviceRequestCreations, change)).toEqual(rejected("NOT_POSSIBLE"));
  });

  test("say whatever people write, or are refused", async () => {
    const { about } = take();
    const hostile = fc.oneof(
      fc.constantFrom("]]><a/>", "&x;", "<!--", '"}\r\n--', "--boundary--", "💧œé\u0301", "a\0b"),
      fc.string({ unit: "binary", minLength: 1, maxLength: 60 }),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (description) => {
        const parsed = serviceRequestCreations.payload.safeParse(request({ description }));
        if (!parsed.success) return;
        const outcome = await rig.ports
          .use(serviceRequestCreations)
          .submit(changeOf(parsed.data, about), call());
        if (outcome.state === "REJECTED") {
          expect(outcome.reason).toBe("INVALID");
          expect(/\0|\p{Cs}/u.test(description)).toBe(true);
          return;
        }
        const [last] = (await rig.writes()).slice(-1);
        expect(last!.content).toMatchObject({ description: parsed.data.description });
      }),
      { numRuns: 25 },
    );
  });
});
