/** The mock itself, called by hand: it takes what the published interface says, and nothing else. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { validateXML } from "xmllint-wasm";
import type { MockProvider } from "../checkout/provider.ts";
import { parseXml, writeXml } from "../kit/xml.ts";
import { pagePath } from "./page.ts";
import { namespace, published } from "./schema.ts";
import { servicePath, startPayfip } from "./start.ts";

let payfip: MockProvider;
beforeAll(async () => {
  payfip = await startPayfip();
});
afterAll(() => payfip.close());

const usual: Record<string, string> = {
  exer: "2026",
  mel: "helene@example.org",
  montant: "12050",
  numcli: "093001",
  objet: "Contrat 1",
  refdet: "ABC123",
  saisie: "T",
  urlnotif: "http://127.0.0.1:9/n",
  urlredirect: "http://127.0.0.1:9/r",
};

const fieldsOf = (fields: Record<string, string>) =>
  Object.entries(fields)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join("");
const message = (operation: string, inside: string, ns = namespace) =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><p:${operation} xmlns:p="${ns}"><arg0>${inside}</arg0></p:${operation}></s:Body></s:Envelope>`;

async function post(body: string, headers: Record<string, string> = {}) {
  const response = await fetch(payfip.url + servicePath, {
    method: "POST",
    headers: { "content-type": "text/xml; charset=utf-8", soapaction: '""', ...headers },
    body,
  });
  const text = await response.text();
  return { status: response.status, text };
}
const codeIn = (text: string) =>
  `${/<ns4:(\w+Erreur)/.exec(text)?.[1]} ${/<code>(\w+)/.exec(text)?.[1]}`;
const create = (change: Record<string, string> = {}) =>
  post(message("creerPaiementSecurise", fieldsOf({ ...usual, ...change })));
const idOpIn = (text: string) => /<idOp>([^<]+)/.exec(text)![1]!;
const detail = (idOp: string) =>
  post(message("recupererDetailPaiementSecurise", `<idOp>${idOp}</idOp>`));

describe("a payment", () => {
  it.each([
    ["montant", "99"],
    ["montant", "10000001"],
    ["montant", "12.50"],
    ["refdet", ""],
    ["refdet", "A-1"],
    ["refdet", "A".repeat(31)],
    ["objet", "Loyer n° 1"],
    ["mel", "a@b"],
    ["numcli", "12345"],
    ["numcli", "999999"],
    ["exer", "26"],
    ["saisie", "P"],
    ["urlnotif", "ftp://x"],
  ])("with %s = %s is refused", async (field, value) => {
    const { status, text } = await create({ [field]: value });
    expect(status).toBe(500);
    expect(codeIn(text)).toMatch(/^FonctionnelleErreur \w\d$/);
  });

  it("that is made as the interface says is not known, then known", async () => {
    const idOp = idOpIn((await create()).text);
    expect(codeIn((await detail(idOp)).text)).toBe("FonctionnelleErreur P5");
    const page = await fetch(`${payfip.url}${pagePath}?idop=${idOp}`);
    const html = await page.text();
    expect(html).toContain('<html lang="fr">');
    expect(html).toMatch(/120,50.€/);
    const paid = await fetch(`${payfip.url}${pagePath}?idop=${idOp}`, {
      method: "POST",
      body: new URLSearchParams({ decision: "payer" }),
      redirect: "manual",
    });
    expect(paid.headers.get("location")).toBe(`http://127.0.0.1:9/r?idop=${idOp}`);
    const { text } = await detail(idOp);
    expect(text).toContain("<resultrans>P</resultrans>");
    const content = parseXml(text).children[0]!.children[0]!;
    const xsd = (name: string) => published.get(`types/${name}`)!;
    const { errors } = await validateXML({
      xml: [{ fileName: "m.xml", contents: writeXml(content) }],
      schema: [{ fileName: "service.xsd", contents: xsd("service.xsd") }],
      preload: ["requete.xsd", "reponse.xsd"].map((fileName) => ({
        fileName,
        contents: xsd(fileName),
      })),
    });
    expect(errors).toEqual([]);
    expect((await fetch(`${payfip.url}${pagePath}?idop=${idOp}`)).status).toBe(409);
  });

  it("that nobody made is gone after the night, and its page after a quarter of an hour", async () => {
    const idOp = idOpIn((await create()).text);
    const clock = (shiftMs: number) =>
      fetch(`${payfip.doorUrl}/clock`, { method: "PUT", body: JSON.stringify({ shiftMs }) });
    await clock(16 * 60_000);
    expect((await fetch(`${payfip.url}${pagePath}?idop=${idOp}`)).status).toBe(410);
    await clock(0);
    await fetch(`${payfip.doorUrl}/purge`, { method: "POST" });
    expect(codeIn((await detail(idOp)).text)).toBe("FonctionnelleErreur P1");
  });
});

describe("a call", () => {
  const inside = fieldsOf(usual);
  it.each([
    ["of another namespace", message("creerPaiementSecurise", inside, "urn:x"), {}],
    ["of no operation", message("payer", inside), {}],
    [
      "with fields out of order",
      message("creerPaiementSecurise", inside + "<exer>2026</exer>"),
      {},
    ],
    ["with a field too many", message("creerPaiementSecurise", `${inside}<x>1</x>`), {}],
    [
      "with qualified fields",
      message("creerPaiementSecurise", inside).replace(
        "<exer>2026</exer>",
        "<p:exer>2026</p:exer>",
      ),
      {},
    ],
    ["with another SOAPAction", message("creerPaiementSecurise", inside), { soapaction: "x" }],
    [
      "of SOAP 1.2",
      message("creerPaiementSecurise", inside).replace(
        "http://schemas.xmlsoap.org/soap/envelope/",
        "http://www.w3.org/2003/05/soap-envelope",
      ),
      {},
    ],
    ["that is no XML", "{}", {}],
  ])("%s is refused", async (_what, body, headers) => {
    const { status, text } = await post(body, headers);
    expect(status).toBe(500);
    expect(codeIn(text)).toBe("TechProtocolaireErreur T1");
  });

  it("for the WSDL leads to every XSD that it imports", async () => {
    const at = `${payfip.url}${servicePath}`;
    const wsdl = await (await fetch(`${at}?wsdl`)).text();
    const imports = [...wsdl.matchAll(/schemaLocation="([^"]+)"/g)].map((match) => match[1]!);
    expect(imports).toHaveLength(3);
    for (const path of imports) expect((await fetch(new URL(path, at))).status).toBe(200);
  });
});
