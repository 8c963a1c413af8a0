import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { validateXML } from "xmllint-wasm";
import type { MockErp } from "../kit/product.ts";
import { contractsOf, personWith } from "../world/find.ts";
import { oddities, type Oddity } from "../world/oddities.ts";
import { ask, envelope, inOrder, post, textsOf } from "./caller.ts";
import { fluxSchema, operations, wsdlText } from "./description.ts";
import { createDirectory } from "./directory.ts";
import { keyOfContract, keyOfNotice, keyOfPayment, keyOfPerson } from "./keys.ts";
import { servicePath, startIntitulo } from "./start.ts";

describe("Intitulo", () => {
  let erp: MockErp;
  beforeAll(async () => {
    erp = await startIntitulo({ loginMs: 0, refusalMs: 0 });
  });
  afterAll(() => erp.close());

  const contractWith = (oddity: Oddity) =>
    contractsOf(erp.world, personWith(erp.world, oddity))[0]!;
  const intitulesOf = (oddity: Oddity) =>
    createDirectory(erp.world).intitulesOf(personWith(erp.world, oddity));

  it("publishes its WSDL and the schema of its flux", async () => {
    const read = async (query: string) => (await fetch(erp.url + servicePath + query)).text();
    expect([await read("?wsdl"), await read("?xsd")]).toEqual([wsdlText, fluxSchema]);
    expect(operations.get("lireSolde")!.map(({ name }) => name)).toEqual([
      "authentification",
      "numero_intitule",
      "numero_contrat",
    ]);
  });

  describe("binds parameters by their place:", () => {
    it("the names are not looked at", async () => {
      const key = keyOfContract(contractWith(oddities.debt));
      const swapped = `<numero_contrat/><numero_intitule>${key}</numero_intitule>`;
      const text = await (await post(erp.url, envelope("lireSolde", swapped))).text();
      expect(text).toContain(`<numero_contrat>${key}</numero_contrat>`);
    });

    it("one that is left out shifts those behind it", async () => {
      const key = keyOfContract(contractWith(oddities.debt));
      const alone = `<numero_contrat>${key}</numero_contrat>`;
      const text = await (await post(erp.url, envelope("lireSolde", alone))).text();
      expect(text).toContain("NOT_FOUND");
      expect(text).toContain(`Objet introuvable pour numero_intitule=${key} numero_contrat=<`);
    });
  });

  const every: [string, (oddity: Oddity) => string[]][] = [
    ["rechercherIntitule", (oddity) => [intitulesOf(oddity)[0]!.key, "", ""]],
    ["lireTiers", (oddity) => [keyOfPerson(personWith(erp.world, oddity))]],
    ["listerContrats", (oddity) => [intitulesOf(oddity)[0]!.key, "", "1"]],
    ["listerInterlocuteurs", (oddity) => ["", keyOfContract(contractWith(oddity))]],
    ["lireSolde", (oddity) => [intitulesOf(oddity)[0]!.key, ""]],
    ["listerEcritures", (oddity) => ["", keyOfContract(contractWith(oddity)), "20250101", ""]],
    ["listerReglements", (oddity) => [keyOfPerson(personWith(erp.world, oddity)), "", ""]],
    ["listerAvis", (oddity) => ["", keyOfContract(contractWith(oddity)), "", ""]],
  ];

  it.each(every)("%s answers what its schema says, for every odd person", async (name, args) => {
    const documents = await Promise.all(
      Object.values(oddities).map(async (oddity) => {
        const { code, document } = await ask(erp.url, name, args(oddity));
        expect(code).toBe("OK");
        return document.replace("ISO-8859-15", "UTF-8");
      }),
    );
    const xml = documents.map((contents, i) => ({ fileName: `${i}.xml`, contents }));
    const { errors } = await validateXML({ xml, schema: [fluxSchema] });
    expect(errors.map(({ message }) => message)).toEqual([]);
  });

  it("puts a document into a string whose prolog is not true", async () => {
    const key = keyOfPerson(personWith(erp.world, oddities.twoSurnames));
    const text = await (await post(erp.url, envelope("lireTiers", inOrder([key])))).text();
    expect(text).toContain(
      '<flux xsi:type="xsd:string"><![CDATA[<?xml version="1.0" encoding="ISO-8859-15"?>',
    );
    expect(text).toContain("<nom>D'Hérouville-L'Œillet</nom>");
  });

  it("writes arrays of types that do not exist, first signatory first", async () => {
    const [intitule] = intitulesOf(oddities.cotenantFirst);
    const [first, second] = intitule!.holders.map(keyOfPerson);
    const asked = envelope("rechercherIntitule", inOrder([intitule!.key, "", ""]));
    expect(await (await post(erp.url, asked)).text()).toContain(
      `<titulaires xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType=":[2]"><item xsi:type="xsd:">${first}</item><item xsi:type="xsd:">${second}</item></titulaires>`,
    );
    const byContract = ["", keyOfContract(intitule!.contracts[0]!), ""];
    const { answer, flux } = await ask(erp.url, "rechercherIntitule", byContract);
    expect(textsOf(answer, "item")).toEqual([first, second]);
    expect(textsOf(flux, "numero_tiers")).toEqual([second, first]);
  });

  it("books payments under whoever paid, for all of their contracts", async () => {
    const of = contractWith(oddities.cotenantFirst);
    const lists = await Promise.all(
      [oddities.cotenantFirst, oddities.cotenantSecond].map(async (oddity) => {
        const key = keyOfPerson(personWith(erp.world, oddity));
        const { flux } = await ask(erp.url, "listerReglements", [key, "", ""]);
        return textsOf(flux, "numero_reglement");
      }),
    );
    expect(lists.every((list) => list.length > 0)).toBe(true);
    expect(lists.flat().toSorted()).toEqual(of.payments.map(keyOfPayment).toSorted());
    const three = keyOfPerson(personWith(erp.world, oddities.threeContracts));
    const { flux } = await ask(erp.url, "listerReglements", [three, "", ""]);
    expect(new Set(textsOf(flux, "numero_contrat")).size).toBe(3);
  });

  it("keeps to the days that are asked for", async () => {
    const of = contractWith(oddities.many);
    const day = of.entries[100]!.date;
    const range = [day, day].map((each) => each.replaceAll("-", ""));
    const { flux } = await ask(erp.url, "listerEcritures", ["", keyOfContract(of), ...range]);
    expect(new Set(textsOf(flux, "date_ecriture"))).toEqual(new Set([range[0]]));
    const wrong = await ask(erp.url, "listerEcritures", ["", keyOfContract(of), day, ""]);
    expect(wrong.code).toBe("BAD_PARAMETERS");
  });

  it("hides ended contracts unless they are asked for", async () => {
    const { key } = intitulesOf(oddities.ended)[0]!;
    const shown = async (ended: string) =>
      textsOf((await ask(erp.url, "listerContrats", [key, "", ended])).flux, "etat");
    expect([await shown(""), await shown("1")]).toEqual([[], ["5"]]);
  });

  it("gives the file of a notice as base64 in a string", async () => {
    const of = contractWith(oddities.everything);
    const key = keyOfNotice(of.notices[0]!);
    const { answer } = await ask(erp.url, "lireDocument", ["avis", key]);
    const bytes = Buffer.from(textsOf(answer, "contenu")[0]!, "base64");
    expect(bytes.toString("latin1")).toMatch(/^%PDF-1\.4[^]*%%EOF\s*$/);
    expect(textsOf(answer, "taille")).toEqual([String(bytes.length)]);
  });

  it.each([
    ["lireTiers", ["T99999"], "NOT_FOUND"],
    ["rechercherIntitule", ["999999", "", ""], "NOT_FOUND"],
    ["rechercherIntitule", ["", "", ""], "BAD_PARAMETERS"],
    ["lireSolde", ["", "C9999999"], "NOT_FOUND"],
    ["lireSolde", ["", ""], "BAD_PARAMETERS"],
    ["listerReglements", ["T99999", "", ""], "NOT_FOUND"],
    ["lireAvis", ["F99999999"], "NOT_FOUND"],
    ["lireDocument", ["facture", "F00001001"], "BAD_PARAMETERS"],
  ])("%s of %j is %s inside a 200", async (operation, values, code) => {
    expect((await ask(erp.url, operation, values)).code).toBe(code);
  });

  it("refuses a wrong password inside a 200, after a while", async () => {
    const slow = await startIntitulo({ world: erp.world, loginMs: 0, refusalMs: 60 });
    const started = performance.now();
    const wrong = envelope("lireTiers", inOrder(["T10001"]), { mot_de_passe: "faux" });
    const response = await post(slow.url, wrong);
    expect([response.status, await response.text()]).toEqual([
      200,
      expect.stringContaining("BAD_CREDENTIALS"),
    ]);
    expect(performance.now() - started).toBeGreaterThan(50);
    await slow.close();
  });

  it("dies without a word when there is no login", async () => {
    const bare = envelope("lireTiers", "").replace(/<authentification>.*<\/authentification>/, "");
    const response = await post(erp.url, bare);
    expect([response.status, await response.text()]).toEqual([500, ""]);
  });

  const good = envelope("lireTiers", inOrder(["T10001"]));
  it.each([
    ["an unknown operation", envelope("effacerTiers", inOrder(["T10001"])), {}],
    ["another namespace", good.replace("intitulo.example", "autre.example"), {}],
    ["one parameter too many", envelope("lireTiers", inOrder(["T10001", ""])), {}],
    ["a record where text belongs", envelope("lireTiers", "<numero_tiers><a/></numero_tiers>"), {}],
    ["an unknown field of the login", envelope("lireTiers", "", { licence: "x" }), {}],
    ["SOAP 1.2", good.replace("/soap/envelope/", "/soap12/"), {}],
    ["the action of another operation", good, { soapaction: '"http://intitulo.example/ns/#x"' }],
    ["another type of content", good, { "content-type": "application/soap+xml" }],
    ["no XML", "tiers svp", {}],
    ["a DOCTYPE", `<!DOCTYPE a>${good}`, {}],
  ])("answers %s with a Fault", async (_, body, headers) => {
    const response = await post(erp.url, body, headers);
    expect([response.status, await response.text()]).toEqual([
      500,
      expect.stringContaining("SOAP-ENV:Client"),
    ]);
  });

  it("answers HTML with a 200 when a module is off, and 202 when its database is down", async () => {
    const other = await startIntitulo({ world: erp.world, loginMs: 0, modulesOff: ["avis"] });
    const asked = ["lireAvis", "lireTiers"].map(async (operation) => {
      const response = await post(other.url, envelope(operation, inOrder(["T10001"])));
      return [response.status, response.headers.get("content-type")!.split(";")[0]];
    });
    expect(await Promise.all(asked)).toEqual([
      [200, "text/html"],
      [200, "text/xml"],
    ]);
    await fetch(`${other.doorUrl}/faults`, { method: "PUT", body: '{"kind":"closed"}' });
    const response = await post(other.url, good);
    expect([response.status, await response.text()]).toEqual([202, expect.stringMatching(/<html/)]);
    await other.close();
  });

  it("refuses what its rules refuse, by any code", async () => {
    const refuse = (operation: string) =>
      operation === "lireTiers" ? { code: "1213", label: "Deadlock found" } : null;
    const other = await startIntitulo({ world: erp.world, loginMs: 0, refuse });
    expect((await ask(other.url, "lireTiers", ["T10001"])).code).toBe("1213");
    expect((await ask(other.url, "listerReglements", ["T10001", "", ""])).code).toBe("OK");
    await other.close();
  });
});
