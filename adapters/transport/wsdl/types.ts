/** The types of a WSDL's schemas, as far as they say what is sent and what comes. */
import { attributesIn } from "./attributes.ts";
import { eachOrFaults, faultAt } from "./faults.ts";
import {
  addField,
  builtIn,
  isBuiltIn,
  isElement,
  newRecord,
  ownFieldsOf,
  plainField,
  textName,
  type Field,
  type RecordType,
  type Value,
} from "./records.ts";
import { indexSchemas, type Schema, type Schemas } from "./schemas.ts";
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

export interface Types {
  /** A global element. Throws WsdlFaults for a name that leads nowhere. */
  element(name: QName, at: XmlNode): Field;
  type(name: QName, at: XmlNode): Value;
}

/** What is being read: the schemas by name, and what was made of them. */
interface Reader {
  readonly schemas: Schemas;
  readonly made: Map<XmlNode, Value>;
}

export function createTypes(all: readonly Schema[]): Types {
  const reader: Reader = { schemas: indexSchemas(all), made: new Map() };
  return {
    element: (name, at) => globalElement(reader, globalOf(reader, "element", name, at)),
    type: (name, at) => typeNamed(reader, name, at),
  };
}

function globalElement(reader: Reader, node: XmlNode): Field {
  const { name = "", nillable } = node.attributes;
  const value = valueOf(reader, node, name);
  const uri = reader.schemas.targetOf(node);
  return { ...plainField, name, uri, value, about: aboutOf(node), nil: nillable === "true" };
}

function typeNamed(reader: Reader, name: QName, at: XmlNode): Value {
  if (isBuiltIn(uriOf(name))) return builtIn(localOf(name));
  return definedBy(reader, globalOf(reader, "complexType", name, at), localOf(name));
}

function globalOf({ schemas }: Reader, kind: string, name: QName, at: XmlNode): XmlNode {
  const node = schemas.find(kind, name);
  if (node) return node;
  const uri = uriOf(name);
  const what = kind === "complexType" ? "type" : kind;
  const message = schemas.isKnown(uri)
    ? `There is no ${what} ${localOf(name)} in the schemas of ${uri || "no namespace"}. Is the name right, and is the file that has it imported?`
    : `There is no schema of ${uri || "no namespace"}. Import it with a schemaLocation, a file beside this one.`;
  throw faultAt(at, localOf(name), message);
}

/** What an element holds, whichever way it says so. `wanted` names a type that has no name. */
function valueOf(reader: Reader, node: XmlNode, wanted: string): Value {
  const { type } = node.attributes;
  if (type !== undefined) return typeNamed(reader, resolveName(node, type), node);
  const [inline] = childrenOf(node, uris.schema, "complexType", "simpleType");
  if (inline) return definedBy(reader, inline, wanted);
  const head = node.attributes["substitutionGroup"];
  if (head === undefined) return { kind: "any" };
  return globalElement(reader, globalOf(reader, "element", resolveName(node, head), node)).value;
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
  if (content.local === "simpleContent") return textOf(reader, node, derived, wanted);
  if (base === qName(uris.encoding, "Array")) return arrayOf(reader, node, derived, wanted);
  return recordOf(reader, node, derived, wanted, base);
}

/** Text, or a record of it and of its attributes. */
function textOf(reader: Reader, node: XmlNode, derived: XmlNode, wanted: string): Value {
  const base = resolveName(derived, derived.attributes["base"] ?? "");
  const of = typeNamed(reader, base, derived);
  const record = recordFor(reader, node, wanted);
  if (of.kind === "record") record.base = of.record;
  else record.own.push({ ...plainField, name: textName, value: of });
  addAttributes(reader, record, derived);
  return ownFieldsOf(record).length > 1 ? { kind: "record", record } : of;
}

const recordFor = ({ schemas }: Reader, node: XmlNode, wanted: string): RecordType => {
  const { name, abstract, mixed } = node.attributes;
  return newRecord(wanted, {
    about: aboutOf(node),
    name: name === undefined ? undefined : qName(schemas.targetOf(node), name),
    mixed: mixed === "true",
    abstract: abstract === "true",
  });
};

