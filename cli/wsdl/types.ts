/** The types of a WSDL's schemas, as far as they say what an adapter sends and gets. */
import { eachOrFaults, faultAt } from "./faults.ts";
import { pascalCase } from "./names.ts";
import {
  aboutOf,
  childrenOf,
  localOf,
  qName,
  resolveName,
  uriOf,
  uris,
  type QName,
  type XmlNode,
} from "./xml.ts";

export type Value =
  | { readonly kind: "text"; readonly xsd: string; readonly values?: readonly string[] }
  | { readonly kind: "flag" }
  | { readonly kind: "whole" }
  /** base64Binary: bytes. */
  | { readonly kind: "file" }
  | { readonly kind: "record"; readonly record: RecordType }
  /** An array of SOAP's own encoding. */
  | { readonly kind: "list"; readonly of: Value }
  | { readonly kind: "any" };

export interface RecordType {
  readonly wanted: string;
  readonly about: string;
  base?: RecordType;
  readonly own: Field[];
  /** Whether other elements may stand in it. */
  open: boolean;
  /** Attributes that have to be there. */
  readonly requiredAttributes: string[];
}

export interface Field {
  readonly name: string;
  readonly value: Value;
  readonly about: string;
  many: boolean;
  optional: boolean;
  readonly nil: boolean;
}

export const fieldsOf = ({ base, own }: RecordType): readonly Field[] => [
  ...(base ? fieldsOf(base).filter(({ name }) => !own.some((one) => one.name === name)) : []),
  ...own,
];

export const newRecord = (wanted: string, about = ""): RecordType => ({
  wanted,
  about,
  own: [],
  open: false,
  requiredAttributes: [],
});

/** Fields of one name that stand in several places come several times, or in one of them. */
export function addField(record: RecordType, field: Field): void {
  const there = record.own.find(({ name }) => name === field.name);
  if (there) there.many = true;
  else record.own.push(field);
}

export interface Types {
  /** What a global element holds. Throws WsdlFaults for a name that leads nowhere. */
  element(name: QName, at: XmlNode): { readonly value: Value; readonly nil: boolean };
  type(name: QName, at: XmlNode): Value;
  /** `Type@attribute`: what is neither read nor sent. */
  readonly attributes: ReadonlySet<string>;
}

/** What is being read: the schemas by name, and what was made of them. */
interface Reader {
  readonly globals: ReadonlyMap<string, XmlNode>;
  readonly made: Map<XmlNode, Value>;
  readonly attributes: Set<string>;
}

export function createTypes(schemas: readonly XmlNode[]): Types {
  const globals = new Map<string, XmlNode>();
  for (const schema of schemas) {
    const tns = schema.attributes["targetNamespace"] ?? "";
    for (const node of schema.children) {
      const kind = node.local === "simpleType" ? "complexType" : node.local;
      globals.set(`${kind} ${qName(tns, node.attributes["name"] ?? "")}`, node);
    }
  }
  const reader: Reader = { globals, made: new Map(), attributes: new Set() };
  return {
    element: (name, at) => globalElement(reader, name, at),
    type: (name, at) => typeNamed(reader, name, at),
    attributes: reader.attributes,
  };
}

/** A schema without a namespace of its own takes that of whoever includes it. */
const globalOf = ({ globals }: Reader, kind: string, name: QName): XmlNode | undefined =>
  globals.get(`${kind} ${name}`) ?? globals.get(`${kind} ${qName("", localOf(name))}`);

function globalElement(reader: Reader, name: QName, at: XmlNode) {
  const node = globalOf(reader, "element", name);
  if (!node) throw unknown(reader, "element", name, at);
  const value = valueOf(reader, node, pascalCase(localOf(name)));
  return { value, nil: node.attributes["nillable"] === "true" };
}

const isBuiltIn = (name: QName) => [uris.schema, uris.encoding].some((uri) => uri === uriOf(name));

