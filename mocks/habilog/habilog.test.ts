import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MockErp } from "../kit/product.ts";
import { parseXml, writeXml } from "../kit/xml.ts";
import { contractsOf, personWith } from "../world/find.ts";
import { oddities, type Oddity } from "../world/oddities.ts";
import { callHabilog, enveloped, messageOf, post, textsOf, type Credentials } from "./caller.ts";
import { latin1 } from "./encoding.ts";
import { keyOfContract, keyOfNotice, keyOfPerson } from "./keys.ts";
import { lint } from "./lint.ts";
import { samples } from "./samples.ts";
import { fieldsOf, operations, published, type Field } from "./schema.ts";
import { servicePath, startHabilog } from "./start.ts";

const isReference = ({ name }: Field) => name === "ReferenceExterne";

describe("Habilog", () => {
  let erp: MockErp;
  beforeAll(async () => {
    erp = await startHabilog();
  });
  afterAll(() => erp.close());

  const contractWith = (oddity: Oddity) =>
    contractsOf(erp.world, personWith(erp.world, oddity))[0]!;
  const call = (operation: string, key: string, given?: Credentials) =>
    callHabilog(erp.url, operation, key, given);
  const everything = () => contractWith(oddities.everything);

  it("publishes its WSDL, and its XSD also where the relative import leads", async () => {
    const wsdl = await (await fetch(`${erp.url}${servicePath}?wsdl`)).text();
    expect(wsdl).toBe(published.get("PortailLocataire.wsdl"));
    const [, location] = /schemaLocation="([^"]+)"/.exec(wsdl)!;
    const relative = await fetch(new URL(location!, erp.url + servicePath));
    const asked = await fetch(`${erp.url}${servicePath}?xsd=${location}`);
    expect([await relative.text(), await asked.text()]).toEqual(
      Array(2).fill(published.get("PortailLocataire.xsd")),
    );
  });

  it("answers every operation as its own XSD says", async () => {
    const contract = everything();
    const keys: Record<string, string> = {
      LireLocataire: keyOfPerson({ number: contract.signatories[0]! }),
      ListerContrats: keyOfPerson({ number: contract.signatories[0]! }),
      LireDocument: keyOfNotice(contract.notices[0]!),
    };
    const answers: string[] = [];
    const reads = operations.filter((operation) => samples[operation] === undefined);
    for (const operation of reads.filter((name) => !fieldsOf(name).some(isReference))) {
      const { status, answer } = await call(operation, keys[operation] ?? keyOfContract(contract));
      expect([operation, status, answer.name]).toEqual([operation, 200, `${operation}Response`]);
      answers.push(writeXml(answer));
    }
    const [found] = textsOf(
      (await call("RechercherLocataire", keyOfContract(contract))).answer,
      "RechercherLocataireResult",
    );
    answers.push(writeXml(parseXml(found!)));
    expect(await lint(answers)).toEqual(answers.map(() => null));
  });

  it("writes ISO-8859-1, says so in the prolog and says UTF-8 in the header", async () => {
    const { bytes, type, text } = await call(
      "LireLocataire",
      keyOfPerson(personWith(erp.world, oddities.accents)),
    );
    expect(type).toBe("text/xml; charset=utf-8");
    expect(bytes.toString("latin1")).toMatch(/^<\?xml version="1.0" encoding="ISO-8859-1"\?>/);
    expect(bytes.includes(Buffer.from("Ma\xEBlys-\xC9l\xE9onore", "latin1"))).toBe(true);
    expect(text).toContain("<Nom>Cœurderoÿ");
  });

  it("has no byte for what Windows has none for", () => {
    expect(latin1("l’œuvre à 5 €").toString("latin1")).toBe("l\x92\x9Cuvre \xE0 5 \x80");
    const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    const known = new TextDecoder("windows-1252").decode(all).replace(/[\x80-\x9F]/g, "?");
    expect(new TextDecoder("windows-1252").decode(latin1(known))).toBe(known);
    expect(latin1("ž→😀").toString("latin1")).toBe("\x9E&#8594;&#128512;");
  });

  it("fills columns up with spaces, keys too, and takes keys either way", async () => {
    const key = keyOfContract(everything());
    const { answer } = await call("LireSolde", `${key}  `);
    expect(textsOf(answer, "NumeroContrat")).toEqual([`${key}  `]);
    const [insurer] = textsOf((await call("LireAssurance", key)).answer, "Assureur");
    expect(insurer).toHaveLength(50);
  });

  it("writes what the tenant owes without a sign in the entries, and with a minus in the balance", async () => {
    const contract = contractWith(oddities.large);
    const amounts = async (operation: string) =>
      textsOf((await call(operation, keyOfContract(contract))).answer, "Montant");
    expect(contract.balanceCents).toBeGreaterThan(100_000);
    expect((await amounts("LireSolde"))[0]).toMatch(/^ *-\d{1,3}[ \u00A0]\d{3},\d\d$/);
    const entries = await amounts("ListerEcritures");
    expect(entries).toHaveLength(contract.entries.length);
    for (const [i, { cents }] of contract.entries.toReversed().entries()) {
      expect(entries[i]).toMatch(cents < 0 ? /^ *\d.*\d-$/ : /^ *\d.*\d$/);
    }
    expect(entries.some((written) => written.includes("\u00A0"))).toBe(true);
    expect(entries.some((written) => /\d \d/.test(written))).toBe(true);
  });

  it("gives a balance with a warning, which is no error", async () => {
    const { answer } = await call("LireSolde", keyOfContract(everything()));
    expect([textsOf(answer, "Type"), textsOf(answer, "Montant").length]).toEqual([["A"], 1]);
  });

  it("calls it an error when there is nothing", async () => {
    for (const [operation, key] of [
      ["LireEcheancier", keyOfContract(contractWith(oddities.zero))],
      ["LireAssurance", keyOfContract(contractWith(oddities.empty))],
      ["LireSolde", "L9999999"],
      ["ListerContrats", "99999999"],
      ["LireDocument", "AV999999999"],
    ] as const) {
      const { status, answer } = await call(operation, key);
      expect([status, textsOf(answer, "Type"), textsOf(answer, "Texte")]).toEqual([
        200,
        ["E"],
        ["Aucun enregistrement"],
      ]);
    }
  });

  it("has an empty result for somebody whom it does not know", async () => {
    const key = keyOfContract(everything());
    for (const given of [{ user: "autre" }, { password: "faux" }]) {
      const { status, text } = await call("LireSolde", key, given);
      expect([status, text.includes("<LireSoldeResult></LireSoldeResult>")]).toEqual([200, true]);
      const search = await call("RechercherLocataire", key, given);
      expect(textsOf(search.answer, "RechercherLocataireResult")).toEqual(["-4"]);
    }
  });

  it("searches with a document in a string, or a number below zero", async () => {
    const search = async (url: string, key: string) =>
      textsOf(
        (await callHabilog(url, "RechercherLocataire", key)).answer,
        "RechercherLocataireResult",
      )[0]!;
    const both = contractWith(oddities.cotenantFirst);
    const document = parseXml(await search(erp.url, keyOfContract(both)));
    expect(textsOf(document, "NumeroTiers").map((key) => key.trim())).toEqual(
      both.signatories.map((number) => keyOfPerson({ number })),
    );
    expect(await search(erp.url, "L9999999")).toBe("-2");
    for (const searchRefusal of [-1, -3] as const) {
      const other = await startHabilog({ world: erp.world, searchRefusal });
      expect(await search(other.url, keyOfContract(both))).toBe(String(searchRefusal));
      await other.close();
    }
  });

  it("knows one base, and closes accounts while the night's batch runs", async () => {
    const other = await startHabilog({ world: erp.world, inBatch: () => true });
    const key = keyOfContract(everything());
    const textOf = async (operation: string, given?: Credentials) =>
      textsOf((await callHabilog(other.url, operation, key, given)).answer, "Texte")[0];
    expect(await textOf("LireFacturation", { base: "VITRY" })).toBe("Base inconnue : VITRY");
    expect(await textOf("ListerEcritures")).toBe("Traitement de nuit en cours");
    expect(await textOf("LireFacturation")).toBeUndefined();
    await other.close();
  });

  it("turns a fifth call at once away", async () => {
    const slow = await startHabilog({ world: erp.world, workMs: 300 });
    const key = keyOfContract(everything());
    const calls = await Promise.all(
      [1, 2, 3, 4, 5].map(() => callHabilog(slow.url, "LireSolde", key)),
    );
    expect(calls.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200, 200, 200, 200, 500,
    ]);
    expect(calls.find(({ status }) => status === 500)!.text).toContain("<Code>OCCUPE</Code>");
    await slow.close();
  });

  it("shows a co-tenancy to both tenants", async () => {
    const people = [oddities.cotenantFirst, oddities.cotenantSecond].map((oddity) =>
      personWith(erp.world, oddity),
    );
    const shown = await Promise.all(
      people.map(async (person) =>
        textsOf((await call("ListerContrats", keyOfPerson(person))).answer, "NumeroContrat"),
      ),
    );
    expect(shown[0]!.filter((key) => shown[1]!.includes(key))).toHaveLength(1);
  });

  it("sends a notice as base64, whole", async () => {
    const notice = everything().notices[0]!;
    const { answer } = await call("LireDocument", keyOfNotice(notice));
    const file = Buffer.from(textsOf(answer, "Contenu")[0]!, "base64");
    expect(file.toString("latin1")).toMatch(/^%PDF-1\.4[\s\S]*%%EOF\s*$/);
    expect(textsOf(answer, "Taille")).toEqual([String(file.length)]);
  });

  const balance = messageOf("LireSolde", "L1200001");
  it.each([
    ["no XML", "solde svp"],
    ["a message that does not fit", enveloped(balance.replace("<Base>", "<base>"))],
    [
      "SOAP 1.2",
      enveloped(balance).replace(
        /xmlns:s="[^"]*"/,
        'xmlns:s="http://www.w3.org/2003/05/soap-envelope"',
      ),
    ],
    ["two messages", enveloped(balance + balance)],
    ["a DOCTYPE", `<!DOCTYPE x>${enveloped(balance)}`],
    ["a message under the SOAPAction of another", enveloped(messageOf("LireRib", "L1200001"))],
  ])("answers %s with a Fault of the client", async (_, envelope) => {
    const response = await post(erp.url, envelope, "LireSolde");
    expect(response.status).toBe(500);
    expect(await response.text()).toContain("<faultcode>soap:Client</faultcode>");
  });
});
