/** What a WSDL is made into, and what is said of one of which nothing can be made. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { serve } from "../../adapters/transport/fixtures/server.ts";
import type { Generated } from "../scaffold/generated.ts";
import { generateFromWsdl, type WsdlOptions } from "./generate.ts";

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));

async function made(file: string, options: Partial<WsdlOptions> = {}): Promise<Generated> {
  const generation = await generateFromWsdl(file, { product: "acme", ...options });
  if ("faults" in generation) throw new Error(JSON.stringify(generation.faults));
  return generation;
}
const textOf = ({ files }: Generated, path: string) => files.find((one) => one.path === path)?.text;

describe("what is made of a WSDL", () => {
  test("lists, choices, extensions, nil, attributes and a type that holds itself", async () => {
    const generated = await made(fixture("wrapped.wsdl"));
    const wire = textOf(generated, "wire.ts")!;
    expect(wire).toContain("Ville?: string | undefined;");
    expect(wire).toContain("Fin: z.string().nullable(),");
    expect(wire).toContain("Remarque: z.string().nullish(),");
    expect(wire).toContain("Occupant: listOf(z.string()),");
    expect(wire).toContain('"@version": whole.optional(),');
    expect(wire).toContain("Total: AvecDevise.optional(),");
    expect(wire).toContain("Annexe: listOf(z.lazy(() => Bail)),");
    expect(wire.indexOf("Numero: z.string()")).toBeLessThan(wire.indexOf("Loyer: z.string()"));
    expect(generated.operations).toEqual([
      {
        name: "LireBaux",
        about: "Les baux d'un locataire.",
        call: "client.lireBaux({ Locataire, Actifs, Filtre }, call)",
      },
      { name: "Ping", about: "", call: "client.ping(call)" },
    ]);
    expect(generated.left).toEqual([
      expect.stringMatching(/^Prevenir: It answers nothing \(one-way\)/),
    ]);
  });

  test("attributes, also of groups, beside text, and those that never change", async () => {
    const wire = textOf(await made(fixture("headers.wsdl")), "wire.ts")!;
    expect(wire).toContain('"@champ": "ville" | "code postal";');
    expect(wire).toContain('"@actif"?: boolean | undefined;');
    expect(wire).toContain('  /** xs:decimal. */\n  "#text": z.string(),');
    expect(wire).toContain('"@version"?: number | undefined;');
    expect(wire).toContain('"@trace"?: string | undefined;');
  });

  test("SOAP headers, of what is asked and of what is answered", async () => {
    const generated = await made(fixture("headers.wsdl"));
    expect(generated.operations.map(({ call }) => call)).toEqual([
      "client.ouvrir({ Utilisateur }, call)",
      "client.lister({ Session }, call)",
      'client.chercher({ Critere, "@version", "@trace" }, { Session, Langue }, call)',
    ]);
    expect(textOf(generated, "client.ts")).toContain(
      "Promise<{ answer: OuvrirReponse; headers: SoapHeaders }>;",
    );
    expect(textOf(generated, "wire.ts")).toMatch(
      /SoapHeaders2 \{\s+Session: Session;[^}]+Langue\?: string/,
    );
    expect(generated.left).toEqual([]);
  });

  test("types and elements that stand in the place of others", async () => {
    const wire = textOf(await made(fixture("derived.wsdl")), "wire.ts")!;
    expect(wire).toContain('"@xsi:type": "Societe" | "Particulier";');
    expect(wire).toContain("Siret: z.string().optional(),");
    expect(wire).toMatch(/interface Ecrire \{\s+Tiers: Tiers;\s+Carte\?: Carte/);
    expect(wire).toMatch(/Carte: listOf\(Carte\),\s+Cheque: listOf\(Moyen\),/);
  });

  test("only the operations that are chosen", async () => {
    const { operations } = await made(fixture("wrapped.wsdl"), { operations: ["Ping"] });
    expect(operations.map(({ name }) => name)).toEqual(["Ping"]);
  });

  test("copies in UTF-8, whatever the WSDL is in; a bare value is left out with the reason", async () => {
    const generated = await made(fixture("bare.wsdl"));
    expect(textOf(generated, "wsdl/bare.wsdl")).toMatch(/encoding="UTF-8"[^]*"Critères"/);
    expect(textOf(generated, "wire.ts")).toContain('"Critères"?: Solde | undefined;');
    expect(generated.left).toEqual([
      "solde.numero: What it is sent is a bare value in Numero, and only elements inside can be.",
    ]);
  });

  test("the tree of what it imports, and types of one name in two namespaces", async () => {
    const generated = await made(fixture("namespaces/service/portail.wsdl"));
    expect(generated.files.map(({ path }) => path)).toEqual([
      "wsdl/service/portail.wsdl",
      "wsdl/types/contrat.xsd",
      "wsdl/types/personne.xsd",
      "wsdl/types/adresse.xsd",
      "wire.ts",
      "client.ts",
      "errors.ts",
    ]);
    expect(generated.description?.path).toBe("wsdl/service/portail.wsdl");
    expect(textOf(generated, "wire.ts")).toMatch(/const Adresse = [^]*const Adresse2 = /);
  });

  test("of two ports the newer, unless told", async () => {
    const newer = await made(fixture("two-ports.wsdl"));
    expect(textOf(newer, "client.ts")).toContain('version: "1.2"');
    expect(newer.left).toEqual([
      "The port Soap (SOAP 1.1): Soap12 (SOAP 1.2) was taken; --port Soap takes the other.",
    ]);
    const older = await made(fixture("two-ports.wsdl"), { port: "Soap" });
    expect(textOf(older, "client.ts")).toContain('version: "1.1"');
  });

  test.each([
    ["digest.wsdl", "digest: true", "z.string().min(1)"],
    ["password.wsdl", "digest: false", "z.string().min(1)"],
    ["any.wsdl", "headers: basic(settings)", "z.string().min(1).optional()"],
  ])("the credentials that its policy asks for: %s", async (name, option, schema) => {
    const generated = await made(fixture(name));
    expect(textOf(generated, "client.ts")).toContain(option);
    const password = generated.settings.find((one) => one.name === "password");
    expect(password).toMatchObject({ secret: true, schema });
  });

  test("a file that comes in the answer, or beside it", async () => {
    const inline = await made(fixture("file.wsdl"));
    expect(textOf(inline, "client.ts")).toContain('open("Lire", LireReponse, "Contenu")');
    expect(textOf(inline, "wire.ts")).toContain("Duree: whole.optional(),");
    const beside = await made(fixture("mtom.wsdl"));
    expect(textOf(beside, "client.ts")).toContain('open("Lire", LireReponse)');
    expect(textOf(beside, "wire.ts")).toContain("Duree: whole,");
  });

  test("a long one in a file for each operation, with what they share apart", async () => {
    const pavois = new URL("../../adapters/erp/pavois/wsdl/PortailLocataire.wsdl", import.meta.url);
    const generated = await made(fileURLToPath(pavois));
    const paths = generated.files.map(({ path }) => path);
    expect(paths).toContain("wire/lire-soldes.ts");
    expect(paths).toContain("wire/shared.ts");
    const longest = generated.files
      .filter(({ path }) => path.startsWith("wire"))
      .map(({ text }) => text.split("\n").length);
    expect(Math.max(...longest)).toBeLessThan(330);
  });

  test("what it can; of the rest it says why not", async () => {
    const { operations, left } = await made(fixture("left.wsdl"));
    expect(operations.map(({ name }) => name)).toEqual(["Lire", "Chercher", "Derriere"]);
    expect(left).toEqual([
      expect.stringMatching(/^ParType: Its message names a type instead of an element/),
      expect.stringMatching(/^Double: Its message has several parts in the body/),
      expect.stringMatching(/^Encore: The WSDL has several operations of this name/),
      "Text between elements (mixed): an answer with some in LireReponse is BAD_RESPONSE.",
      "The policy asks for X509Token, which is not written: ask whether the ERP insists.",
    ]);
  });

  test("from an address: it is fetched with what it imports from there", async () => {
    const server = await serve(async (response, { url }) => {
      const [, name] = /^\/ws\?(\w+)/.exec(url) ?? [];
      const file = name === "wsdl" ? "service/portail.wsdl" : `types/${name}.xsd`;
      const text = await readFile(fixture(`namespaces/${file}`), "utf8");
      const asServed = text.replace(
        /schemaLocation="(?:\.\.\/types\/)?(\w+)\.xsd"/g,
        (_whole, one: string) => `schemaLocation="${server.url}/ws?${one}&amp;v=1"`,
      );
      response.end(asServed);
    });
    const generated = await made(`${server.url}/ws?wsdl`);
    expect(generated.description?.path).toBe("wsdl/ws.wsdl");
    expect(textOf(generated, "wsdl/ws.wsdl")).toContain('schemaLocation="ws-1.xsd"');
    expect(textOf(generated, "wsdl/ws-1.xsd")).toContain('schemaLocation="ws-2.xsd"');
    expect(textOf(generated, "wire.ts")).toContain("const Contrat =");
  });
});

