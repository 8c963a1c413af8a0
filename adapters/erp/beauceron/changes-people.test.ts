/** Personal data and occupants, sent to the mock ERP through the guard, read back, and refused. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  occupantChanges,
  type OccupantChange,
  type OccupantFields,
} from "../../ports/contract-changes.ts";
import { occupants } from "../../ports/contract.ts";
import { personChanges } from "../../ports/identity-changes.ts";
import { persons } from "../../ports/identity.ts";
import { openHouse, nowhere, rejected, appliedAs } from "./testing/house.ts";
import { call, changeOf } from "./testing/started.ts";

const { ports, writes, take, ended, submit, lookUp, writesOf } = await openHouse();

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
    const [person] = await ports.use(persons).byKeys([about.personKey], call());
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
    const [now] = await ports.use(persons).byKeys([about.personKey], call());
    expect(now).toMatchObject({ email: "b@example.org", surname: "Neuve" });
  });

  test("leaves alone what was not asked for", async () => {
    const { about, person } = take();
    await submit(personChanges, changeOf({ email: "a@example.org" }, about));
    const [now] = await ports.use(persons).byKeys([about.personKey], call());
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
    const before = await writes();
    expect(await submit(personChanges, changeOf(payload, about))).toEqual(rejected("INVALID"));
    expect(await lookUp(personChanges, changeOf(payload, about))).toEqual({ state: "ABSENT" });
    expect(await writes()).toEqual(before);
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
  const read = async (key: string) => (await ports.use(occupants).ofContracts([key], call()))[0]!;

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
        const outcome = await ports.use(occupantChanges).submit(change, call());
        const isWhole = !/[\p{Cc}\p{Cs}]/u.test(surname.trim());
        const fits = isWhole && Array.from(surname.trim()).length <= 60;
        expect(outcome).toMatchObject(fits ? { state: "APPLIED" } : rejected("INVALID"));
        expect(await lookUp(occupantChanges, change)).toEqual(fits ? outcome : { state: "ABSENT" });
      }),
      { numRuns: 25 },
    );
  });

  test("of a contract that has ended, or is none, are refused", async () => {
    const change = changeOf(add(child), ended);
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
