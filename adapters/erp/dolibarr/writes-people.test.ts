/** Changes of personal data, insurance and requests: applied once, read back, or refused. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { oddities } from "../../../mocks/world/oddities.ts";
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
  call,
  change,
  contractKey,
  file,
  now,
  partiesOf,
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
const refused = (reason: string) => ({ state: "REJECTED", reason });

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
