/** What the schemas of a WSDL say of values, as plain data: what is written and read by them. */
import { localOf, uris, type QName } from "./xml.ts";

export type Value =
  | { readonly kind: "text"; readonly xsd: string; readonly values?: readonly string[] }
  | { readonly kind: "flag" }
  | { readonly kind: "whole" }
  /** base64Binary: bytes. */
  | { readonly kind: "file" }
  | { readonly kind: "record"; readonly record: RecordType }
  /** An array of SOAP's own encoding, and the name of its items' type. */
  | { readonly kind: "list"; readonly of: Value; readonly item?: QName }
  | { readonly kind: "any" };

export interface RecordType {
  /** What to call it: its name, or the names of the elements that it stands in, from outside in. */
  readonly wanted: string;
  readonly about: string;
  /** Undefined for one that has no name of its own. */
  readonly name: QName | undefined;
  base?: RecordType;
  readonly own: Field[];
  /** Whether other elements may stand in it. */
  open: boolean;
  /** Whether text may stand between its elements. */
  readonly mixed: boolean;
  /** Whether always one of `derived` stands in its place. */
  readonly abstract: boolean;
  /** The types that may stand in its place, where `xsi:type` says so. */
  readonly derived: RecordType[];
}

export interface Field {
  /** `@name` for an attribute, `#text` for the text beside attributes. */
  readonly name: string;
  /** The namespace of the element or attribute; empty for none. */
  readonly uri: string;
  readonly value: Value;
  readonly about: string;
  many: boolean;
  optional: boolean;
  readonly nil: boolean;
  /** What an attribute that has to be there always is. */
  readonly fixed?: string;
}

export const xsi = "http://www.w3.org/2001/XMLSchema-instance";
export const textName = "#text";
export const typeName = "@xsi:type";

export const isElement = ({ name }: Pick<Field, "name">): boolean => !/^[@#]/.test(name);

/** Those of the type itself. */
export const ownFieldsOf = ({ base, own }: RecordType): readonly Field[] => [
  ...(base ? ownFieldsOf(base).filter(({ name }) => !own.some((one) => one.name === name)) : []),
  ...own,
];

/** The types that may stand in its place, and in theirs. */
export const derivedOf = ({ derived }: RecordType): readonly RecordType[] =>
  derived.flatMap((one) => [one, ...derivedOf(one)]);

/** All that may stand where this type is declared: of derived types too, each of these optional. */
export function fieldsOf(record: RecordType): readonly Field[] {
  const fields = ownFieldsOf(record);
  const derived = derivedOf(record);
  if (derived.length === 0) return fields;
  const all = new Map([kindOf(record, derived), ...fields].map((field) => [field.name, field]));
  for (const field of derived.flatMap(ownFieldsOf)) {
    const there = all.get(field.name);
    if (!there) all.set(field.name, { ...field, optional: true });
    else if (!isSame(there.value, field.value)) all.set(field.name, { ...there, value: anything });
  }
  return [...all.values()];
}

const anything: Value = { kind: "any" };

const isSame = (one: Value, other: Value): boolean =>
  one.kind === "record" || one.kind === "list"
    ? recordIn({ value: one }) === recordIn({ value: other })
    : JSON.stringify(one) === JSON.stringify(other);

function kindOf(record: RecordType, derived: readonly RecordType[]): Field {
  const types = record.abstract ? derived : [record, ...derived];
  const values = [...new Set(types.flatMap(({ name }) => (name ? [localOf(name)] : [])))];
  const about = "Which type stands here";
  const value: Value = { kind: "text", xsd: "QName", values };
  return { ...plainField, name: typeName, uri: xsi, about, value, optional: !record.abstract };
}

export const plainField = { about: "", uri: "", many: false, optional: false, nil: false };

export const newRecord = (
  wanted: string,
  more: Partial<Pick<RecordType, "about" | "name" | "mixed" | "abstract">> = {},
): RecordType => ({
  wanted,
  about: more.about ?? "",
  name: more.name,
  own: [],
  open: false,
  mixed: more.mixed ?? false,
  abstract: more.abstract ?? false,
  derived: [],
});

/** Fields of one name that stand in several places come several times, or in one of them. */
export function addField(record: RecordType, field: Field): void {
  const there = record.own.find(({ name }) => name === field.name);
  if (there) there.many = true;
  else record.own.push(field);
}

/** The record that a field holds, alone or in lists. */
export function recordIn({ value }: Pick<Field, "value">): RecordType | undefined {
  if (value.kind === "list") return recordIn({ value: value.of });
  return value.kind === "record" ? value.record : undefined;
}

const wholes = new Set(["int", "short", "byte", "unsignedShort", "unsignedByte"]);

/** Of XML Schema itself, and of SOAP's encoding. */
export function builtIn(local: string): Value {
  if (local === "boolean") return { kind: "flag" };
  if (wholes.has(local)) return { kind: "whole" };
  if (local === "base64Binary" || local === "base64") return { kind: "file" };
  if (local === "Array") return { kind: "list", of: { kind: "any" } };
  if (["anyType", "anySimpleType", "schema", "Struct"].includes(local)) return { kind: "any" };
  return { kind: "text", xsd: local };
}

export const isBuiltIn = (uri: string): boolean => uri === uris.schema || uri === uris.encoding;
