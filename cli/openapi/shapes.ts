/**
 * Schemas as zod expressions. Written here rather than taken from a generator: json-schema-to-zod
 * knows neither references nor discriminators, and @hey-api/openapi-ts and openapi-typescript need
 * the JavaScript API of TypeScript, which version 7 has no more.
 *
 * Sizes (`maxLength`, `minItems`, `maximum` …) are left out: an ERP keeps older values than its
 * description, and one long label is no reason to refuse the whole answer.
 */
import {
  isRef,
  resolved,
  type Description,
  type Reference,
  type Schema,
  type SchemaOrRef,
} from "./description.ts";
import type { Cycles } from "./cycles.ts";
import { composed, isComposed } from "./composed.ts";
import { fieldsOf, isNullable, type Shape, type Shapes, type Spot, type Typed } from "./fields.ts";
import { createNames, pascalCase, plain } from "./names.ts";

/** `repeated` are the inline schemas, as text, that stand in several places: each gets a name. */
export function createShapes(
  description: Description,
  cycles: Cycles,
  repeated: ReadonlySet<string>,
): Shapes {
  const byKey = new Map<string, Shape>();
  const name = createNames();
  const declare = (key: string, wanted: string, schema: SchemaOrRef, owner: string | null) => {
    const known = byKey.get(key);
    if (known) return known;
    const pascal = pascalCase(wanted);
    const about = typeof schema === "object" && !isRef(schema) ? (schema.description ?? "") : "";
    const shape: Shape = {
      name: name(pascal, `${pascal}Shape`),
      about: plain(about),
      text: "",
      before: new Set(),
      uses: new Set(),
    };
    byKey.set(key, shape);
    shape.text = written(shapes, schema, { owner, shape, hint: pascal }, true);
    return shape;
  };
  const named = (pointer: string) => {
    const wanted = decodeURIComponent(pointer.split("/").at(-1) ?? "").replaceAll("~1", "/");
    const schema = resolved<Schema>(description, { $ref: pointer }) ?? true;
    return declare(pointer, wanted, schema, pointer);
  };
  const shapes: Shapes & Inner = {
    description,
    cycles,
    met: new Map(),
    left: new Set(),
    named,
    inline: (key, hint, schema) =>
      repeated.has(key) ? declare(`inline ${key}`, hint, schema, null) : null,
    expression: (schema, spot) => written(shapes, schema, spot, false),
    typeOf: (schema, hint) =>
      simple(shapes, schema) ??
      single(declare(`answer ${stable(schema)}`, hint, schema, null).name),
    declared: () => inOrder([...byKey.values()]),
  };
  return shapes;
}

interface Inner {
  named(pointer: string): Shape;
  inline(key: string, hint: string, schema: Schema): Shape | null;
}

const single = (name: string): Typed => ({ type: name, shape: name, names: [name] });

function simple(shapes: Shapes & Inner, schema: SchemaOrRef): Typed | null {
  if (typeof schema === "boolean") return { type: "unknown", shape: "z.unknown()", names: [] };
  if (isRef(schema)) return single(shapes.named(schema.$ref).name);
  if (isNullable(schema) || isComposed(schema) || schema.enum) return null;
  const [kind] = kindsOf(schema);
  if (kind === "array" && typeof schema.items === "object" && !schema.prefixItems) {
    const item = simple(shapes, schema.items);
    return item && { ...item, type: `${item.type}[]`, shape: `z.array(${item.shape})` };
  }
  if (kind === "string") return { type: "string", shape: text(schema), names: [] };
  if (kind === "boolean") return { type: "boolean", shape: "z.boolean()", names: [] };
  if (kind === "integer") return { type: "number", shape: "z.int()", names: [] };
  if (kind === "number") return { type: "number", shape: "z.number()", names: [] };
  return null;
}

/** `isDeclaration`: at the top of its own shape, where it may not be taken for itself. */
function written(
  shapes: Shapes & Inner,
  schema: SchemaOrRef,
  spot: Spot,
  isDeclaration: boolean,
): string {
  if (typeof schema === "boolean") return schema ? "z.unknown()" : "z.never()";
  if (isRef(schema)) return reference(shapes, schema, spot);
  const worth = (schema.enum?.length ?? 0) > 2 || Object.keys(schema.properties ?? {}).length > 1;
  if (worth && !isDeclaration && !leadsRound(shapes, schema)) {
    const key = stable(schema);
    shapes.met.set(key, (shapes.met.get(key) ?? 0) + 1);
    const shape = shapes.inline(key, spot.hint, schema);
    if (shape) return used(shape, spot);
  }
  const core = coreOf(shapes, schema, spot);
  return isNullable(schema) && core !== "z.null()" ? `${core}.nullable()` : core;
}

const used = (shape: Shape, spot: Spot) => {
  spot.shape.uses.add(shape.name);
  spot.shape.before.add(shape.name);
  return shape.name;
};

function reference(shapes: Shapes & Inner, { $ref }: Reference, spot: Spot): string {
  const shape = shapes.named($ref);
  if (spot.owner === null || !shapes.cycles.together(spot.owner, $ref)) return used(shape, spot);
  spot.shape.uses.add(shape.name);
  if (spot.defer) {
    spot.defer();
    return shape.name;
  }
  if (!shapes.cycles.tightly(spot.owner, $ref)) return used(shape, spot);
  shapes.left.add(
    `${spot.shape.name} contains itself with no field in between: what is inside is of type \`unknown\``,
  );
  return `z.lazy((): z.ZodType => ${shape.name})`;
}

