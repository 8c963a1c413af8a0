import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MockErp } from "../kit/product.ts";
import { contractsOf, personWith } from "../world/find.ts";
import { oddities } from "../world/oddities.ts";
import { callPavois, post, signedEnvelope, textsOf } from "./caller.ts";
import { keyOfContract, keyOfDocument, keyOfPerson } from "./keys.ts";
import { operations } from "./messages.ts";
import { namespaces } from "./namespaces.ts";
import { lint, published } from "./schema.ts";
import { servicePath, startPavois } from "./start.ts";
import { usualMessage } from "./usual.ts";
import { isWrite } from "./writes/table.ts";
import { writeXml } from "../kit/xml.ts";

const { cpt, ctr, doc, com } = namespaces;
const page = (skip: number, max: number) =>
  `<Pagination><SkipRecords xmlns="${com}">${skip}</SkipRecords><MaxRecords xmlns="${com}">${max}</MaxRecords></Pagination>`;
const entries = (contract: string, skip: number, max: number) =>
  `<ListerEcritures xmlns="${cpt}"><NumeroContrat>${contract}</NumeroContrat>${page(skip, max)}</ListerEcritures>`;
const balance = usualMessage("LireSoldes");

describe("Pavois", () => {
  let erp: MockErp;
  beforeAll(async () => {
    erp = await startPavois();
  });
  afterAll(() => erp.close());

  const firstContractWith = (oddity: (typeof oddities)[keyof typeof oddities]) =>
    contractsOf(erp.world, personWith(erp.world, oddity))[0]!;

  it("publishes its WSDL and XSDs, also where the relative imports lead", async () => {
    const wsdl = await (await fetch(`${erp.url}${servicePath}?wsdl`)).text();
    expect(wsdl).toBe(published.get("PortailLocataire.wsdl"));
    const locations = [...wsdl.matchAll(/schemaLocation="([^"]+)"/g)].map(([, path]) => path!);
    expect(locations).toHaveLength(7);
    for (const path of [...locations, "types/commun.xsd"]) {
      const relative = await fetch(new URL(path, erp.url + servicePath));
      const asked = await fetch(`${erp.url}${servicePath}?xsd=${path}`);
      expect([await relative.text(), await asked.text()]).toEqual(
        Array(2).fill(published.get(path)),
      );
    }
  });

  it.each([oddities.everything, oddities.debt, oddities.longTexts])(
    "answers every operation as its own XSDs say, for %s",
    async (oddity) => {
      const { number } = firstContractWith(oddity);
      const key = `L/${2_013_935 + number}`;
      const reads = operations.filter((name) => !isWrite(name));
      const bodies = reads.map((name) =>
        usualMessage(name)
          .replace("L/2013936", key)
          .replace(/0{4}1001/, `${String(number).padStart(5, "0")}001`),
      );
      const answers: string[] = [];
      for (const body of bodies.filter((each) => !each.startsWith("<OuvrirDocument"))) {
        const { status, answer } = await callPavois(erp.url, body);
        expect([answer.name, status, textsOf(answer, "Success")]).toEqual([
          expect.any(String),
          200,
          ["true"],
        ]);
        answers.push(writeXml(answer));
      }
      expect(await lint(answers)).toEqual(answers.map(() => null));
    },
  );

  it("gives at most 50 records, whatever is asked", async () => {
    const contract = firstContractWith(oddities.many);
    const { answer } = await callPavois(erp.url, entries(keyOfContract(contract), 10, 100));
    expect(textsOf(answer, "NumeroEcriture")).toEqual(
      contract.entries.slice(10, 60).map((entry) => `E${entry.number}`),
    );
    expect(textsOf(answer, "NombreTotal")).toEqual([String(contract.entries.length)]);
  });

  it("shows a co-tenancy to both tenants", async () => {
    const people = [oddities.cotenantFirst, oddities.cotenantSecond].map((oddity) =>
      personWith(erp.world, oddity),
    );
    const shown = people.map(async (person) => {
      const body = `<ListerContrats xmlns="${ctr}"><NumeroTiers>${keyOfPerson(person)}</NumeroTiers><InclureResilies>true</InclureResilies>${page(0, 50)}</ListerContrats>`;
      return textsOf((await callPavois(erp.url, body)).answer, "NumeroContrat");
    });
    const [first, second] = await Promise.all(shown);
    expect(first!.filter((key) => second!.includes(key))).toHaveLength(1);
  });

  it("tells business errors inside a 200", async () => {
    const { status, answer } = await callPavois(erp.url, entries("L/9999999", 0, 10));
    expect([status, textsOf(answer, "Success"), textsOf(answer, "ErrorCode")]).toEqual([
      200,
      ["false"],
      ["404"],
    ]);
    expect(await lint([writeXml(answer)])).toEqual([null]);
  });

  it("refuses what its rules refuse with 403 and 610", async () => {
    const other = await startPavois({
      world: erp.world,
      inBatch: () => true,
      forbidden: ["LireAssurances"],
    });
    const codeOf = async (body: string) =>
      textsOf((await callPavois(other.url, body)).answer, "ErrorCode")[0];
    expect(await codeOf(usualMessage("LireAssurances"))).toBe("403");
    expect(await codeOf(balance)).toBe("610");
    expect(await codeOf(usualMessage("ListerDemandes"))).toBe("");
    await other.close();
  });

  it.each([
    ["a bad token", signedEnvelope(balance, { password: "x" }), 400, "wsse:FailedAuthentication"],
    ["no XML", "solde svp", 400, "Sender"],
    ["a message that does not fit", signedEnvelope("<LireSoldes/>"), 400, "Sender"],
    ["SOAP 1.1", signedEnvelope(balance).replace(/soap-envelope"/, '"'), 500, "VersionMismatch"],
    ["a DOCTYPE", `<!DOCTYPE x>${signedEnvelope(balance)}`, 400, "Sender"],
  ])("answers %s with a Fault", async (_, envelope, status, code) => {
    const response = await post(erp.url, envelope);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(`${code}</env:Value>`);
  });

  it("does not take a call for one operation under the name of another", async () => {
    const response = await fetch(erp.url + servicePath, {
      method: "POST",
      headers: { "content-type": 'application/soap+xml; action="urn:x/LireDemandes"' },
      body: signedEnvelope(balance),
    });
    expect(response.status).toBe(400);
  });

  it("turns a third call at once away", async () => {
    const slow = await startPavois({ world: erp.world, workMs: 300 });
    await callPavois(slow.url, balance);
    const calls = await Promise.all([1, 2, 3].map(() => callPavois(slow.url, balance)));
    expect(calls.map(({ status }) => status).sort()).toEqual([200, 200, 500]);
    expect(calls.find(({ status }) => status === 500)!.text).toContain("com:ServeurOccupe");
    await slow.close();
  });

  it("sends a document beside the envelope, byte for byte", async () => {
    const key = keyOfDocument("AE", firstContractWith(oddities.accents).notices[0]!);
    const body = `<OuvrirDocument xmlns="${doc}"><NumeroDocument>${key}</NumeroDocument></OuvrirDocument>`;
    const response = await post(erp.url, signedEnvelope(body));
    const type = response.headers.get("content-type")!;
    const [, boundary] = /boundary="([^"]+)"/.exec(type)!;
    const parts = Buffer.from(await response.arrayBuffer())
      .toString("latin1")
      .split(`--${boundary}`);
    expect(parts).toHaveLength(4);
    expect(parts[1]).toContain('href="cid:contenu@pavois.example"');
    const [head, file] = parts[2]!.split(/\r\n\r\n([\s\S]*)\r\n$/);
    expect(head).toContain("Content-ID: <contenu@pavois.example>");
    expect(file).toMatch(/^%PDF-1\.4[\s\S]*%%EOF\s*$/);
    expect(parts[1]).toContain(`<doc:Taille>${file!.length}</doc:Taille>`);
  });
});
