/** What the published XSDs say, read once: how a message must look to be taken. */
import { readFileSync } from "node:fs";
import { parseXml, type XmlElement } from "../kit/xml.ts";

const folder = new URL("./wsdl/", import.meta.url);
const wsdlFile = "PaiementSecuriseService.wsdl";
const xsdFiles = ["types/service.xsd", "types/requete.xsd", "types/reponse.xsd"];

/** The published files by their relative path. */
export const published: ReadonlyMap<string, string> = new Map(
  [wsdlFile, ...xsdFiles].map((path) => [path, readFileSync(new URL(path, folder), "utf8")]),
);
export const wsdl = published.get(wsdlFile)!;

const schemas = xsdFiles.map((path) => parseXml(published.get(path)!));
export const namespace = schemas[0]!.attributes.get("targetNamespace")!;

/** Every named type of every schema: their names do not meet. */
const types = new Map(
  schemas.flatMap((schema) =>
    schema.children
      .filter(({ name }) => name === "complexType")
      .map((type) => [type.attributes.get("name")!, fieldsOf(type)] as const),
  ),
);

interface Field {
  readonly name: string;
  /** Without its prefix. */
  readonly type: string;
}

function fieldsOf(type: XmlElement): Field[] {
  return type.children[0]!.children.map(({ attributes }) => ({
    name: attributes.get("name")!,
    type: attributes.get("type")!.replace(/^\w+:/, ""),
  }));
}

const operations = new Set([
  "creerPaiementSecurise",
  "recupererDetailPaiementSecurise",
  "recupererDetailClient",
]);

/** What is wrong with a request; null when nothing is. All children are unqualified and optional. */
export function faultIn(message: XmlElement): string | null {
  if (message.ns !== namespace || !operations.has(message.name)) {
    return `{${message.ns}}${message.name} : opération inconnue`;
  }
  return misfit(message, types.get(message.name)!);
}

function misfit(element: XmlElement, fields: readonly Field[]): string | null {
  if (element.text.trim()) return `${element.name} : texte inattendu`;
  let next = 0;
  for (const child of element.children) {
    const at = fields.findIndex(({ name }, index) => index >= next && name === child.name);
    if (at < 0 || child.ns !== "") return `${child.name} : élément inattendu`;
    if (child.attributes.size > 0) return `${child.name} : attribut inattendu`;
    const inner = types.get(fields[at]!.type);
    const wrong = inner ? misfit(child, inner) : child.children.length > 0 && child.name;
    if (wrong) return wrong;
    next = at + 1;
  }
  return null;
}

/** A record of the type `name`, its fields in the XSD's order, without those that are undefined. */
export function fieldsInOrder(
  name: string,
  values: Readonly<Record<string, string | undefined>>,
): [string, string][] {
  return types
    .get(name)!
    .flatMap(({ name: field }): [string, string][] =>
      values[field] === undefined ? [] : [[field, values[field]]],
    );
}
