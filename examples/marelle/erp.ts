/**
 * `npm run example`: Marelle, an ERP that does not exist, as docs/plug-in-your-erp.md plugs it in.
 * SOAP 1.1 over real HTTP, its WSDL at `?wsdl`; the people are invented, changes last until it stops.
 */
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { parseArgs } from "node:util";
import { listen } from "../../mocks/kit/listen.ts";
import { escapeXml, parseXml, XmlError, type XmlElement } from "../../mocks/kit/xml.ts";
import { newLeases, people, type Fields, type Lease, type Person } from "./people.ts";

const login = { username: "portail", password: "marelle-demo" };
const path = "/marelle";

/** What Marelle says instead of an answer. */
class Erreur extends Error {
  readonly code: "INCONNU" | "INVALIDE" | "CLOS";

  constructor(code: Erreur["code"]) {
    super(code);
    this.code = code;
  }
}

const leases = newLeases();

const personOf = (number: string): Person => {
  const found = people.find(({ fields }) => fields["Numero"] === number);
  if (!found) throw new Erreur("INCONNU");
  return found;
};
const leaseOf = (number: string): Lease => {
  const found = leases.find((lease) => lease.number === number);
  if (!found) throw new Erreur("INCONNU");
  return found;
};
const textIn = (element: XmlElement | undefined, name: string): string =>
  element?.children.find((child) => child.name === name)?.text ?? "";
const childOf = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find((child) => child.name === name);

/** What each operation answers: one element or several, with the prefix of their schema. */
const operations: Readonly<Record<string, (asked: XmlElement) => string>> = {
  TrouverSignataires: (asked) =>
    people
      .filter(({ reference }) => reference === textIn(asked, "Reference"))
      .map(({ fields }) => record("Tiers", "t", fields))
      .join(""),
  LireTiers: (asked) => record("Tiers", "t", personOf(textIn(asked, "Numero")).fields),
  ListerBaux: (asked) => {
    const number = textIn(asked, "Numero");
    personOf(number);
    const held = leases.filter(({ tenants }) => tenants.includes(number));
    return held.map(({ fields }) => record("Bail", "b", fields)).join("");
  },
  LireCompte: (asked) => record("Compte", "b", leaseOf(textIn(asked, "Bail")).account),
  LireAssurance: (asked) => {
    const { insurance } = leaseOf(textIn(asked, "Bail"));
    return insurance ? record("Assurance", "b", insurance) : "";
  },
  LireEnvoi: (asked) => record("Envoi", "b", leaseOf(textIn(asked, "Bail")).sending),
  ListerDemandes: (asked) =>
    leaseOf(textIn(asked, "Bail"))
      .requests.map((one) => record("Demande", "b", one))
      .join(""),
  ModifierEnvoi: (asked) => {
    const lease = leaseOf(textIn(asked, "Bail"));
    if (lease.ended) throw new Erreur("CLOS");
    const sending = childOf(asked, "Envoi");
    const address = childOf(sending, "Adresse");
    const lines = (address?.children ?? []).filter(({ name }) => name === "Ligne");
    const Destinataire = textIn(sending, "Destinataire");
    const Ligne = lines.map(({ text }) => text);
    const [CodePostal, Ville] = [textIn(address, "CodePostal"), textIn(address, "Ville")];
    const written = [Destinataire, ...Ligne, CodePostal, Ville];
    if (written.some((text) => text === "" || text.length > 38)) throw new Erreur("INVALIDE");
    lease.sending = { Destinataire, Adresse: { Ligne, CodePostal, Ville } };
    return "<m:Fait>true</m:Fait>";
  },
};

/** An element of the service's own schema, its fields those of the schema with that prefix. */
const record = (name: string, prefix: string, fields: Fields): string =>
  `<m:${name}>${written(prefix, fields)}</m:${name}>`;

const written = (prefix: string, fields: Fields): string =>
  Object.entries(fields)
    .flatMap(([name, value]) =>
      [value ?? []].flat().map((one) => {
        const within = name === "Adresse" ? "t" : prefix;
        const inner = typeof one === "string" ? escapeXml(one) : written(within, one);
        return `<${prefix}:${name}>${inner}</${prefix}:${name}>`;
      }),
    )
    .join("");

const envelope = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="urn:marelle" xmlns:t="urn:marelle:tiers" xmlns:b="urn:marelle:bail"><soap:Body>${body}</soap:Body></soap:Envelope>`;

const fault = (side: string, code: string): string =>
  envelope(
    `<soap:Fault><faultcode>soap:${side}</faultcode><faultstring>${code}</faultstring><detail><m:Erreur><m:Code>${code}</m:Code></m:Erreur></detail></soap:Fault>`,
  );

interface Reply {
  readonly status: number;
  readonly text: string;
}

function answer(source: string): Reply {
  try {
    const asked = parseXml(source).children.find(({ name }) => name === "Body")?.children[0];
    const operation = asked && Object.hasOwn(operations, asked.name) && operations[asked.name];
    if (!operation) return { status: 500, text: fault("Client", "OPERATION") };
    const inner = operation(asked);
    return {
      status: 200,
      text: envelope(`<m:${asked.name}Reponse>${inner}</m:${asked.name}Reponse>`),
    };
  } catch (error) {
    if (error instanceof XmlError) return { status: 500, text: fault("Client", "XML") };
    if (!(error instanceof Erreur)) throw error;
    return { status: 500, text: fault("Server", error.code) };
  }
}

const wsdl = (name: string) => readFile(new URL(`wsdl/${name}`, import.meta.url), "utf8");

async function reply({ method, url, headers }: IncomingMessage, body: string): Promise<Reply> {
  if (method === "GET") {
    const [, schema] = /^\/(types\/(?:tiers|bail)\.xsd)$/.exec(url ?? "") ?? [];
    if (schema) return { status: 200, text: await wsdl(schema) };
    if (url === `${path}?wsdl`) return { status: 200, text: await wsdl("Marelle.wsdl") };
  }
  if (method !== "POST" || url !== path) return { status: 404, text: "" };
  const expected = `Basic ${btoa(`${login.username}:${login.password}`)}`;
  if (headers.authorization !== expected) return { status: 401, text: "" };
  return answer(body);
}

async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const body = Buffer.concat(await incoming.toArray()).toString();
  const { status, text } = await reply(incoming, body);
  outgoing.writeHead(status, { "content-type": "text/xml; charset=utf-8" }).end(text);
}

const { values } = parseArgs({ options: { port: { type: "string", default: "4170" } } });
const server = createServer((incoming, outgoing) => {
  serve(incoming, outgoing).catch(() => outgoing.destroy());
});
const url = await listen(server, Number(values.port));
process.stdout.write(
  `Marelle answers at ${url}${path}, and shows its WSDL at ${url}${path}?wsdl.\nUser ${login.username}, password ${login.password}. Stop with Ctrl+C.\n`,
);
