/**
 * Checks messages against the XSDs with libxml2. One run costs a few tenths of a second (a worker
 * and a WebAssembly module are started), so each distinct shape of message is checked once, and
 * `readMessage` checks every message besides.
 */
import { readFileSync } from "node:fs";
import { validateXML } from "xmllint-wasm";
import { namespaces, type Prefix } from "./namespaces.ts";
import { writeXml, type XmlElement } from "../kit/xml.ts";

const folder = new URL("./wsdl/", import.meta.url);

export const wsdlFile = "PortailLocataire.wsdl";
const schemaFiles = {
  com: "commun.xsd",
  loc: "locataire.xsd",
  ctr: "contrat.xsd",
  cpt: "compte.xsd",
  doc: "documents.xsd",
  dem: "demandes.xsd",
  enq: "enquetes.xsd",
  mod: "modifications.xsd",
} as const satisfies Record<Prefix, string>;

/** The ERP's published files by their relative path: `PortailLocataire.wsdl`, `types/commun.xsd`. */
export const published: ReadonlyMap<string, string> = new Map(
  [wsdlFile, ...Object.values(schemaFiles).map((name) => `types/${name}`)].map((path) => [
    path,
    readFileSync(new URL(path, folder), "utf8"),
  ]),
);

/** All schemas at once: imported by their names, without the folder. */
const everySchema = {
  fileName: "tout.xsd",
  contents: `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${Object.entries(schemaFiles)
    .map(
      ([prefix, file]) =>
        `<xs:import namespace="${namespaces[prefix as Prefix]}" schemaLocation="${file}"/>`,
    )
    .join("")}</xs:schema>`,
};

/** What libxml2 says against each document (its root is the body's child); null where it fits. */
export async function lint(documents: readonly string[]): Promise<(string | null)[]> {
  const result = await validateXML({
    xml: documents.map((contents, i) => ({ fileName: `m${i}.xml`, contents })),
    schema: [everySchema],
    preload: Object.values(schemaFiles).map((fileName) => ({
      fileName,
      contents: published.get(`types/${fileName}`)!,
    })),
  });
  return documents.map((_, i) => {
    const own = result.errors.filter((error) => error.rawMessage.startsWith(`m${i}.xml`));
    return own.length > 0 ? own.map((error) => error.message).join("; ") : null;
  });
}

const verdicts = new Map<string, Promise<string | null>>();

/** What is wrong with the message by the XSDs, null when nothing is. */
export function checkShape(message: XmlElement): Promise<string | null> {
  const shape = shapeOf(message);
  let verdict = verdicts.get(shape);
  if (!verdict) {
    verdict = lint([writeXml(withoutFiles(message))]).then(([found]) => found ?? null);
    verdicts.set(shape, verdict);
    verdict.catch(() => verdicts.delete(shape));
  }
  return verdict;
}

/** libxml2 takes no text of more than 10 MB; `readMessage` has seen that these are base64. */
function withoutFiles(element: XmlElement): XmlElement {
  if (element.name === "Contenu") return { ...element, text: "AAAA" };
  return { ...element, children: element.children.map(withoutFiles) };
}

/** Checks the usual messages in one run, so that the first calls do not wait one by one. */
export function prepare(usual: readonly XmlElement[]): void {
  const fresh = usual.filter((message) => !verdicts.has(shapeOf(message)));
  if (fresh.length === 0) return;
  const all = lint(fresh.map(writeXml));
  fresh.forEach((message, i) => {
    const verdict = all.then((found) => found[i] ?? null);
    verdicts.set(shapeOf(message), verdict);
    verdict.catch(() => verdicts.delete(shapeOf(message)));
  });
}

/** Names, attributes and nesting without the values; a list counts as one or several. */
function shapeOf(element: XmlElement): string {
  const inner = element.children.map(shapeOf);
  const repeated = inner.filter((shape, i) => shape !== inner[i - 1]).join(",");
  const attributes = [...element.attributes.keys()].sort().join(" ");
  const text = element.text.trim() ? "#" : "";
  return `{${element.ns}}${element.name}[${attributes}]${text}(${repeated})`;
}
