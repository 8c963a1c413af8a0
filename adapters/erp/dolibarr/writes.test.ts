/** Changes, through the guard, at the mock ERP: applied once, read back, or refused. */
import { createHash, randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { oddities } from "../../../mocks/world/oddities.ts";
import * as billing from "../../ports/billing.ts";
import { bankAccountChanges, cardPayments } from "../../ports/billing-changes.ts";
import type { ChangePort, Submission } from "../../ports/changes.ts";
import { insurancePolicies } from "../../ports/contract.ts";
import { insuranceRenewals } from "../../ports/contract-changes.ts";
import { persons } from "../../ports/identity.ts";
import { personChanges } from "../../ports/identity-changes.ts";
import type { Port } from "../../ports/port.ts";
import { serviceRequestCreations } from "../../ports/request-changes.ts";
import { serviceRequests } from "../../ports/requests.ts";
import {
  asking,
  bank,
  call,
  change,
  contractKey,
  file,
  now,
  partiesOf,
  paying,
  personKey,
  photoBytes,
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

describe("personal data", () => {
  const address = {
    lines: ["12 quai Maubec", "Bâtiment B & C"],
    postalCode: "17000",
    city: "La Rochelle",
    country: "FR",
  };

  test("are read back, the address from the third party", async () => {
    const payload = {
      title: "MRS",
      surname: "L’Œuf-O'Neil",
      givenName: "Zoë  Anne",
      email: "zoe@example.org",
      phones: ["+33612345678", "+33546000000"],
      address,
    } as const;
    const asked = change({ ...payload, phones: [...payload.phones] }, { contractKey: null });
    expect(await lookUp(personChanges, asked)).toEqual({ state: "ABSENT" });
    expect(await submit(personChanges, asked)).toEqual({ state: "APPLIED", reference: null });
    expect(await lookUp(personChanges, asked)).toMatchObject({ state: "APPLIED" });
    const [found] = await use(persons).byKeys([personKey], call);
    expect(found).toMatchObject({ ...payload, givenName: "Zoë Anne" });
  });

  test("that were not asked for stay as they are", async () => {
    const [before] = await use(persons).byKeys([personKey], call);
    await submit(personChanges, change({ phones: [] }, { contractKey: null }));
    const [after] = await use(persons).byKeys([personKey], call);
    expect(after).toEqual({ ...before, phones: [] });
  });

  test.each([
    ["a name that Dolibarr would strip", { surname: "<Ünï>" }],
    ["an entity", { surname: "A&eacute;" }],
    ["an address abroad", { address: { ...address, country: "BE", postalCode: "1000" } }],
    ["a postal code that is none", { address: { ...address, postalCode: "1700" } }],
  ])("with %s are refused", async (_what, payload) => {
    const asked = change(payload, { contractKey: null });
    expect(await submit(personChanges, asked)).toEqual(refused("INVALID"));
  });

  test("of any text arrive equal, or are refused", async () => {
    const text = fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }),
      fc.constantFrom(
        "]]><a/>",
        "&x;",
        "a < b",
        "👍",
        "é".normalize("NFD"),
        "\\'",
        "%00",
        "\u00a0x",
      ),
    );
    await fc.assert(
      fc.asyncProperty(text, async (surname) => {
        fc.pre(surname.trim() !== "");
        const asked = change({ surname }, { contractKey: null });
        const outcome = await submit(personChanges, asked);
        if (outcome.state !== "APPLIED") {
          expect(outcome).toEqual(refused("INVALID"));
          return;
        }
        const [found] = await use(persons).byKeys([personKey], call);
        expect(found!.surname).toBe(surname.replace(/\s+/g, " ").trim());
        expect(await lookUp(personChanges, asked)).toMatchObject({ state: "APPLIED" });
      }),
      { numRuns: 60 },
    );
  });
});

