/** Schemas made of others: allOf, oneOf, anyOf, with and without a discriminator. */
import { isRef, resolved, type Reference, type Schema, type SchemaOrRef } from "./description.ts";
import { property } from "./names.ts";
import { fieldsOf, isNull, isNullable, type Shapes, type Spot } from "./fields.ts";

export const isComposed = ({ allOf, oneOf, anyOf }: Schema): boolean =>
  [allOf, oneOf, anyOf].some((parts) => (parts?.length ?? 0) > 0);

/** Without `.nullable()`, which the caller adds. */
export function composed(shapes: Shapes, schema: Schema, spot: Spot): string {
  const { allOf = [], oneOf, anyOf, ...rest } = schema;
  const unions = [oneOf, anyOf].flatMap((parts) => unionOf(shapes, schema, parts ?? [], spot));
  const own = says(rest) ? [withoutNull(rest)] : [];
  const parts = [...allOf.filter((part) => isRef(part) || says(part)), ...own];
  const whole = parts.length === 0 ? [] : [allOfThem(shapes, parts, spot)];
  const all = [...whole, ...unions];
  if (all.length === 0) return "z.unknown()";
  return all.reduce((left, right) => `z.intersection(${left}, ${right})`);
}

/** Whether a schema says anything of the value, beside what it is for. */
const says = (schema: SchemaOrRef): boolean =>
  typeof schema === "object" &&
  ["properties", "required", "additionalProperties", "allOf", "oneOf", "anyOf", "enum", "const"]
    .concat(["items", "format", "pattern"])
    .some((key) => key in schema && schema[key as keyof typeof schema] !== undefined);

const withoutNull = ({ nullable: _nullable, type, ...rest }: Schema): Schema => {
  const kinds = [type ?? []].flat().filter((kind) => kind !== "null");
  return kinds.length === 0 ? rest : { ...rest, type: kinds };
};

function allOfThem(shapes: Shapes, parts: readonly SchemaOrRef[], spot: Spot): string {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return shapes.expression(only, spot);
  if (!parts.every((part) => isPlainObject(shapes, part))) {
    const each = parts.map((part) => shapes.expression(part, spot));
    return each.reduce((left, right) => `z.intersection(${left}, ${right})`);
  }
  const refs = parts.filter(isRef);
  const inline = merged(parts.filter((part): part is Schema => !isRef(part)));
  const [base, ...others] = refs.map((ref) => shapes.expression(ref, spot));
  const fields = fieldsOf(shapes, inline, spot);
  if (base === undefined) return `z.object({${fields}})`;
  const extended = others.reduce((whole, other) => `${whole}.extend(${other}.shape)`, base);
  const whole = fields === "" ? extended : `${extended}.extend({${fields}})`;
  const inherited = (inline.required ?? []).filter((name) => !(name in (inline.properties ?? {})));
  if (inherited.length === 0) return whole;
  return `${whole}.required({${inherited.map((name) => `${property(name)}: true`).join(", ")}})`;
}

/** Whether it becomes a `z.object` that can be extended. */
function isPlainObject(shapes: Shapes, node: SchemaOrRef): boolean {
  if (typeof node === "boolean") return false;
  const schema = resolved<Schema>(shapes.description, node);
  if (!schema || typeof schema !== "object") return false;
  const {
    allOf,
    oneOf,
    anyOf,
    additionalProperties,
    type = "object",
    properties,
    required,
  } = schema;
  if (isNullable(schema) || oneOf || anyOf || typeof additionalProperties === "object")
    return false;
  if ([type].flat().join() !== "object" || schema.enum) return false;
  if (allOf) return allOf.every((part) => isPlainObject(shapes, part));
  return properties !== undefined || (!isRef(node) && required !== undefined);
}

