/** Plain data as XML, in the order, the namespaces and the attributes that a WSDL says. */
import { PortError } from "../ports/errors.ts";
import { writeMarkup, writeText } from "./soap-text.ts";
import {
  derivedOf,
  isElement,
  ownFieldsOf,
  textName,
  typeName,
  xsi,
  type Field,
  type RecordType,
  type Value,
} from "./wsdl/records.ts";
import { localOf, uriOf, uris, type QName } from "./wsdl/xml.ts";

export type Data = Readonly<Record<string, unknown>>;

/** What was given by a name; names of the language's own are names like others. */
export const given = (data: Data, name: string): unknown =>
  Object.hasOwn(data, name) ? data[name] : undefined;

/** The prefixes of one message, given as they are needed. */
export interface Prefixes {
  /** What stands before a local name: `n1:`, nothing for no namespace. */
  of(uri: string): string;
  /** The declarations of all that were given, for an element around. */
  declared(): string;
}

export function createPrefixes(known: Readonly<Record<string, string>>): Prefixes {
  const prefixes = new Map(Object.entries(known).map(([prefix, uri]) => [uri, prefix]));
  return {
    of(uri) {
      if (uri === "") return "";
      if (uri === "http://www.w3.org/XML/1998/namespace") return "xml:";
      const prefix = prefixes.get(uri) ?? `n${prefixes.size}`;
      prefixes.set(uri, prefix);
      return `${prefix}:`;
    },
    declared: () =>
      [...prefixes].map(([uri, prefix]) => ` xmlns:${prefix}="${writeMarkup(uri)}"`).join(""),
  };
}

/**
 * An element with a record. Throws INVALID_INPUT for text that XML cannot hold, INTERNAL for what is
 * not plain data, or that the schema does not know.
 */
export function writeRecord(
  prefixes: Prefixes,
  { name, uri, record }: Pick<Field, "name" | "uri"> & { readonly record: RecordType },
  data: Data,
): string {
  return element(prefixes, { name, uri }, ...recordParts(prefixes, record, data));
}

/** The fields of a record one after the other, without an element around. */
export function writeFields(prefixes: Prefixes, record: RecordType, data: Data): string {
  return ownFieldsOf(record)
    .map((field) => writeField(prefixes, field, given(data, field.name)))
    .join("");
}

function element(
  prefixes: Prefixes,
  { name, uri }: Pick<Field, "name" | "uri">,
  attributes: string,
  content: string,
): string {
  const tag = prefixes.of(uri) + name;
  return content === "" ? `<${tag}${attributes}/>` : `<${tag}${attributes}>${content}</${tag}>`;
}

/** Undefined is left out, null is nil, a list is an element for each. */
function writeField(prefixes: Prefixes, field: Field, value: unknown): string {
  if (value === undefined) return "";
  if (Array.isArray(value) && field.value.kind !== "list") {
    return value.map((one) => writeOne(prefixes, field, one)).join("");
  }
  return writeOne(prefixes, field, value);
}

function writeOne(prefixes: Prefixes, field: Field, value: unknown): string {
  if (value === null) return element(prefixes, field, ` ${prefixes.of(xsi)}nil="true"`, "");
  return element(prefixes, field, ...parts(prefixes, field, value));
}

type Parts = [attributes: string, content: string];

function parts(prefixes: Prefixes, { name, value: declared }: Field, value: unknown): Parts {
  switch (declared.kind) {
    case "record":
      if (isData(value)) return recordParts(prefixes, declared.record, value);
      throw unfit(`${name} is not a record`);
    case "list":
      if (Array.isArray(value)) return listParts(prefixes, declared, value);
      throw unfit(`${name} is not a list`);
    case "any":
      if (isData(value)) return ["", anyContent(prefixes, value)];
  }
  return ["", writeText(value)];
}

const isData = (value: unknown): value is Data =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

function recordParts(prefixes: Prefixes, declared: RecordType, data: Data): Parts {
  const record = typeOf(declared, given(data, typeName));
  const fields = ownFieldsOf(record);
  const others = Object.keys(data).filter(
    (name) =>
      name !== typeName && !isNothing(data[name]) && !fields.some((field) => field.name === name),
  );
  if (others.length > 0 && !record.open) {
    throw unfit(`${others.map((name) => JSON.stringify(name)).join(", ")}: no such field in it`);
  }
  const rest = Object.fromEntries(others.map((name) => [name, data[name]]));
  const text = given(data, textName);
  const attributes = fields.map((field) => attributeText(prefixes, field, given(data, field.name)));
  const elements = fields
    .filter(isElement)
    .map((field) => writeField(prefixes, field, given(data, field.name)));
  const content = elements.join("") + anyContent(prefixes, rest);
  return [
    (record === declared ? "" : typeText(prefixes, record.name!)) + attributes.join(""),
    text === undefined || text === null ? content : writeText(text),
  ];
}

/** What a type has that does not stand here is not sent: a list of none, for instance. */
const isNothing = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.length === 0);

/** The type that `@xsi:type` names, of those that may stand there. */
function typeOf(declared: RecordType, named: unknown): RecordType {
  if (named === undefined) return declared;
  const found = [declared, ...derivedOf(declared)].find(
    ({ name }) => name !== undefined && localOf(name) === named,
  );
  if (found) return found;
  throw unfit(`${JSON.stringify(named)} is no type that may stand there`);
}

function typeText(prefixes: Prefixes, name: QName): string {
  return ` ${prefixes.of(xsi)}type="${prefixes.of(uriOf(name))}${localOf(name)}"`;
}

function attributeText(prefixes: Prefixes, { name, uri, fixed }: Field, said: unknown): string {
  const value = said ?? fixed;
  if (!name.startsWith("@") || name === typeName || value === undefined) return "";
  return ` ${prefixes.of(uri)}${name.slice(1)}="${writeText(value)}"`;
}

/** An array of SOAP's own encoding. */
function listParts(
  prefixes: Prefixes,
  { of, item }: Extract<Value, { kind: "list" }>,
  values: readonly unknown[],
): Parts {
  const field: Field = {
    name: "item",
    uri: "",
    value: of,
    about: "",
    many: true,
    optional: false,
    nil: true,
  };
  const content = values.map((value) => writeOne(prefixes, field, value)).join("");
  if (item === undefined) return ["", content];
  const type = `${prefixes.of(uriOf(item))}${localOf(item)}[${values.length}]`;
  return [` ${prefixes.of(uris.encoding)}arrayType="${type}"`, content];
}

/** Elements that no schema knows: in no namespace, in the order in which they were given. */
function anyContent(prefixes: Prefixes, data: Data): string {
  const written = Object.entries(data).map(([name, value]) => {
    if (!/^[\p{L}_][\p{L}\p{N}._-]*$/u.test(name)) {
      throw unfit(`${JSON.stringify(name)} cannot be the name of an element`);
    }
    return writeField(prefixes, { ...anyField, name }, value);
  });
  return written.join("");
}

const anyField: Field = {
  name: "",
  uri: "",
  value: { kind: "any" },
  about: "",
  many: true,
  optional: true,
  nil: true,
};

const unfit = (what: string): PortError =>
  new PortError("INTERNAL", `Arguments that do not fit: ${what}`);
