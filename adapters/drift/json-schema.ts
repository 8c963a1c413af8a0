/** JSON schemas of OpenAPI 2.0, 3.0 and 3.1: the fields that a value has. */
import { PortError } from "../ports/errors.ts";
import { mostLevels, plainField, type Field } from "./described.ts";

export type Json = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** A description, and what is counted while it is read. */
export interface Document {
  readonly root: Json;
  readonly step: () => void;
}

/**
 * What a `$ref` stands for, else the value itself; an empty record for what is none. Throws
 * BAD_RESPONSE for one that leads to another file, or nowhere.
 */
export function resolve({ root, step }: Document, value: unknown): Json {
  let found: unknown = value;
  for (let level = 0; isRecord(found) && typeof found["$ref"] === "string"; level += 1) {
    step();
    const ref = found["$ref"];
    if (!ref.startsWith("#/")) {
      throw new PortError("BAD_RESPONSE", "A description that refers to another file");
    }
    if (level > mostLevels) throw new PortError("BAD_RESPONSE", "A reference to itself");
    found = ref.slice(2).split("/").reduce<unknown>(within, root);
    if (found === undefined) throw new PortError("BAD_RESPONSE", "A reference that leads nowhere");
  }
  return isRecord(found) ? found : {};
}

function within(value: unknown, segment: string): unknown {
  const name = decodeURIComponent(segment).replaceAll("~1", "/").replaceAll("~0", "~");
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Where a value stands. */
interface Place {
  readonly path: string;
  readonly parent: string | null;
  readonly required: boolean;
  readonly open: readonly Json[];
}

/** Adds the value at a path with all that is in it. */
export function readValue(
  document: Document,
  given: unknown,
  { path, parent = null, required }: { path: string; parent?: string | null; required: boolean },
  into: Map<string, Field>,
): void {
  readAt(document, given, { path, parent, required, open: [] }, into);
}

function readAt(document: Document, given: unknown, place: Place, into: Map<string, Field>): void {
  document.step();
  const { path, parent, required, open } = place;
  const schema = merged(document, given);
  const types = typesOf(schema);
  if (types.includes("array") && isRecord(schema["items"])) {
    readAt(document, schema["items"], { ...place, open: [...open, schema] }, into);
    const item = into.get(path);
    // A list of lists is a list of something else than a list.
    if (item?.repeated) into.set(path, { ...item, type: `list of ${item.type}` });
    else if (item) into.set(path, { ...item, repeated: true, nillable: isNullable(schema) });
    return;
  }
  into.set(path, { ...fieldOf(schema, types), parent, required });
  const source = resolve(document, given);
  if (open.includes(source) || open.length > mostLevels) return;
  const needed = listOf(schema["required"]);
  const inside = { parent: path, open: [...open, source] };
  for (const [name, child] of Object.entries(
    isRecord(schema["properties"]) ? schema["properties"] : {},
  )) {
    const at = { ...inside, path: `${path}.${name}`, required: needed.includes(name) };
    readAt(document, child, at, into);
  }
  if (isRecord(schema["additionalProperties"])) {
    readAt(
      document,
      schema["additionalProperties"],
      { ...inside, path: `${path}.*`, required: false },
      into,
    );
  }
}

function fieldOf(schema: Json, types: readonly string[]): Field {
  const values = [...listOf(schema["enum"]), ...("const" in schema ? [schema["const"]] : [])];
  return {
    ...plainField,
    type: types.join(" or ") || (isRecord(schema["properties"]) ? "object" : "anything"),
    nillable: isNullable(schema),
    values: values.length > 0 ? values.filter((value) => value !== null).map(String) : null,
    limits: new Map(
      limits.flatMap((name) => (name in schema ? [[name, String(schema[name])] as const] : [])),
    ),
  };
}

const limits = [
  "format",
  "pattern",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
];

const typesOf = (schema: Json): string[] =>
  [...new Set([schema["type"]].flat())]
    .filter((type): type is string => typeof type === "string" && type !== "null")
    .toSorted();

const isNullable = (schema: Json): boolean =>
  schema["nullable"] === true ||
  schema["x-nullable"] === true ||
  [schema["type"]].flat().includes("null") ||
  listOf(schema["enum"]).includes(null);

/** One schema with all of `allOf`, and with what any of `oneOf` and `anyOf` may have. */
function merged(document: Document, given: unknown, level = 0): Json {
  document.step();
  const schema = resolve(document, given);
  if (level > mostLevels) return schema;
  const deeper = (one: unknown) => merged(document, one, level + 1);
  const all = listOf(schema["allOf"]).map(deeper);
  const either = [...listOf(schema["oneOf"]), ...listOf(schema["anyOf"])].map(deeper);
  if (all.length + either.length === 0) return schema;
  return [...all, ...(either.length > 0 ? [either.reduce(eitherOf)] : [])].reduce(bothOf, schema);
}

const propertiesOf = (schema: Json) => (isRecord(schema["properties"]) ? schema["properties"] : {});

function bothOf(a: Json, b: Json): Json {
  const properties = { ...propertiesOf(a) };
  for (const [name, value] of Object.entries(propertiesOf(b))) {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    properties[name] = known === undefined ? value : { allOf: [known, value] };
  }
  const required = [...listOf(a["required"]), ...listOf(b["required"])];
  return { ...a, ...b, properties, required };
}

function eitherOf(a: Json, b: Json): Json {
  const properties = { ...propertiesOf(a) };
  for (const [name, value] of Object.entries(propertiesOf(b))) {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    properties[name] = known === undefined ? value : { anyOf: [known, value] };
  }
  const required = listOf(a["required"]).filter((name) => listOf(b["required"]).includes(name));
  const types = [...new Set([a["type"], b["type"]].flat())].filter((type) => type !== undefined);
  const values =
    Array.isArray(a["enum"]) && Array.isArray(b["enum"])
      ? { enum: [...new Set([...listOf(a["enum"]), ...listOf(b["enum"])])] }
      : { enum: undefined };
  return { ...a, ...b, ...values, type: types, properties, required };
}