function merged(schemas: readonly Schema[]): Schema {
  const flat = schemas.flatMap((schema) => [
    schema,
    ...(schema.allOf ?? []).filter((part): part is Schema => typeof part === "object"),
  ]);
  return {
    properties: Object.assign({}, ...flat.map(({ properties }) => properties)) as Record<
      string,
      SchemaOrRef
    >,
    required: flat.flatMap(({ required }) => required ?? []),
  };
}

function unionOf(
  shapes: Shapes,
  { discriminator }: Schema,
  alternatives: readonly SchemaOrRef[],
  spot: Spot,
): string[] {
  const members = alternatives.filter((member) => !isNull(member));
  // `anyOf: [{ required: [a] }, { required: [b] }]` says nothing of a type.
  if (members.every(isOnlyRequired)) return [];
  if (members.length === 1) return [shapes.expression(members[0]!, spot)];
  const tagged = discriminator && taggedBy(shapes, discriminator, members, spot);
  if (tagged) return [tagged];
  // The first that fits is taken, and fields that it does not know are dropped: the fuller ones first.
  const each = members
    .toSorted((a, b) => needs(shapes, b) - needs(shapes, a))
    .map((member) => shapes.expression(member, spot));
  return [`z.union([${[...new Set(each)].join(", ")}])`];
}

const isOnlyRequired = (schema: SchemaOrRef): boolean =>
  typeof schema === "object" && Object.keys(schema).join() === "required";

function needs(shapes: Shapes, node: SchemaOrRef): number {
  const schema = typeof node === "object" ? resolved<Schema>(shapes.description, node) : undefined;
  if (!schema || typeof schema !== "object") return 0;
  const parts = (schema.allOf ?? []).map((part) => needs(shapes, part));
  return (schema.required?.length ?? 0) + parts.reduce((sum, count) => sum + count, 0);
}

function taggedBy(
  shapes: Shapes,
  { propertyName, mapping = {} }: NonNullable<Schema["discriminator"]>,
  members: readonly SchemaOrRef[],
  spot: Spot,
): string | null {
  if (!members.every((member) => isRef(member) && isPlainObject(shapes, member))) return null;
  const refs = members as readonly Reference[];
  const tags = refs.map((ref) => tagsOf(shapes, ref, propertyName, mapping));
  const all = tags.flatMap(({ values }) => values);
  if (new Set(all).size !== all.length) return null;
  const each = refs.map((ref, index) => {
    const expression = shapes.expression(ref, spot);
    const { values, isTold } = tags[index]!;
    if (isTold) return expression;
    const literal = JSON.stringify(values.length === 1 ? values[0] : values);
    return `${expression}.extend({ ${property(propertyName)}: z.literal(${literal}) })`;
  });
  return `z.discriminatedUnion(${JSON.stringify(propertyName)}, [${each.join(", ")}])`;
}

/** What the discriminator says for one member; `isTold`: its own schema says so already. */
function tagsOf(
  shapes: Shapes,
  { $ref }: Reference,
  name: string,
  mapping: Readonly<Record<string, string>>,
): { values: readonly string[]; isTold: boolean } {
  const last = $ref.split("/").at(-1)!;
  const mapped = Object.entries(mapping)
    .filter(([, target]) => target === $ref || target === last)
    .map(([value]) => value);
  const own = propertyOf(shapes, { $ref }, name);
  const told = own?.const === undefined ? own?.enum : [own.const];
  if (told?.length === 1 && typeof told[0] === "string" && mapped.every((tag) => tag === told[0])) {
    return { values: [told[0]], isTold: true };
  }
  return { values: mapped.length > 0 ? mapped : [last], isTold: false };
}

function propertyOf(shapes: Shapes, node: SchemaOrRef, name: string): Schema | undefined {
  if (typeof node === "boolean") return undefined;
  const schema = resolved<Schema>(shapes.description, node);
  const own = schema?.properties?.[name];
  if (typeof own === "object") return resolved<Schema>(shapes.description, own);
  for (const part of schema?.allOf ?? []) {
    const found = propertyOf(shapes, part, name);
    if (found) return found;
  }
  return undefined;
}