/** `content` is where the elements of the type `node` stand. */
function recordOf(
  reader: Reader,
  node: XmlNode,
  content: XmlNode,
  wanted: string,
  base?: QName,
): Value {
  const record = recordFor(reader, node, wanted);
  const value: Value = { kind: "record", record };
  // Before its elements are looked at: they may hold the type itself.
  reader.made.set(node, value);
  const of = base === undefined ? undefined : typeNamed(reader, base, content);
  if (of?.kind === "record") deriveFrom(record, of.record, content);
  readContent(reader, content, record, { optional: false, many: false });
  addAttributes(reader, record, content);
  if (record.name !== undefined) {
    for (const one of reader.schemas.derivedFrom(record.name)) {
      const derived = definedBy(reader, one, one.attributes["name"] ?? "");
      if (derived.kind === "record") record.derived.push(derived.record);
    }
  }
  return value;
}

/** A restriction says once more which elements it has, and only of the attributes which it changes. */
function deriveFrom(record: RecordType, base: RecordType, content: XmlNode): void {
  record.open = base.open;
  if (content.local === "extension") record.base = base;
  else record.own.push(...ownFieldsOf(base).filter((field) => !isElement(field)));
}

function addAttributes(reader: Reader, record: RecordType, content: XmlNode): void {
  const found = attributesIn(reader.schemas, content, (node) => valueOf(reader, node, ""));
  for (const { name, field } of found) {
    const at = record.own.findIndex((one) => one.name === name);
    if (at >= 0) record.own.splice(at, 1);
    if (field) record.own.push(field);
  }
}

/** `wsdl:arrayType="tns:Bail[]"`, or the one element that the restriction allows. */
function arrayOf(reader: Reader, node: XmlNode, restriction: XmlNode, wanted: string): Value {
  reader.made.set(node, { kind: "any" });
  const written = childrenOf(restriction, uris.schema, "attribute")
    .map(({ attributes }) => attributes["arrayType"])
    .find((type) => type !== undefined);
  if (written !== undefined) {
    const item = resolveName(restriction, written.replace(/\[[\d,]*\]\s*$/, ""));
    return { kind: "list", of: typeNamed(reader, item, restriction), item };
  }
  const record = newRecord(wanted);
  readContent(reader, restriction, record, { optional: false, many: false });
  return { kind: "list", of: record.own[0]?.value ?? { kind: "any" } };
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
    if (child.local === "element") {
      for (const field of fieldsAt(reader, child, record, occurrence)) addField(record, field);
    } else if (child.local === "any") record.open = true;
    else if (child.local === "group") {
      const name = resolveName(child, child.attributes["ref"] ?? "");
      readContent(reader, globalOf(reader, "group", name, child), record, occurrence);
    } else if (child.local === "choice") {
      readContent(reader, child, record, { ...occurrence, optional: true });
    } else if (["sequence", "all"].includes(child.local)) {
      readContent(reader, child, record, occurrence);
    }
  });
}

/** The element that is declared there, or those that may stand in its place. */
function fieldsAt(
  reader: Reader,
  node: XmlNode,
  owner: RecordType,
  { optional, many }: Occurrence,
): Field[] {
  const { ref, name = "", nillable } = node.attributes;
  if (ref === undefined) {
    const value = valueOf(reader, node, `${owner.wanted} ${name}`);
    const uri = reader.schemas.namespaceOf(node);
    return [{ name, uri, value, about: aboutOf(node), many, optional, nil: nillable === "true" }];
  }
  const referred = resolveName(node, ref);
  if (isBuiltIn(uriOf(referred))) {
    const uri = uriOf(referred);
    return [{ ...plainField, name: localOf(referred), uri, value: { kind: "any" }, many, optional }];
  }
  const head = globalOf(reader, "element", referred, node);
  const all = standingFor(reader, head).filter(({ attributes }) => !isAbstract(attributes));
  return all.map((one) => ({
    ...globalElement(reader, one),
    many,
    optional: optional || all.length > 1,
  }));
}

const isAbstract = (attributes: XmlNode["attributes"]): boolean => attributes["abstract"] === "true";

/** An element, and all that say that they may stand in its place. */
function standingFor(reader: Reader, head: XmlNode): XmlNode[] {
  const { schemas } = reader;
  const name = qName(schemas.targetOf(head), head.attributes["name"] ?? "");
  return [head, ...schemas.substitutesOf(name).flatMap((one) => standingFor(reader, one))];
}
