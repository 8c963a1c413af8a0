/** Personal data, changed at the mock ERP over HTTP and behind the guard. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { personChanges, type PersonChange } from "../../ports/identity-changes.ts";
import { persons } from "../../ports/identity.ts";
import type { Port } from "../../ports/port.ts";
import { call, change, now, personKey, world } from "./testing/changes.ts";
import { startHouse, type House } from "./testing/house.ts";

let house: House;
beforeAll(async () => {
  house = await startHouse({ world, now, deadlockEvery: 0 });
});
afterAll(() => house.close());

const use = <I>(port: Port<I>): I => house.ports.use(port);

const personAs = async () => (await use(persons).byKeys([personKey], call))[0]!;
const home = { lines: ["1 rue Basse"], postalCode: "75011", city: "Paris", country: "FR" };

describe("a person's data", () => {
  test("are changed in all fields at once, and read back", async () => {
    const { title } = await personAs();
    const asked = change<PersonChange>({
      title: title === "MR" ? "MRS" : "MR",
      surname: "L’Œuf & <Fils>",
      givenName: "Zoë 🐈",
      email: "Zoe.Oeuf@example.org",
      phones: ["+33612345678", "+3225110000", "+33146000000"],
      address: { ...home, lines: ["12 rue d’Ici", "Bât. C"] },
    });
    expect(await use(personChanges).lookUp(asked, call)).toEqual({ state: "ABSENT" });
    const outcome = await use(personChanges).submit(asked, call);
    expect(outcome).toEqual({ state: "APPLIED", reference: null });
    expect(await personAs()).toMatchObject({ ...asked.payload, email: "zoe.oeuf@example.org" });
    expect(await use(personChanges).lookUp(asked, call)).toEqual(outcome);
    expect(await house.applied(asked.operationId)).toMatchObject([
      { kind: "personChanges", person: personKey, contract: null },
    ]);
  });

  test("stay as they are where nothing is asked; telephone numbers can go", async () => {
    const before = await personAs();
    await use(personChanges).submit(change<PersonChange>({ phones: [] }), call);
    expect(await personAs()).toEqual({ ...before, phones: [] });
  });

  test("may lie abroad", async () => {
    const address = { ...home, postalCode: "SW1A 1AA", city: "London", country: "GB" };
    const asked = change<PersonChange>({ address });
    await use(personChanges).submit(asked, call);
    expect(await personAs()).toMatchObject({ address });
    expect(await use(personChanges).lookUp(asked, call)).toMatchObject({ state: "APPLIED" });
  });

  test.each<[string, PersonChange]>([
    ["two lines in one", { givenName: "Léa\nMarie" }],
    ["half a character", { surname: "Léa \ud83d" }],
    ["a number that no telephone has", { phones: ["+33123"] }],
    ["six lines of an address", { address: { ...home, lines: ["1", "2", "3", "4", "5", "6"] } }],
    ["a postal code that France has not", { address: { ...home, postalCode: "9330" } }],
    ["a city of 61 letters", { address: { ...home, city: "x".repeat(61) } }],
  ])("with %s are refused before anything is sent", async (_, payload) => {
    await house.door("/calls", "DELETE");
    const refused = { state: "REJECTED", reason: "INVALID" };
    expect(await use(personChanges).submit(change(payload), call)).toEqual(refused);
    expect(await house.door("/calls")).toMatchObject({ total: 0 });
  });

  test("that syndeo does not take, or of somebody unknown, are refused", async () => {
    const odd = change<PersonChange>({ email: "a@b@c" });
    expect(await use(personChanges).submit(odd, call)).toMatchObject({ reason: "INVALID" });
    const nobody = change<PersonChange>({ surname: "Rien" }, { personKey: "P999999" });
    const unknown = { state: "REJECTED", reason: "UNKNOWN_THING" };
    expect(await use(personChanges).submit(nobody, call)).toEqual(unknown);
    expect(await use(personChanges).lookUp(nobody, call)).toEqual({ state: "ABSENT" });
  });

  test("arrive as they were written, or are refused, whatever they hold", async () => {
    const texts = fc
      .string({ minLength: 1, maxLength: 20, unit: "binary" })
      .map((text) => text.trim())
      .filter((text) => text !== "");
    await fc.assert(
      fc.asyncProperty(texts, texts, async (surname, line) => {
        const address = { ...home, lines: [line] };
        const outcome = await use(personChanges).submit(change({ surname, address }), call);
        if (outcome.state === "REJECTED") expect(outcome.reason).toBe("INVALID");
        else expect(await personAs()).toMatchObject({ surname, address });
      }),
      {
        numRuns: 40,
        examples: [
          ["]]><a/>", '&x;"\\'],
          ["{}", "' or 1=1 --"],
        ],
      },
    );
  });
});