/** An inline schema that is part of a circle stays where it is. */
function leadsRound(shapes: Shapes, schema: Schema): boolean {
  const refs = JSON.stringify(schema).matchAll(/"\$ref":"([^"]+)"/g);
  return [...refs].some(([, ref]) => shapes.cycles.together(ref!, ref!));
}

const stable = (value: unknown): string =>
  JSON.stringify(value, (key, held: unknown) => {
    if (key === "description" && typeof held === "string") return undefined;
    if (typeof held !== "object" || held === null || Array.isArray(held)) return held;
    return Object.fromEntries(Object.entries(held).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });

function kindsOf(schema: Schema): string[] {
  const told = [schema.type ?? []].flat().filter((kind) => kind !== "null");
  if (told.length > 0) return told;
  if (schema.properties || schema.additionalProperties) return ["object"];
  return schema.items || schema.prefixItems ? ["array"] : [];
}

function coreOf(shapes: Shapes, schema: Schema, spot: Spot): string {
  if (schema.const !== undefined) return literal([schema.const]);
  if (schema.enum) return enumeration(schema.enum);
  if (isComposed(schema)) return composed(shapes, schema, spot);
  const kinds = kindsOf(schema);
  if (kinds.length > 1) {
    const each = kinds.map((type) => coreOf(shapes, { ...schema, type }, spot));
    return `z.union([${each.join(", ")}])`;
  }
  switch (kinds[0]) {
    case "object":
      return objectOf(shapes, schema, spot);
    case "array":
      return arrayOf(shapes, schema, spot);
    case "string":
      return text(schema);
    case "integer":
      return "z.int()";
    case "number":
      return "z.number()";
    case "boolean":
      return "z.boolean()";
    default:
      return [schema.type].flat().includes("null") ? "z.null()" : "z.unknown()";
  }
}

function enumeration(values: readonly unknown[]): string {
  const known = [...new Set(values.filter((value) => value !== null))];
  if (known.length === 0) return "z.null()";
  const isText = known.every((value) => typeof value === "string");
  return isText ? `z.enum(${JSON.stringify(known)})` : literal(known);
}

function literal(values: readonly unknown[]): string {
  const isPlain = values.every((value) => value === null || typeof value !== "object");
  if (!isPlain) return "z.unknown()";
  return `z.literal(${JSON.stringify(values.length === 1 ? values[0] : values)})`;
}

function text({ format, pattern }: Schema): string {
  if (format === "date") return "z.iso.date()";
  if (format === "date-time") return "z.iso.datetime({ offset: true })";
  if (format === "uuid") return "z.guid()";
  return pattern === undefined ? "z.string()" : `z.string()${regex(pattern)}`;
}

function regex(pattern: string): string {
  // Against control characters: says nothing of what a value is.
  if (/\\u00[01][\da-f]|\\x[01][\da-f]|\p{Cc}/iu.test(pattern)) return "";
  for (const flags of ["u", ""]) {
    try {
      const { source } = new RegExp(pattern, flags);
      // Escapes that JavaScript does not need are a fault in a literal, but none in a text.
      const isTidy = !/\\[^dDwWsSbB.()/\\^$|*+?]|\[[^\]]*\\[^dDwWsS\\]/.test(source);
      if (isTidy) return `.regex(/${source}/${flags})`;
      return `.regex(new RegExp(${JSON.stringify(pattern)}${flags && `, "${flags}"`}))`;
    } catch {
      // Perhaps it is one without the flag.
    }
  }
  return "";
}

function arrayOf(shapes: Shapes, schema: Schema, spot: Spot): string {
  const inside = { ...spot, hint: `${spot.hint}Item` };
  if (schema.prefixItems) {
    const parts = schema.prefixItems.map((item) => shapes.expression(item, inside));
    return `z.tuple([${parts.join(", ")}])`;
  }
  return `z.array(${shapes.expression(schema.items ?? true, inside)})`;
}

function objectOf(shapes: Shapes, schema: Schema, spot: Spot): string {
  const { additionalProperties: others } = schema;
  const held = typeof others === "object" ? shapes.expression(others, spot) : null;
  if (Object.keys(schema.properties ?? {}).length > 0) {
    const fields = `z.object({${fieldsOf(shapes, schema, spot)}})`;
    return held ? `${fields}.catchall(${held})` : fields;
  }
  return held || others !== false
    ? `z.record(z.string(), ${held ?? "z.unknown()"})`
    : "z.object({})";
}

/** Each behind what it needs; otherwise as they came. */
function inOrder(shapes: readonly Shape[]): Shape[] {
  const byName = new Map(shapes.map((shape) => [shape.name, shape]));
  const placed = new Set<Shape>();
  const place = (shape: Shape, above: readonly Shape[]): void => {
    if (placed.has(shape) || above.includes(shape)) return;
    for (const name of shape.before) place(byName.get(name)!, [...above, shape]);
    placed.add(shape);
  };
  for (const shape of shapes) place(shape, []);
  return [...placed];
}
