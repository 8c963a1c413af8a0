/** XML schemas: the elements and types of a WSDL, and the fields in them. */
import type { XmlElement } from "../transport/xml.ts";
import { countSteps, mostLevels, plainField, type Field } from "./described.ts";

export const xsdNamespace = "http://www.w3.org/2001/XMLSchema";

/** A definition with what its schema says of it. */
interface Defined {
  readonly node: XmlElement;
  readonly target: string;
  /** Whether elements inside have the schema's namespace. */
  readonly qualified: boolean;
}

/** By `kind {namespace}name`, kind as in the schema: element, complexType, simpleType, group … */
export type Definitions = Map<string, Defined>;

export const attributeOf = ({ attributes }: XmlElement, name: string): string | undefined =>
  attributes.get(name)?.value;

/** `{namespace}name` of a name with a prefix in an attribute of `node`. */
export function qualifiedName({ namespaces }: XmlElement, name: string): string {
  const [local = "", prefix = ""] = name.trim().split(":").toReversed();
  return `{${namespaces[prefix] ?? ""}}${local}`;
}

/** Adds what a schema defines. `inherited`: the namespace of the schema that includes it. */
export function collectSchema(schema: XmlElement, into: Definitions, inherited = ""): void {
  const target = attributeOf(schema, "targetNamespace") ?? inherited;
  const qualified = attributeOf(schema, "elementFormDefault") === "qualified";
  for (const node of schema.children) {
    const name = attributeOf(node, "name");
    if (name) into.set(`${node.local} {${target}}${name}`, { node, target, qualified });
  }
}

/** Where a field stands, and what is around it. */
interface Place {
  readonly path: string | null;
  readonly optional: boolean;
  readonly repeated: boolean;
  /** Types that are being read: they may name themselves. */
  readonly open: readonly XmlElement[];
}

/** One reading of all operations. */
interface Reading {
  readonly definitions: Definitions;
  readonly step: () => void;
}

export interface FieldReader {
  /** The fields inside a global element, `{namespace}name`. */
  ofElement(name: string, into: Map<string, Field>): void;
  /** A part of an rpc message, with what is inside. */
  ofPart(name: string, type: string, into: Map<string, Field>): void;
}

export function createFieldReader(definitions: Definitions): FieldReader {
  const reading: Reading = { definitions, step: countSteps() };
  return {
    ofElement(name, into) {
      const defined = definitions.get(`element ${name}`);
      const type = defined && typeOf(reading, defined);
      if (type) readInside(reading, type, top, into);
    },
    ofPart: (name, type, into) => readTyped(reading, name, type, top, into),
  };
}

const top: Place = { path: null, optional: false, repeated: false, open: [] };

function readElement(
  reading: Reading,
  defined: Defined,
  place: Place,
  into: Map<string, Field>,
): void {
  reading.step();
  const { node } = defined;
  const ref = attributeOf(node, "ref");
  const global = ref && reading.definitions.get(`element ${qualifiedName(node, ref)}`);
  const real = global || defined;
  const path = pathOf(place, attributeOf(real.node, "name") ?? ref ?? "?");
  const type = typeOf(reading, real);
  const value = type && valueOf(reading, type);
  const namespace = global || isQualified(real) ? real.target : "none";
  into.set(path, {
    ...plainField,
    ...(value ?? { type: builtInOf(real.node) ?? "record" }),
    parent: place.path,
    required: !place.optional && isNeeded(node),
    repeated: place.repeated || isMany(node),
    nillable: isTrue(attributeOf(real.node, "nillable")),
    limits: new Map([...(value?.limits ?? []), ["namespace", namespace]]),
  });
  if (type) readInside(reading, type, { ...top, path, open: place.open }, into);
}

const pathOf = ({ path }: Place, name: string) => (path === null ? name : `${path}.${name}`);

const isTrue = (text: string | undefined) => text === "true" || text === "1";

function isQualified({ node, qualified }: Defined): boolean {
  const form = attributeOf(node, "form");
  return form ? form === "qualified" : qualified;
}

const isNeeded = (node: XmlElement) => attributeOf(node, "minOccurs") !== "0";

function readInside(reading: Reading, type: Defined, place: Place, into: Map<string, Field>): void {
  reading.step();
  const isOpen = place.open.includes(type.node);
  if (isOpen || place.open.length > mostLevels) return;
  const open = [...place.open, type.node];
  for (const node of type.node.children)
    readParticle(reading, { ...type, node }, { ...place, open }, into);
}

function readParticle(
  reading: Reading,
  defined: Defined,
  place: Place,
  into: Map<string, Field>,
): void {
  const { node } = defined;
  const { local } = node;
  const own = readers[local];
  if (own) return own(reading, defined, place, into);
  if (!around.has(local)) return;
  const within = local.endsWith("Content") ? place : loosened(node, place);
  for (const child of node.children) {
    readParticle(reading, { ...defined, node: child }, within, into);
  }
}

const around = new Set(["sequence", "all", "choice", "complexContent", "simpleContent"]);

type Read = typeof readParticle;

const readers: Readonly<Record<string, Read>> = {
  element: readElement,
  attribute: readAttribute,
  group: readGroup,
  attributeGroup: readGroup,
  extension: readDerived,
  restriction: readDerived,
  any: (_reading, { node }, place, into) => {
    const { repeated } = loosened(node, place);
    const wild = { ...plainField, parent: place.path, type: "anything", repeated };
    into.set(`${place.path ?? ""}.*`, wild);
  },
};

