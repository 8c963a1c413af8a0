/** What Intitulo lets callers change, and what it refuses. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { validateXML } from "xmllint-wasm";
import type { MockErp } from "../kit/product.ts";
import type { AppliedWrite } from "../kit/writes.ts";
import { parseXml } from "../kit/xml.ts";
import { contractsOf, personWith } from "../world/find.ts";
import { oddities } from "../world/oddities.ts";
import { createWorld } from "../world/world.ts";
import { ask, textsOf } from "./caller.ts";
import { fluxSchema } from "./description.ts";
import { faultOf } from "./flux-schema.ts";
import { keyOfContract, keyOfPerson } from "./keys.ts";
import { startIntitulo } from "./start.ts";

const today = "2026-11-20";
const world = createWorld({
  landlord: "aubervilliers",
  seed: 47,
  today,
  people: 40,
  contracts: 50,
});
const who = personWith(world, oddities.accents);
const held = contractsOf(world, who)[0]!;
const [tiers, contrat] = [keyOfPerson(who), keyOfContract(held)];

let erp: MockErp;
beforeAll(async () => {
  erp = await startIntitulo({ world, loginMs: 0, refusalMs: 0 });
});
afterAll(() => erp.close());

const modify = (inner: string, key = tiers, reference = "op-1") =>
  ask(erp.url, "modifierTiers", [key, reference, `<flux version="2">${inner}</flux>`]);
const pay = (change: Partial<Record<keyof typeof payment, string>> = {}) =>
  ask(erp.url, "enregistrerReglement", Object.values({ ...payment, ...change }));
const payment = {
  numero_contrat: contrat,
  numero_tiers: tiers,
  date_reglement: "19/11/2026",
  montant: "12,50",
  mode: "CB",
  numero_piece: "PAYFIP-77",
  reference_externe: "op-2",
};
const writes = async () => (await (await fetch(`${erp.doorUrl}/writes`)).json()) as AppliedWrite[];

describe("A tiers", () => {
  it("is changed in what the document has, and in nothing else", async () => {
    const before = structuredClone(who);
    const changed = await modify(
      "<modification><nom>L'Œuf</nom><courriel>A.B@example.org</courriel></modification>",
    );
    expect([changed.code, textsOf(changed.answer, "numero_tiers")]).toEqual(["OK", [tiers]]);
    expect(who).toEqual({ ...before, surname: "L'Œuf", email: "a.b@example.org" });
    expect((await writes()).at(-1)).toMatchObject({
      kind: "personChanges",
      person: tiers,
      reference: "op-1",
      content: { surname: "L'Œuf", email: "a.b@example.org" },
    });
  });

  it.each([
    ["T99999", "<modification><nom>X</nom></modification>", "NOT_FOUND"],
    [tiers, "<nom>X</nom>", "BAD_PARAMETERS"],
    [tiers, "<modification/><modification/>", "BAD_PARAMETERS"],
    [tiers, "<modification><nom>X</modification>", "BAD_PARAMETERS"],
    [tiers, "<modification><nom>Léa 🐈</nom></modification>", "1366"],
    [
      tiers,
      "<modification><adresse><ligne>1</ligne><code_postal>1234</code_postal><ville>X</ville><pays/></adresse></modification>",
      "BAD_VALUE",
    ],
  ])("%s is not changed by %s: %s", async (key, inner, code) => {
    const before = structuredClone(who);
    const count = (await writes()).length;
    expect((await modify(inner, key)).code).toBe(code);
    expect([who, (await writes()).length]).toEqual([before, count]);
  });

  const good = "<ligne>1</ligne><code_postal>93300</code_postal><ville>X</ville><pays/>";
  it("fits its schema where libxml2 says so, and only there", async () => {
    const documents = [
      "",
      "<civilite>M</civilite><nom>N</nom><prenom>P</prenom><courriel>a@b</courriel><telephone/>",
      `<telephone>+33612345678</telephone><adresse>${good}</adresse>`,
      `<adresse>${"<ligne>x</ligne>".repeat(3)}${good}</adresse>`,
      `<adresse>${"<ligne>x</ligne>".repeat(4)}${good}</adresse>`,
      `<adresse>${good.replace("<pays/>", "")}</adresse>`,
      `<adresse>${good.replace("<pays/>", "<pays>be</pays>")}</adresse>`,
      "<civilite>MLLE</civilite>",
      "<prenom>P</prenom><nom>N</nom>",
      "<nom>N</nom><nom>N</nom>",
      "<nom/>",
      `<nom>${"œ".repeat(60)}</nom>`,
      `<nom>${"x".repeat(61)}</nom>`,
      "<courriel>personne</courriel>",
      "<telephone>06 12 34</telephone>",
      "<nom><b/></nom>",
      "texte",
      "<licence/>",
    ].map((inner) => `<flux><modification>${inner}</modification></flux>`);
    const xml = documents.map((contents, i) => ({ fileName: `${i}.xml`, contents }));
    const { errors } = await validateXML({ xml, schema: [fluxSchema] });
    const refused = new Set(errors.map(({ rawMessage }) => rawMessage.split(":")[0]));
    const ours = documents.map((text) => faultOf(parseXml(text).children[0]!, "modification"));
    expect(ours.map((fault) => fault !== null)).toEqual(
      documents.map((_, i) => refused.has(`${i}.xml`)),
    );
  });
});

describe("A payment", () => {
  it("that comes twice is booked twice, each with what it was called", async () => {
    const before = held.balanceCents;
    const numbers = [await pay(), await pay()].map(
      ({ answer }) => textsOf(answer, "numero_reglement")[0],
    );
    expect(new Set(numbers).size).toBe(2);
    expect(held.balanceCents).toBe(before - 2500);
    const { flux } = await ask(erp.url, "listerReglements", [tiers, "20261119", "20261119"]);
    expect(textsOf(flux, "numero_reglement")).toEqual(numbers);
    expect(textsOf(flux, "reference_externe")).toEqual(["op-2", "op-2"]);
    expect(textsOf(flux, "numero_piece")).toEqual(["PAYFIP-77", "PAYFIP-77"]);
    const booked = (await writes()).filter(({ kind }) => kind === "cardPayments");
    expect(booked).toMatchObject(
      numbers.map((number) => ({ contract: contrat, reference: "op-2", content: { number } })),
    );
  });

  it.each([
    [{ numero_contrat: "C9999999" }, "NOT_FOUND"],
    [{ numero_tiers: "T99999" }, "NOT_FOUND"],
    [{ numero_tiers: keyOfPerson(personWith(world, oddities.debt)) }, "NOT_HOLDER"],
    [{ date_reglement: "2026-11-19" }, "BAD_VALUE"],
    [{ date_reglement: "31/02/2026" }, "BAD_VALUE"],
    [{ date_reglement: "01/01/2126" }, "BAD_VALUE"],
    [{ montant: "0,00" }, "BAD_VALUE"],
    [{ montant: "-1,00" }, "BAD_VALUE"],
    [{ montant: "1.00" }, "BAD_VALUE"],
    [{ mode: "OR" }, "BAD_VALUE"],
    [{ numero_piece: "x".repeat(71) }, "BAD_PARAMETERS"],
    [{ reference_externe: "x".repeat(41) }, "BAD_PARAMETERS"],
  ])("with %j is %s, and books nothing", async (change, code) => {
    const before = held.balanceCents;
    expect((await pay(change)).code).toBe(code);
    expect(held.balanceCents).toBe(before);
  });

  it("for a contract that has ended is taken as long as something is owed", async () => {
    const gone = personWith(world, oddities.ended);
    const ended = contractsOf(world, gone)[0]!;
    const parties = { numero_contrat: keyOfContract(ended), numero_tiers: keyOfPerson(gone) };
    ended.balanceCents = 1000;
    expect((await pay(parties)).code).toBe("OK");
    expect((await pay(parties)).code).toBe("CONTRACT_CLOSED");
  });

  it("is the hundred and first of a list that holds a hundred", async () => {
    const [one] = held.payments;
    const more = Array.from({ length: 120 }, (_, i) => ({ ...one!, number: 2 * (9000 + i) }));
    held.payments = more;
    const { flux } = await ask(erp.url, "listerReglements", [tiers, "", ""]);
    expect(textsOf(flux, "numero_reglement")).toHaveLength(100);
  });
});