function typeNamed(reader: Reader, name: QName, at: XmlNode): Value {
  if (isBuiltIn(name)) return builtIn(localOf(name));
  const node = globalOf(reader, "complexType", name);
  if (!node) throw unknown(reader, "complexType", name, at);
  return definedBy(reader, node, pascalCase(localOf(name)));
}

function unknown({ globals }: Reader, kind: string, name: QName, at: XmlNode) {
  const uri = uriOf(name);
  const known = [...globals.keys()].some((key) => key.includes(` {${uri}}`));
  const what = kind === "complexType" ? "type" : kind;
  const message = known
    ? `There is no ${what} ${localOf(name)} in the schemas of ${uri || "no namespace"}. Is the name right, and is the file that has it imported?`
    : `There is no schema of ${uri || "no namespace"}. Import it with a schemaLocation, a file beside this one.`;
  return faultAt(at, localOf(name), message);
}

const wholes = new Set(["int", "short", "byte", "unsignedShort", "unsignedByte"]);

function builtIn(local: string): Value {
  if (local === "boolean") return { kind: "flag" };
  if (wholes.has(local)) return { kind: "whole" };
  if (local === "base64Binary" || local === "base64") return { kind: "file" };
  if (local === "Array") return { kind: "list", of: { kind: "any" } };
  if (["anyType", "anySimpleType", "schema", "Struct"].includes(local)) return { kind: "any" };
  return { kind: "text", xsd: local };
}

/** What an element holds, whichever way it says so. `wanted` names a type that has no name. */
function valueOf(reader: Reader, node: XmlNode, wanted: string): Value {
  const { type } = node.attributes;
  if (type !== undefined) return typeNamed(reader, resolveName(node, type), node);
  const [inline] = childrenOf(node, uris.schema, "complexType", "simpleType");
  return inline ? definedBy(reader, inline, wanted) : { kind: "any" };
}

function definedBy(reader: Reader, node: XmlNode, wanted: string): Value {
  const made = reader.made.get(node);
  if (made) return made;
  const value = node.local === "simpleType" ? simple(reader, node) : complex(reader, node, wanted);
  reader.made.set(node, value);
  return value;
}

function simple(reader: Reader, node: XmlNode): Value {
  const [restriction] = childrenOf(node, uris.schema, "restriction");
  if (!restriction) return { kind: "text", xsd: "string" };
  const { base } = restriction.attributes;
  const [inline] = childrenOf(restriction, uris.schema, "simpleType");
  const of: Value = base
    ? typeNamed(reader, resolveName(restriction, base), restriction)
    : inline
      ? simple(reader, inline)
      : { kind: "text", xsd: "string" };
  const values = childrenOf(restriction, uris.schema, "enumeration").map(
    ({ attributes }) => attributes["value"] ?? "",
  );
  return of.kind === "text" && values.length > 0 ? { ...of, values: [...new Set(values)] } : of;
}

function complex(reader: Reader, node: XmlNode, wanted: string): Value {
  const [content] = childrenOf(node, uris.schema, "simpleContent", "complexContent");
  const derived = content && childrenOf(content, uris.schema, "extension", "restriction")[0];
  if (!derived) return recordOf(reader, node, node, wanted);
  const base = resolveName(derived, derived.attributes["base"] ?? "");
  if (content.local === "simpleContent") {
    noteAttributes(reader, derived, wanted);
    const of = typeNamed(reader, base, derived);
    return of.kind === "record" ? { kind: "text", xsd: "string" } : of;
  }
  if (base === qName(uris.encoding, "Array")) return arrayOf(reader, node, derived, wanted);
  // A restriction says all that it has once more.
  return recordOf(reader, node, derived, wanted, derived.local === "extension" ? base : undefined);
}