/** What holds for all that is in a sequence or a choice. */
const loosened = (node: XmlElement, place: Place): Place => ({
  ...place,
  optional: place.optional || node.local === "choice" || !isNeeded(node),
  repeated: place.repeated || isMany(node),
});

function readGroup(
  reading: Reading,
  { node }: Defined,
  place: Place,
  into: Map<string, Field>,
): void {
  const ref = attributeOf(node, "ref");
  const group = ref && reading.definitions.get(`${node.local} ${qualifiedName(node, ref)}`);
  if (group) readInside(reading, group, loosened(node, place), into);
}

/** A restriction says itself what is left of its base. */
function readDerived(
  reading: Reading,
  defined: Defined,
  place: Place,
  into: Map<string, Field>,
): void {
  const { node } = defined;
  const base = qualifiedName(node, attributeOf(node, "base") ?? "");
  const type = reading.definitions.get(`complexType ${base}`);
  if (type && node.local === "extension") readInside(reading, type, place, into);
  for (const child of node.children) {
    readParticle(reading, { ...defined, node: child }, place, into);
  }
}

function readAttribute(
  reading: Reading,
  { node, ...rest }: Defined,
  place: Place,
  into: Map<string, Field>,
): void {
  const array = attributeOf(node, "arrayType");
  if (array) return readItems(reading, { node, ...rest }, array, place, into);
  const name = attributeOf(node, "name");
  if (!name) return;
  const type = typeOf(reading, { node, ...rest });
  into.set(`${place.path ?? ""}.@${name}`, {
    ...plainField,
    type: builtInOf(node) ?? "string",
    ...(type && valueOf(reading, type)),
    parent: place.path,
    required: attributeOf(node, "use") === "required",
  });
}

/** SOAP's own encoding: `tns:intitule[]`. */
function readItems(
  reading: Reading,
  defined: Defined,
  array: string,
  place: Place,
  into: Map<string, Field>,
) {
  const item = qualifiedName(defined.node, array.replace(/\[[\d,]*\]\s*$/, ""));
  readTyped(reading, "item", item, { ...place, repeated: true }, into);
}

function readTyped(
  reading: Reading,
  name: string,
  type: string,
  place: Place,
  into: Map<string, Field>,
): void {
  const path = pathOf(place, name);
  const found = typeNamed(reading, type);
  const value = found && valueOf(reading, found);
  into.set(path, {
    ...plainField,
    ...value,
    parent: place.path,
    type: value?.type ?? (found ? "record" : localOf(type)),
    required: !place.optional,
    repeated: place.repeated,
  });
  if (found) readInside(reading, found, { ...top, path, open: place.open }, into);
}

const typeNamed = ({ definitions }: Reading, name: string) =>
  definitions.get(`complexType ${name}`) ?? definitions.get(`simpleType ${name}`);

function typeOf(reading: Reading, defined: Defined): Defined | undefined {
  const { node } = defined;
  const named = attributeOf(node, "type");
  if (named) return typeNamed(reading, qualifiedName(node, named));
  const inline = node.children.find(({ local }) => /^(complex|simple)Type$/.test(local));
  return inline && { ...defined, node: inline };
}

type Value = Pick<Field, "type" | "values" | "limits">;

/** What the text of a simple type may be; undefined for a type with elements. */
function valueOf(reading: Reading, type: Defined, level = 0): Value | undefined {
  reading.step();
  const inner = type.node.children.find(({ local }) => local === "simpleContent") ?? type.node;
  if (type.node.local !== "simpleType" && inner === type.node) return undefined;
  const derived = inner.children.find(({ local }) => derivations.has(local));
  if (!derived || level > mostLevels) return { type: "string", values: null, limits: new Map() };
  const base = attributeOf(derived, "base") ?? attributeOf(derived, "itemType");
  const name = base === undefined ? "" : qualifiedName(derived, base);
  const found = typeNamed(reading, name);
  const plain = { type: localOf(name) || derived.local, values: null, limits: new Map() };
  const beneath = (found && valueOf(reading, found, level + 1)) ?? plain;
  const values = derived.children
    .filter(({ local }) => local === "enumeration")
    .map((one) => attributeOf(one, "value") ?? "");
  return {
    type: derived.local === "list" ? `list of ${beneath.type}` : beneath.type,
    values: values.length > 0 ? values : beneath.values,
    limits: new Map([...beneath.limits, ...facetsOf(derived)]),
  };
}

const derivations = new Set(["restriction", "extension", "list", "union"]);

const facets =
  /^(length|minLength|maxLength|pattern|(min|max)(In|Ex)clusive|(total|fraction)Digits)$/;

const facetsOf = (derived: XmlElement): [string, string][] =>
  derived.children
    .filter(({ local }) => facets.test(local))
    .map((facet) => [facet.local, attributeOf(facet, "value") ?? ""]);

const localOf = (name: string) => name.slice(name.indexOf("}") + 1);

function builtInOf(node: XmlElement): string | undefined {
  const type = attributeOf(node, "type");
  if (type) {
    const name = qualifiedName(node, type);
    return name.startsWith(`{${xsdNamespace}}`) ? localOf(name) : undefined;
  }
  return node.children.some(({ local }) => local.endsWith("Type")) ? undefined : "anyType";
}

function isMany(node: XmlElement): boolean {
  const most = attributeOf(node, "maxOccurs");
  return most === "unbounded" || Number(most ?? 1) > 1;
}
