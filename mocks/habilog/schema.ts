/**
 * What the published XSD says, read once: how a message must look to be taken, and in what order
 * and width the fields of a record are written. Knows the few constructs that the XSD uses.
 */
import { readFileSync } from "node:fs";
import { parseXml, type XmlElement } from "../kit/xml.ts";

const folder = new URL("./wsdl/", import.meta.url);
export const wsdlFile = "PortailLocataire.wsdl";
export const xsdFile = "PortailLocataire.xsd";

/** The ERP's published files by their names. */
export const published: ReadonlyMap<string, string> = new Map(
  [wsdlFile, xsdFile].map((name) => [name, readFileSync(new URL(name, folder), "utf8")]),
);

export const namespace = "http://habilog.example/portail";

export interface Field {
  readonly name: string;
  /** Without its prefix. */
  readonly type: string;
}

interface Simple {
  /** Of a CHAR column. */
  readonly width: number | null;
  readonly pattern: RegExp | null;
}

const childrenOf = (element: XmlElement, name: string) =>
  element.children.filter((child) => child.name === name);

/** Of XSD's own types. Whether there are four characters for each three bytes is seen on decoding. */
const builtIn: Record<string, RegExp> = { base64Binary: /^[A-Za-z0-9+/\s]*={0,2}\s*$/ };

const schema = parseXml(published.get(xsdFile)!);
const named = (kind: string) =>
  new Map(
    schema.children
      .filter((child) => child.name === kind)
      .map((child) => [child.attributes.get("name")!, child]),
  );
const elements = named("element");
const complexTypes = named("complexType");
const simpleTypes = new Map([...named("simpleType")].map(([name, type]) => [name, simpleOf(type)]));

function simpleOf(type: XmlElement): Simple {
  const facets = childrenOf(type, "restriction").flatMap((restriction) => restriction.children);
  const facet = (name: string) =>
    facets.find((each) => each.name === name)?.attributes.get("value") ?? null;
  const [width, pattern] = [facet("length"), facet("pattern")];
  return {
    width: width === null ? null : Number(width),
    pattern: pattern === null ? null : new RegExp(`^(?:${pattern})$`, "u"),
  };
}

/** The fields of a global element or of a named type, in their order. */
export function fieldsOf(name: string): readonly Field[] {
  const declared = elements.get(name) ?? complexTypes.get(name);
  if (!declared) throw new Error(`the XSD has no ${name}`);
  const [type = declared] = childrenOf(declared, "complexType");
  return childrenOf(childrenOf(type, "sequence")[0]!, "element").map(({ attributes }) => ({
    name: attributes.get("name")!,
    type: attributes.get("type")!.replace(/^\w+:/, ""),
  }));
}

export const isRecordType = (type: string): boolean => complexTypes.has(type);
export const widthOf = (type: string): number => simpleTypes.get(type)?.width ?? 0;

/** The names of the operations: whatever has an element for its answer. */
export const operations: readonly string[] = [...elements.keys()].filter((name) =>
  elements.has(`${name}Response`),
);

/** What is wrong with a request, in the ERP's words; null when nothing is. */
export function faultIn(message: XmlElement): string | null {
  if (message.ns !== namespace || !operations.includes(message.name)) {
    return `{${message.ns}}${message.name} : opération inconnue`;
  }
  if (message.text.trim()) return `${message.name} : texte inattendu`;
  if (message.attributes.size > 0) return `${message.name} : attribut inattendu`;
  const fields = fieldsOf(message.name);
  const wrong = fields.findIndex(({ name }, i) => message.children[i]?.name !== name);
  if (wrong >= 0) return `${fields[wrong]!.name} : élément attendu`;
  if (message.children.length > fields.length) {
    return `${message.children[fields.length]!.name} : élément inattendu`;
  }
  const bad = message.children.find((child, i) => !fits(child, fields[i]!.type));
  return bad ? `${bad.name} : valeur incorrecte` : null;
}

function fits(element: XmlElement, type: string): boolean {
  const pattern = builtIn[type] ?? simpleTypes.get(type)?.pattern ?? /^/u;
  const plain = element.children.length === 0 && element.attributes.size === 0;
  return element.ns === namespace && plain && pattern.test(element.text);
}