/** `content` is where the elements of the type `node` stand. */
function recordOf(
  reader: Reader,
  node: XmlNode,
  content: XmlNode,
  wanted: string,
  base?: QName,
): Value {
  const record = newRecord(wanted, aboutOf(node));
  const value: Value = { kind: "record", record };
  // Before its elements are looked at: they may hold the type itself.
  reader.made.set(node, value);
  const of = base === undefined ? undefined : typeNamed(reader, base, content);
  if (of?.kind === "record") {
    record.base = of.record;
    record.open = of.record.open;
    record.requiredAttributes.push(...of.record.requiredAttributes);
  }
  readContent(reader, content, record, { optional: false, many: false });
  record.requiredAttributes.push(...noteAttributes(reader, content, wanted));
  return value;
}

/** `wsdl:arrayType="tns:Bail[]"`, or the one element that the restriction allows. */
function arrayOf(reader: Reader, node: XmlNode, restriction: XmlNode, wanted: string): Value {
  reader.made.set(node, { kind: "any" });
  const written = childrenOf(restriction, uris.schema, "attribute")
    .map(({ attributes }) => attributes["arrayType"])
    .find((type) => type !== undefined);
  if (written !== undefined) {
    const item = written.replace(/\[[\d,]*\]\s*$/, "");
    return { kind: "list", of: typeNamed(reader, resolveName(restriction, item), restriction) };
  }
  const record = newRecord(wanted);
  readContent(reader, restriction, record, { optional: false, many: false });
  return { kind: "list", of: record.own[0]?.value ?? { kind: "any" } };
}

/** Those of a type; what has to be there is given back. */
function noteAttributes({ attributes }: Reader, node: XmlNode, type: string): string[] {
  const own = childrenOf(node, uris.schema, "attribute").filter(
    ({ attributes: of }) => of["use"] !== "prohibited",
  );
  const nameOf = (one: XmlNode) => one.attributes["name"] ?? one.attributes["ref"] ?? "";
  for (const one of own) attributes.add(`${type}@${nameOf(one)}`);
  return own.filter((one) => one.attributes["use"] === "required").map(nameOf);
}

interface Occurrence {
  readonly optional: boolean;
  readonly many: boolean;
}

function within({ optional, many }: Occurrence, { attributes }: XmlNode): Occurrence {
  const { minOccurs, maxOccurs = "1" } = attributes;
  return {
    optional: optional || minOccurs === "0",
    many: many || maxOccurs === "unbounded" || Number(maxOccurs) > 1,
  };
}

function readContent(reader: Reader, node: XmlNode, record: RecordType, outer: Occurrence): void {
  eachOrFaults(node.children, (child) => {
    if (child.uri !== uris.schema || child.attributes["maxOccurs"] === "0") return;
    const occurrence = within(outer, child);
    if (child.local === "element") addField(record, fieldOf(reader, child, record, occurrence));
    else if (child.local === "any") record.open = true;
    else if (child.local === "group") readGroup(reader, child, record, occurrence);
    else if (child.local === "choice") {
      readContent(reader, child, record, { ...occurrence, optional: true });
    } else if (["sequence", "all"].includes(child.local)) {
      readContent(reader, child, record, occurrence);
    }
  });
}

function readGroup(reader: Reader, node: XmlNode, record: RecordType, occurrence: Occurrence) {
  const name = resolveName(node, node.attributes["ref"] ?? "");
  const group = globalOf(reader, "group", name);
  if (!group) throw unknown(reader, "group", name, node);
  readContent(reader, group, record, occurrence);
}

function fieldOf(
  reader: Reader,
  node: XmlNode,
  owner: RecordType,
  { optional, many }: Occurrence,
): Field {
  const { ref, name = "" } = node.attributes;
  const about = aboutOf(node);
  if (ref === undefined) {
    const value = valueOf(reader, node, owner.wanted + pascalCase(name));
    return { name, value, about, many, optional, nil: node.attributes["nillable"] === "true" };
  }
  const referred = resolveName(node, ref);
  const of = isBuiltIn(referred)
    ? { value: { kind: "any" } as const, nil: false }
    : globalElement(reader, referred, node);
  return { name: localOf(referred), about, many, optional, ...of };
}