describe("nothing is made, and it is said where and why", () => {
  test.each<[what: string, file: string, line: number, place: string, told: RegExp]>([
    ["broken XML", "broken.wsdl", 17, "", /no well-formed XML: Unexpected close tag\.$/],
    ["a DOCTYPE", "doctype.wsdl", 2, "", /has a DOCTYPE.*Remove it/],
    ["a page", "page.wsdl", 1, "", /a web page, no WSDL/],
    ["WSDL 2.0", "wsdl2.wsdl", 1, "description", /WSDL 2\.0.*Ask for the 1\.1/],
    ["a schema", "namespaces/types/personne.xsd", 2, "schema", /Give the WSDL that imports it/],
    [
      "no service",
      "no-service.wsdl",
      2,
      "definitions",
      /Add before <\/definitions>.*binding="p:B"/,
    ],
    [
      "an import from a server",
      "far.wsdl",
      5,
      "http://erp.invalid/commun.xsd",
      /Download it beside this file and change schemaLocation/,
    ],
    [
      "an import that is not there",
      "absent.wsdl",
      5,
      "absent.xsd",
      /there is no such file.*Put it at/,
    ],
    ["no file", "nowhere.wsdl", 0, "", /there is no such file/],
  ])("%s", async (_what, name, line, place, told) => {
    const generation = await generateFromWsdl(fixture(name), { product: "acme" });
    const fault = { file: fixture(name), line, place, message: expect.stringMatching(told) };
    expect(generation).toEqual({ faults: [fault] });
  });

  test("names that lead nowhere, all of them at once", async () => {
    const generation = await generateFromWsdl(fixture("unknown.wsdl"), { product: "acme" });
    expect(generation).toMatchObject({
      faults: [
        { line: 5, place: "Numro", message: expect.stringContaining("There is no type Numro") },
        { line: 6, place: "Personne" },
      ],
    });
  });

  test.each([
    [{ operations: ["Pong"] }, "There is no such operation. There are: LireBaux, Ping, Prevenir."],
    [{ port: "Other" }, "There is no SOAP port of this name. There are: PortailPort (SOAP 1.1)."],
    [{ operations: ["Prevenir"] }, "None of its operations can be called. Prevenir: It answers"],
  ])("a choice of what is not there: %j", async (options, told) => {
    const generation = await generateFromWsdl(fixture("wrapped.wsdl"), {
      product: "acme",
      ...options,
    });
    expect(generation).toMatchObject({ faults: [{ message: expect.stringContaining(told) }] });
  });

  test("an address whose import is on another server", async () => {
    const text = await readFile(fixture("far.wsdl"), "utf8");
    const server = await serve((response) => void response.end(text));
    const generation = await generateFromWsdl(server.url, { product: "acme" });
    expect(generation).toMatchObject({
      faults: [{ line: 5, message: expect.stringContaining("is on another server") }],
    });
    expect(server.received).toHaveLength(1);
  });
});
