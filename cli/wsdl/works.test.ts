/** Whatever an adapter is begun with, it compiles and is clean; made of a WSDL, it calls as that says. */
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { allChecks } from "../../adapters/conformance/list.ts";
import { runConformance } from "../../adapters/conformance/run.ts";
import { createSubject } from "../../adapters/conformance/subject.ts";
import { loadAdapters } from "../../adapters/load.ts";
import type { Io } from "../../adapters/ports/adapter.ts";
import type { Call } from "../../adapters/ports/port.ts";
import { answering, envelope } from "../../adapters/transport/fixtures/soap.ts";
import {
  serve,
  testCall,
  testIo,
  type Answerer,
} from "../../adapters/transport/fixtures/server.ts";
import { parseXml, type XmlElement } from "../../adapters/transport/xml.ts";
import { runCommand } from "../testing/terminal.ts";
import { createProject, type Project } from "../testing/project.ts";

const works: Readonly<Record<string, string>> = {
  wrapped: "fixtures/wrapped.wsdl",
  bare: "fixtures/bare.wsdl",
  "rpc-encoded": "fixtures/rpc-encoded.wsdl",
  "rpc-literal": "fixtures/rpc-literal.wsdl",
  "two-ports": "fixtures/two-ports.wsdl",
  namespaces: "fixtures/namespaces/service/portail.wsdl",
  any: "fixtures/any.wsdl",
  recursive: "fixtures/recursive.wsdl",
  file: "fixtures/file.wsdl",
  mtom: "fixtures/mtom.wsdl",
  headers: "fixtures/headers.wsdl",
  derived: "fixtures/derived.wsdl",
  left: "fixtures/left.wsdl",
  digest: "fixtures/digest.wsdl",
  password: "fixtures/password.wsdl",
  habilog: "../../adapters/erp/habilog/wsdl/PortailLocataire.wsdl",
  intitulo: "../../adapters/erp/intitulo/wsdl/serveur_portail.wsdl",
};
const others: Readonly<Record<string, readonly string[]>> = {
  "by-hand": ["--empty"],
  syndeo: ["--openapi", pathOf("../../adapters/erp/syndeo/openapi.yaml")],
};
const all = {
  ...Object.fromEntries(
    Object.entries(works).map(([name, path]) => [name, ["--wsdl", pathOf(path)]]),
  ),
  ...others,
};
function pathOf(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

let project: Project;
beforeAll(async () => {
  project = await createProject();
  for (const [name, args] of Object.entries(all)) {
    const { code, err } = await runCommand(["adapter", "new", name, ...args], project);
    expect([name, code, err]).toEqual([name, 0, ""]);
  }
});
afterAll(() => project?.remove());

test("all of them compile", { timeout: 60_000 }, async () => {
  expect(await project.compile()).toBe("");
});

test("all of them are clean", { timeout: 60_000 }, async () => {
  expect(await project.lint()).toBe("");
});

test("each is an adapter that serves nothing yet", async () => {
  const adapters = await loadAdapters(new URL("adapters/erp/", project.root));
  expect([...adapters.keys()]).toEqual(Object.keys(all).toSorted());
  const landlord = { id: "here", erp: { product: "wrapped", concurrency: 1, deadlineMs: 1000 } };
  const adapter = adapters.get("wrapped")!;
  const settings = { endpoint: "http://127.0.0.1:9/ws", timeZone: "Europe/Paris" };
  expect(adapter.settings.safeParse({ ...settings, timeZone: "Paris" }).success).toBe(false);
  const subject = await createSubject({
    adapter,
    landlord: landlord.id,
    settings: adapter.settings.parse(settings),
    limits: landlord.erp,
    material: {},
    lever: null,
    now: () => new Date(),
  });
  onTestFinished(() => subject.close());
  expect(subject.usual.ports.served).toEqual([]);
  const { checks } = await runConformance(allChecks, subject, {
    write: false,
    only: ["balances."],
  });
  const skipped = {
    status: "skip",
    reason: "not written yet: see adapters/erp/wrapped/billing.ts",
  };
  expect(checks.length).toBeGreaterThan(2);
  for (const { finding } of checks) expect(finding).toEqual(skipped);
});

type Asked = (...given: (object | Call)[]) => Promise<unknown>;
type AnyClient = Readonly<Record<string, Asked>> & { close(): Promise<void> };
interface Module {
  createClient(settings: object, io: Io): Promise<AnyClient>;
}

/** The client that was made, before a server that answers so. */
async function clientOf(name: string, answer: Answerer, settings: object = {}) {
  const server = await serve(answer);
  const { href } = new URL(`adapters/erp/${name}/client.ts`, project.root);
  const { createClient } = (await import(href)) as Module;
  const given = { endpoint: `${server.url}/ws`, timeZone: "Europe/Paris", ...settings };
  const client = await createClient(given, testIo());
  onTestFinished(() => client.close());
  return { client, server };
}
const xml = (body: string, version: "1.1" | "1.2" = "1.1") =>
  answering(envelope(body, version), 200, "text/xml; charset=utf-8");
type Tree = [string, ...Tree[]];
/** Names with their namespaces, attributes and texts. */
function treeOf({ uri, local, attributes, children, text }: XmlElement): Tree {
  const nameOf = (one: { uri: string; local: string }) =>
    (one.uri ? `{${one.uri}}` : "") + one.local;
  const said = [...attributes.values()].map((one) => ` ${nameOf(one)}=${one.value}`).join("");
  return [nameOf({ uri, local }) + said + (text ? `=${text}` : ""), ...children.map(treeOf)];
}
/** Names and texts of the request, without prefixes. */
const plain = (body: string) =>
  body.replace(/<(\/?)[\w-]+:/g, "<$1").replace(/ [\w:-]+="[^"]*"/g, "");

describe("a call", () => {
  test("in document style, wrapped", async () => {
    const bail = `<Numero>1</Numero><Loyer>512.30</Loyer><Etat>EN_COURS</Etat><Signe>1</Signe><Fin xsi:nil="true"/><Occupant>Léa</Occupant>`;
    const { client, server } = await clientOf(
      "wrapped",
      xml(
        `<LireBauxReponse xmlns="urn:wrapped"><Nombre>1</Nombre><Bail>${bail}<Annexe>${bail}</Annexe></Bail></LireBauxReponse>`,
      ),
      { username: "portail", password: "secret" },
    );
    const request = { Filtre: { Ville: "Ivry" }, Actifs: true, Locataire: "L/1" };
    const one = {
      Numero: "1",
      Loyer: "512.30",
      Etat: "EN_COURS",
      Signe: true,
      Fin: null,
      Occupant: ["Léa"],
      Annexe: [],
    };
    expect(await client["lireBaux"]!(request, testCall())).toEqual({
      Nombre: 1,
      Bail: [{ ...one, Annexe: [one] }],
    });
    const [asked] = server.received;
    expect(plain(asked!.body)).toContain(
      "<LireBaux><Locataire>L/1</Locataire><Actifs>true</Actifs><Filtre><Ville>Ivry</Ville></Filtre></LireBaux>",
    );
    expect(asked!.headers["authorization"]).toBe(`Basic ${btoa("portail:secret")}`);
  });

  test("that takes nothing", async () => {
    const answer = `<PingReponse xmlns="urn:wrapped"><Version>7</Version></PingReponse>`;
    const { client } = await clientOf("wrapped", xml(answer));
    const ping = client["ping"] as unknown as (call: Call) => Promise<unknown>;
    expect(await ping(testCall())).toEqual({ Version: "7" });
  });

  test("in document style, bare", async () => {
    const answer = `<Reponse xmlns="urn:bare"><Montant>-3.20</Montant></Reponse>`;
    const { client, server } = await clientOf("bare", xml(answer));
    const request = { Contrat: "C/1", Critères: { Montant: "1" } };
    expect(await client["soldeLire"]!(request, testCall())).toEqual({ Montant: "-3.20" });
    expect(plain(server.received[0]!.body)).toContain(
      "<Demande><Contrat>C/1</Contrat><Critères><Montant>1</Montant></Critères></Demande>",
    );
  });

  const line = "<libelle>Loyer</libelle><montant>512.30</montant>";
  const login = { utilisateur: "portail", mot_de_passe: "secret" };
  const sent = `<login><utilisateur>portail</utilisateur><mot_de_passe>secret</mot_de_passe></login><contrat>C/1</contrat>`;

  test("in rpc style, encoded", async () => {
    const array = `<lignes xmlns:e="http://schemas.xmlsoap.org/soap/encoding/" e:arrayType="ligne[1]"><item>${line}</item></lignes>`;
    const { client, server } = await clientOf(
      "rpc-encoded",
      xml(
        `<r:lire_compteResponse xmlns:r="urn:rpc"><total>1</total>${array}</r:lire_compteResponse>`,
      ),
    );
    expect(await client["lireCompte"]!({ login, contrat: "C/1" }, testCall())).toEqual({
      total: 1,
      lignes: [{ libelle: "Loyer", montant: "512.30" }],
    });
    expect(plain(server.received[0]!.body)).toContain(`<lire_compte>${sent}</lire_compte>`);
  });

  test("in rpc style, literal", async () => {
    const { client, server } = await clientOf(
      "rpc-literal",
      xml(
        `<r:lire_compteResponse xmlns:r="urn:rpc"><total>1</total><lignes><ligne>${line}</ligne></lignes></r:lire_compteResponse>`,
      ),
    );
    expect(await client["lireCompte"]!({ login, contrat: "C/1" }, testCall())).toEqual({
      total: 1,
      lignes: { ligne: [{ libelle: "Loyer", montant: "512.30" }] },
    });
    expect(plain(server.received[0]!.body)).toContain(`<lire_compte>${sent}</lire_compte>`);
  });

  test("over schemas of several namespaces", async () => {
    const contract = `<c:Contrat><c:Titulaire><p:Nom>Léger</p:Nom></c:Titulaire><c:Lieu><c:Ligne>1 rue</c:Ligne></c:Lieu><c:Debut>2020-01-01</c:Debut></c:Contrat>`;
    const { client, server } = await clientOf(
      "namespaces",
      xml(
        `<c:LireContratsReponse xmlns:c="urn:ns:contrat" xmlns:p="urn:ns:personne">${contract}</c:LireContratsReponse>`,
      ),
    );
    expect(await client["lireContrats"]!({ Numero: ["1", "2"] }, testCall())).toEqual({
      Contrat: [{ Titulaire: { Nom: "Léger" }, Lieu: { Ligne: ["1 rue"] }, Debut: "2020-01-01" }],
    });
    expect(plain(server.received[0]!.body)).toContain("<Numero>1</Numero><Numero>2</Numero>");
  });

  test("with anything in its answer", async () => {
    const { client } = await clientOf(
      "any",
      xml(
        `<LireReponse xmlns="urn:any"><Donnees><schema/><Diff><Ligne>1</Ligne></Diff></Donnees><Libre>x</Libre></LireReponse>`,
      ),
    );
    expect(await client["lire"]!({ Numero: "1" }, testCall())).toEqual({
      Donnees: { schema: "", Diff: { Ligne: "1" } },
      Libre: "x",
    });
  });

  test("whose answer holds itself", async () => {
    const { client } = await clientOf(
      "recursive",
      xml(
        `<LireReponse xmlns="urn:recursive"><Nom>a</Nom><Parent><Vers xsi:nil="true"/></Parent><Enfant><Nom>b</Nom></Enfant></LireReponse>`,
      ),
    );
    expect(await client["lire"]!({ Numero: "1" }, testCall())).toEqual({
      Nom: "a",
      Parent: { Vers: null },
      Enfant: [{ Nom: "b", Enfant: [] }],
    });
  });

  test("over SOAP 1.2, with a Fault", async () => {
    const fault = `<s:Fault><s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Reason><s:Text>at line 12</s:Text></s:Reason></s:Fault>`;
    const { client, server } = await clientOf("two-ports", xml(fault, "1.2"));
    const error = { code: "UNAVAILABLE", message: "Lire: a Fault" };
    await expect(client["lire"]!({ Numero: "1" }, testCall())).rejects.toMatchObject(error);
    expect(server.received[0]!.headers["content-type"]).toMatch(
      /^application\/soap\+xml;.*; action=".*\?a&b"$/,
    );
  });

  const session = { Jeton: "a&b", "@expire": '"12"' };
  const list = `<ListerReponse xmlns="urn:headers"><Total devise="EUR" x="1">12.50</Total><Bail numero="B/1" type="T2" xsi:type="Bail"><Loyer devise="CHF">3</Loyer></Bail><Bail numero="B/2"><Loyer xsi:nil="true"/></Bail></ListerReponse>`;

  test("with SOAP headers, and attributes in both directions", async () => {
    const { client, server } = await clientOf("headers", xml(list));
    const request = {
      Critere: [
        { "@champ": "ville", "@actif": true, Valeur: { "#text": "1 < 2", "@devise": 'E"R' } },
        { "@champ": "code postal", Valeur: { "#text": "2" } },
      ],
      "@trace": "é",
    };
    const headers = { Session: session, Langue: "fr" };
    expect(await client["chercher"]!(request, headers, testCall())).toEqual({
      Total: { "#text": "12.50", "@devise": "EUR" },
      Bail: [
        { "@numero": "B/1", "@type": "T2", Loyer: { "#text": "3", "@devise": "CHF" } },
        { "@numero": "B/2", Loyer: null },
      ],
    });
    const root = parseXml(server.received[0]!.body);
    expect(treeOf(root)).toEqual([
      "{http://schemas.xmlsoap.org/soap/envelope/}Envelope",
      [
        "{http://schemas.xmlsoap.org/soap/envelope/}Header",
        ['{urn:session}Session expire="12"', ["Jeton=a&b"]],
        ["{urn:session}Langue=fr"],
      ],
      [
        "{http://schemas.xmlsoap.org/soap/envelope/}Body",
        [
          "{urn:headers}Chercher version=2 {urn:trace}trace=é",
          ["{urn:headers}Critere champ=ville actif=true", ['{urn:headers}Valeur devise=E"R=1 < 2']],
          ["{urn:headers}Critere champ=code postal", ["{urn:headers}Valeur=2"]],
        ],
      ],
    ]);
  });

  test("with SOAP headers and nothing else", async () => {
    const { client, server } = await clientOf("headers", xml(list));
    await client["lister"]!({ Session: session }, testCall());
    const [asked] = server.received;
    expect(plain(asked!.body)).toContain(
      "<Header><Session><Jeton>a&amp;b</Jeton></Session></Header><Body><Lister/></Body>",
    );
    const none = client["lister"]!({ Langue: "fr" }, testCall());
    await expect(none).rejects.toMatchObject({ code: "INTERNAL" });
    expect(server.received).toHaveLength(1);
  });

  test("whose answer has a SOAP header", async () => {
    const body = `<OuvrirReponse xmlns="urn:headers"><Duree>20</Duree></OuvrirReponse>`;
    const header = `<o:Autre xmlns:o="urn:o">x</o:Autre><h:Session xmlns:h="urn:session" expire="12"><Jeton>a&amp;b</Jeton></h:Session>`;
    const message = envelope(body, "1.1").replace("<s:Header/>", `<s:Header>${header}</s:Header>`);
    const { client } = await clientOf("headers", answering(message, 200, "text/xml"));
    expect(await client["ouvrir"]!({ Utilisateur: "x" }, testCall())).toEqual({
      answer: { Duree: 20 },
      headers: { Session: { Jeton: "a&b", "@expire": "12" } },
    });
  });

  test("with what stands in the place of something else", async () => {
    const answer = `<EcrireReponse xmlns="urn:derived" xmlns:o="urn:other"><Tiers xsi:type="o:Societe" forme="SA"><Numero>1</Numero><o:Siret>2</o:Siret></Tiers><Carte><Libelle>CB</Libelle><Fin>2027-01</Fin></Carte><Carte><Libelle>CB</Libelle><Fin>2028-01</Fin></Carte></EcrireReponse>`;
    const { client, server } = await clientOf("derived", xml(answer));
    const company = { "@xsi:type": "Societe", Numero: "1", Siret: "2", Prenom: [], "@forme": "SA" };
    const request = { Tiers: company, Cheque: { Libelle: "Chèque" } };
    expect(await client["ecrire"]!(request, testCall())).toEqual({
      Tiers: [company],
      Carte: [
        { Libelle: "CB", Fin: "2027-01" },
        { Libelle: "CB", Fin: "2028-01" },
      ],
      Cheque: [],
    });
    const { body } = server.received[0]!;
    const [, prefix] = /<n\d:Tiers [^>]*xsi:type="(n\d):Societe" forme="SA">/.exec(body)!;
    expect(body).toContain(`xmlns:${prefix}="urn:other"`);
    expect(plain(body)).toContain(
      "<Ecrire><Tiers><Numero>1</Numero><Siret>2</Siret></Tiers><Cheque><Libelle>Chèque</Libelle></Cheque></Ecrire>",
    );
    const wrong = { Tiers: { ...company, "@xsi:type": "Moyen" } };
    await expect(client["ecrire"]!(wrong, testCall())).rejects.toMatchObject({ code: "INTERNAL" });
  });

  test("whose header is the first part of its message", async () => {
    const answer = `<LireReponse xmlns="urn:left"><Nom>a</Nom></LireReponse>`;
    const { client, server } = await clientOf("left", xml(answer));
    await client["derriere"]!({ Numero: "1" }, { Jeton: { Valeur: "j" } }, testCall());
    expect(plain(server.received[0]!.body)).toContain(
      "<Header><Jeton><Valeur>j</Valeur></Jeton></Header><Body><Lire><Numero>1</Numero></Lire></Body>",
    );
  });

  test("whose answer does not fit", async () => {
    const { client } = await clientOf(
      "wrapped",
      xml(`<LireBauxReponse><Nombre>FR76</Nombre></LireBauxReponse>`),
    );
    const asked = client["lireBaux"]!({ Locataire: "1" }, testCall());
    await expect(asked).rejects.toMatchObject({
      code: "BAD_RESPONSE",
      message: "LireBaux: the answer does not fit: Nombre invalid_format",
    });
  });
});

interface Opened {
  readonly answer: unknown;
  readonly file: AsyncIterable<Uint8Array>;
}
const bytesOf = async ({ file }: Opened) => {
  const pieces: Uint8Array[] = [];
  for await (const piece of file) pieces.push(piece);
  return Buffer.concat(pieces).toString();
};

describe("a file", () => {
  const document = (content: string) =>
    `<Document><Nom>avis.pdf</Nom><Contenu>${content}</Contenu><Taille>5</Taille></Document><Duree>1</Duree></LireReponse>`;

  test("in the answer is decoded as it comes", async () => {
    const answer = xml(`<LireReponse xmlns="urn:file">${document(btoa("%PDF-"))}`);
    const { client } = await clientOf("file", answer);
    const opened = (await client["lire"]!({ Numero: "1" }, testCall())) as Opened;
    expect(opened.answer).toMatchObject({ Document: { Nom: "avis.pdf" } });
    expect(await bytesOf(opened)).toBe("%PDF-");
  });

  test("beside the answer (MTOM)", async () => {
    const include = `<x:Include xmlns:x="http://www.w3.org/2004/08/xop/include" href="cid:f"/>`;
    const message = envelope(`<LireReponse xmlns="urn:mtom">${document(include)}`, "1.1");
    const parts = `--b\r\ncontent-type: application/xop+xml; charset=utf-8; type="text/xml"\r\n\r\n${message}\r\n--b\r\ncontent-id: <f>\r\ncontent-transfer-encoding: binary\r\n\r\n%PDF-\r\n--b--`;
    const type = 'multipart/related; boundary=b; type="application/xop+xml"';
    const { client } = await clientOf("mtom", answering(parts, 200, type));
    const opened = (await client["lire"]!({ Numero: "1" }, testCall())) as Opened;
    expect(opened.answer).toMatchObject({ Document: { Contenu: "cid:f", Taille: 5 }, Duree: 1 });
    expect(await bytesOf(opened)).toBe("%PDF-");
  });
});

describe("credentials", () => {
  const login = { username: "portail", password: "s3cret" };
  test.each([
    ["digest", "PasswordDigest", false],
    ["password", "PasswordText", true],
  ])("go as the policy says: %s", async (name, type, shown) => {
    const answer = xml(`<LireReponse xmlns="urn:${name}"><Nom>x</Nom></LireReponse>`);
    const { client, server } = await clientOf(name, answer, login);
    await client["lire"]!({ Numero: "1" }, testCall());
    const { body } = server.received[0]!;
    expect(body).toContain(`#${type}"`);
    expect(body.includes(login.password)).toBe(shown);
  });
});
