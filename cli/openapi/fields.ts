/** What the makers of shapes share: where a shape stands, and the fields of an object. */
import type { Cycles } from "./cycles.ts";
import { isRef, type Description, type Schema, type SchemaOrRef } from "./description.ts";
import { camelCase, comment, pascalCase, plain, property } from "./names.ts";

/** One `const` of wire.ts. */
export interface Shape {
  readonly name: string;
  readonly about: string;
  text: string;
  /** The shapes that must stand before it. */
  readonly before: Set<string>;
  /** All that it names. */
  readonly uses: Set<string>;
}

/** Where an expression is to stand. */
export interface Spot {
  /** The pointer of the schema that it is part of; null for one that only an operation has. */
  readonly owner: string | null;
  readonly shape: Shape;
  /** What to call a shape that has no name yet. */
  readonly hint: string;
  /** Set inside a property: told when the property must be a getter. */
  readonly defer?: () => void;
}

export interface Shapes {
  readonly description: Description;
  readonly cycles: Cycles;
  expression(schema: SchemaOrRef, spot: Spot): string;
  /** The type of a schema in TypeScript; one that needs a name gets it, from `hint`. */
  typeOf(schema: SchemaOrRef, hint: string): Typed;
  /** In the order in which they may stand in a file. */
  declared(): Shape[];
  /** Inline schemas that were met, as text, with how often. */
  readonly met: Map<string, number>;
  readonly left: Set<string>;
}

export interface Typed {
  /** `Contrat[]`. */
  readonly type: string;
  /** `z.array(Contrat)`. */
  readonly shape: string;
  readonly names: readonly string[];
}

export function isNullable(schema: Schema): boolean {
  const alternatives = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
  return (
    schema.nullable === true ||
    [schema.type].flat().includes("null") ||
    schema.enum?.includes(null) === true ||
    alternatives.some(isNull)
  );
}

export const isNull = (schema: SchemaOrRef): boolean =>
  typeof schema === "object" && !isRef(schema) && schema.type === "null";

/** The fields of an object, each with its comment; `required` also of what others declare. */
export function fieldsOf(
  shapes: Shapes,
  { properties = {}, required = [] }: Schema,
  spot: Spot,
): string {
  return Object.entries(properties)
    .filter(([name]) => name !== "__proto__")
    .map(([name, schema]) => {
      let deferred = false;
      const hint = pascalCase(camelCase(name));
      const inside: Spot = { ...spot, hint, defer: () => (deferred = true) };
      const core = shapes.expression(schema, inside);
      const whole = required.includes(name) ? core : optional(core);
      const about = comment(plain(aboutField(schema), 85));
      const key = property(name);
      return deferred
        ? `\n${about}get ${key}() { return ${whole}; },`
        : `\n${about}${key}: ${whole},`;
    })
    .join("");
}

const optional = (core: string): string =>
  core.endsWith(".nullable()")
    ? core.replace(/\.nullable\(\)$/, ".nullish()")
    : `${core}.optional()`;

const aboutField = (schema: SchemaOrRef): string =>
  typeof schema === "object" && !isRef(schema) ? (schema.description ?? "") : "";
