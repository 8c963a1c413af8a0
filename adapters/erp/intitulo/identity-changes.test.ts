/** Personal data, changed at the mock ERP over HTTP and behind the guard. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { personChanges, type PersonChange } from "../../ports/identity-changes.ts";
import { persons } from "../../ports/identity.ts";
import type { Port } from "../../ports/port.ts";
import { call, change, personKey, who, world } from "./testing/changes.ts";
import { startHouse, type House } from "./testing/house.ts";

let house: House;
beforeAll(async () => {
  house = await startHouse({ world });
});
afterAll(() => house.close());

const use = <I>(port: Port<I>): I => house.ports.use(port);
const personAs = async (key = personKey) => (await use(persons).byKeys([key], call))[0]!;

describe("A person's data", () => {
  it("are changed in all fields at once, and read back", async () => {
    const asked = change<PersonChange>({
      title: who.title === "MR" ? "MRS" : "MR",
      surname: "L’Œuf & <Fils>",
      givenName: "Zoë",
      email: "Zoe.Oeuf@example.org",
      phones: ["+33612345678"],
      address: {
        lines: ["12 rue d’Ici", "Bât. C"],
        postalCode: "93300",
        city: "Aubervilliers",
        country: "FR",
      },
    });
    expect(await use(personChanges).lookUp(asked, call)).toEqual({ state: "ABSENT" });
    const outcome = await use(personChanges).submit(asked, call);
    expect(outcome).toEqual({ state: "APPLIED", reference: null });
    expect(await personAs()).toMatchObject({ ...asked.payload, email: "zoe.oeuf@example.org" });
    expect(await use(personChanges).lookUp(asked, call)).toEqual(outcome);
    expect(await house.applied(asked.operationId)).toMatchObject([
      { kind: "personChanges", person: personKey, content: { surname: "L’Œuf & <Fils>" } },
    ]);
  });

  it("stay as they are where nothing is asked, and a telephone number can go", async () => {
    const before = await personAs();
    await use(personChanges).submit(change<PersonChange>({ phones: [] }), call);
    expect(await personAs()).toEqual({ ...before, phones: [] });
  });

  it("may lie abroad", async () => {
    const address = {
      lines: ["Rue Haute 3"],
      postalCode: "1000",
      city: "Bruxelles",
      country: "BE",
    };
    const asked = change<PersonChange>({ address, phones: ["+3225110000"] });
    await use(personChanges).submit(asked, call);
    expect(await personAs()).toMatchObject(asked.payload);
    expect(await use(personChanges).lookUp(asked, call)).toMatchObject({ state: "APPLIED" });
  });

  const home = {
    lines: ["1 rue Basse"],
    postalCode: "93300",
    city: "Aubervilliers",
    country: "FR",
  };
  it.each<[string, PersonChange]>([
    ["characters of four bytes", { surname: "Léa 🐈" }],
    ["two lines in one", { givenName: "Léa\nMarie" }],
    ["a text longer than its column", { surname: "x".repeat(61) }],
    ["two telephone numbers", { phones: ["+33612345678", "+33612345679"] }],
    ["a number that no telephone has", { phones: ["+33123"] }],
    ["five lines of an address", { address: { ...home, lines: ["1", "2", "3", "4", "5"] } }],
    ["a postal code that France has not", { address: { ...home, postalCode: "9330" } }],
  ])("with %s are refused before anything is sent", async (_, payload) => {
    await house.door("/calls", "DELETE");
    const asked = change(payload);
    const refused = { state: "REJECTED", reason: "INVALID" };
    expect(await use(personChanges).submit(asked, call)).toEqual(refused);
    expect(await house.door("/calls")).toMatchObject({ total: 0 });
    expect(await use(personChanges).lookUp(asked, call)).toEqual({ state: "ABSENT" });
  });

  it("of somebody unknown are refused, and never sent under what is no number", async () => {
    const asked = change<PersonChange>({ surname: "Rien" }, { personKey: "T99999" });
    const refused = { state: "REJECTED", reason: "UNKNOWN_THING" };
    expect(await use(personChanges).submit(asked, call)).toEqual(refused);
    expect(await use(personChanges).lookUp(asked, call)).toEqual({ state: "ABSENT" });
    const odd = change<PersonChange>({ surname: "Rien" }, { personKey: "12" });
    expect(await use(personChanges).submit(odd, call)).toMatchObject({ reason: "INVALID" });
  });

  it("arrive as they were written, or are refused, whatever they hold", async () => {
    const hostile = fc.constantFrom(
      "]]>",
      "<a/>",
      "&x;",
      "&amp;",
      "é",
      "œ",
      "’",
      "€",
      "\u00a0",
      "👍",
      "\r\n",
      "\u0000",
      "<!--",
      "<?",
      "\ud800",
      '"',
      "'",
      "</nom>",
      "{}",
      "%s",
      "Ä",
    );
    const texts = fc
      .array(fc.oneof(hostile, fc.string({ maxLength: 4, unit: "binary" })), {
        minLength: 1,
        maxLength: 8,
      })
      .map((parts) => parts.join("").trim())
      .filter((text) => text !== "" && text.length <= 80);
    await fc.assert(
      fc.asyncProperty(texts, texts, async (surname, line) => {
        const address = { ...home, lines: [line] };
        const outcome = await use(personChanges).submit(change({ surname, address }), call);
        if (outcome.state === "REJECTED") expect(outcome.reason).toBe("INVALID");
        else expect(await personAs()).toMatchObject({ surname, address });
      }),
      {
        numRuns: 60,
        examples: [
          ["]]><a/>", "&x;"],
          ["Éloïse ’ œ €", "]]>"],
          ["🐈", "x"],
        ],
      },
    );
  });
});