describe("home insurance", () => {
  const { personKey: who, contractKey: where } = partiesOf(oddities.everything);
  const theirs = { personKey: who, contractKey: where };

  test("is read back, and its certificate is a file of the contract", async () => {
    const asked = renewing({}, theirs);
    expect(await lookUp(insuranceRenewals, asked)).toEqual({ state: "ABSENT" });
    expect(await submit(insuranceRenewals, asked)).toMatchObject({ state: "APPLIED" });
    expect(await lookUp(insuranceRenewals, asked)).toMatchObject({ state: "APPLIED" });
    const { certificate: _, ...policy } = asked.payload;
    expect(await use(insurancePolicies).ofContracts([where], call)).toEqual([policy]);
    const stored = (await house.applied("files")).find(({ reference }) =>
      reference?.includes(asked.operationId),
    );
    const sha256 = createHash("sha256").update(photoBytes(3)).digest("hex");
    expect(stored!.content).toMatchObject({ sizeBytes: 20, sha256 });
    // The same again leaves the same: the file is there already.
    expect(await submit(insuranceRenewals, asked)).toMatchObject({ state: "APPLIED" });
    const files = await house.applied("files");
    expect(files.filter(({ reference }) => reference === stored!.reference)).toHaveLength(1);
  });

  test.each([
    ["an end before its beginning", { validTo: "2026-11-30" }, "INVALID"],
    ["an insurer that looks like a tag", { insurer: "<img>" }, "INVALID"],
    [
      "an older policy than the one there",
      { validFrom: "2020-01-01", validTo: "2020-12-31" },
      "NOT_POSSIBLE",
    ],
  ])("with %s is refused", async (_what, wrong, reason) => {
    expect(await submit(insuranceRenewals, renewing(wrong, theirs))).toEqual(refused(reason));
  });

  test("of a contract that has ended is refused", async () => {
    const asked = renewing({}, partiesOf(oddities.ended));
    expect(await submit(insuranceRenewals, asked)).toEqual(refused("NOT_POSSIBLE"));
  });
});

describe("a request", () => {
  test("is read back, whole, and its photos are in its folder", async () => {
    const asked = asking();
    const outcome = await submit(serviceRequestCreations, asked);
    expect(await lookUp(serviceRequestCreations, asked)).toEqual(outcome);
    const { reference } = outcome as { reference: string };
    const [found] = await use(serviceRequests).byKeys([{ contractKey, key: reference }], call);
    expect(found).toMatchObject({
      category: "TECHNICAL",
      reason: "Problème technique",
      status: "RECEIVED",
      description:
        "L’eau <goutte> & coule.\nDepuis hier\n\nDisponibilités :\n- 25/11/2026, 08:00 - 12:00\n\nTéléphone : +33612345678",
    });
    expect(found!.updates).toHaveLength(1);
    const stored = (await house.applied("files")).filter(({ reference: place }) =>
      place?.includes(found!.number),
    );
    expect(stored.map(({ content }) => (content as { name: string }).name)).toEqual([
      "photo-1.jpg",
      "photo-2.jpg",
    ]);
  });

  test("that comes again is the first one", async () => {
    const asked = asking();
    const first = await submit(serviceRequestCreations, asked);
    expect(await submit(serviceRequestCreations, asked)).toEqual(first);
    const track = asked.operationId.replaceAll("-", "");
    const made = await house.applied("serviceRequestCreations");
    expect(made.filter(({ reference }) => reference === track)).toHaveLength(1);
  });

  test("of many at once are all taken, each under its own reference", async () => {
    const many = Array.from({ length: 10 }, () => asking({ photos: [] }));
    const outcomes = await Promise.all(many.map((one) => submit(serviceRequestCreations, one)));
    expect(new Set(outcomes.map((one) => JSON.stringify(one))).size).toBe(10);
  });

  test.each([
    ["of a type that Dolibarr does not have", { reasonKey: "ELSEWHERE" }],
    ["of a type that is not offered", { reasonKey: "COM" }],
    ["at a place, which Dolibarr has none of", { placeKey: "KITCHEN" }],
    [
      "at times the wrong way round",
      { availabilities: [{ day: "2026-11-25", from: "12:00", to: "08:00" }] },
    ],
    ["with a photo that is too big", { photos: [file(1, { sizeBytes: 10_000_001 })] }],
  ])("%s is refused", async (_what, wrong) => {
    const asked = asking(wrong);
    expect(await submit(serviceRequestCreations, asked)).toEqual(refused("INVALID"));
    expect(await lookUp(serviceRequestCreations, asked)).toEqual({ state: "ABSENT" });
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
