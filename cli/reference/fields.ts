/** The fields of a schema, one by one, each with what the code says of it. */
import type { z } from "zod";
import { describe, shapeOf, type Shape } from "../../gateway/landlord-file/wording.ts";
import type { Doc } from "./docstrings.ts";

export interface Field {
  /** `fields`, `label`: lists and records are passed through. */
  readonly path: readonly string[];
  /** `registration.fields[].label` */
  readonly name: string;
  /** What stands there, in words: `one of SOCIAL, PRIVATE`. */
  readonly kind: string;
  /** The constant that describes it, where the code has one: `Money`. */
  readonly refersTo: string | null;
  /** Whether it must be there. */
  readonly needed: boolean;
  /** What holds where it is left out; undefined where there is no such thing. */
  readonly byDefault: unknown;
  readonly text: string;
  /** Those inside, where it is a map or a list of maps. */
  readonly fields: readonly Field[];
}

/** The fields of a schema of maps; what the schema itself gives where one is left out is `byDefault`. */
export function fieldsOf(schema: z.ZodType, doc: Doc | null): Field[] {
  const { shape } = insideOf(shapeOf(schema), "");
  return shape ? fieldsIn(shape, doc, [], "") : [];
}

function fieldsIn(shape: Shape, doc: Doc | null, path: readonly string[], name: string): Field[] {
  const { properties, required = [], default: given } = shape;
  return Object.entries(properties ?? {}).map(([key, part]) => {
    const said = doc?.child(key) ?? null;
    const own = name === "" ? key : `${name}.${key}`;
    const { shape: inside, name: nested } = insideOf(part, own);
    const inner = [...path, key];
    return {
      path: inner,
      name: own,
      kind: kindOf(part),
      refersTo: said?.refersTo ?? null,
      needed: required.includes(key) && part.default === undefined,
      byDefault: part.default ?? (given as Record<string, unknown> | undefined)?.[key],
      text: said?.text ?? "",
      fields: inside ? fieldsIn(inside, said, inner, nested) : [],
    };
  });
}

/** The map behind null, a list, a record, or a choice of maps. */
function insideOf(part: Shape, name: string): { shape: Shape | null; name: string } {
  const choices = part.anyOf ?? part.oneOf;
  if (choices) {
    const maps = choices.filter(({ type }) => type !== "null");
    return maps.length === 1 ? insideOf(maps[0]!, name) : { shape: together(maps), name };
  }
  if (part.type === "array") return insideOf(part.items ?? {}, `${name}[]`);
  if (part.properties) return { shape: part, name };
  const rest = part.additionalProperties;
  if (typeof rest === "object") return insideOf(rest, `${name}.*`);
  return { shape: null, name };
}

const choicesOf = (part: Shape): Shape[] => part.anyOf ?? part.oneOf ?? [part];

/** One map for a choice of maps: what is in all of them must be there. */
function together(maps: readonly Shape[]): Shape | null {
  const properties: Record<string, Shape> = {};
  for (const map of maps) {
    for (const [key, part] of Object.entries(map.properties ?? {})) {
      const before = properties[key];
      properties[key] = before ? { anyOf: [...choicesOf(before), ...choicesOf(part)] } : part;
    }
  }
  const required = Object.keys(properties).filter((key) =>
    maps.every((map) => map.required?.includes(key)),
  );
  return Object.keys(properties).length > 0 ? { properties, required } : null;
}

function kindOf(part: Shape): string {
  const choices = part.anyOf ?? part.oneOf ?? [];
  const filled = choices.filter(({ type }) => type !== "null");
  if (filled.length < choices.length && filled.length > 0) {
    return `${kindOf(filled.length === 1 ? filled[0]! : { anyOf: filled })}, or null`;
  }
  if (choices.length > 1 && new Set(choices.map(kindOf)).size === 1) return kindOf(choices[0]!);
  if (choices.length > 0 && choices.every((choice) => choice.const !== undefined)) {
    return describe({ enum: choices.map((choice) => choice.const) });
  }
  if (part.type === "array") {
    const items = part.items ?? {};
    const least = part.minItems ? ", one or more" : "";
    return items.properties ? `a list of maps${least}` : `a list: ${describe(items)}${least}`;
  }
  if (part.properties) return "a map";
  return describe(part);
}

/** The same fields in the order of a page: each in front of those inside it. */
export function flatten(fields: readonly Field[]): Field[] {
  return fields.flatMap((field) => [field, ...flatten(field.fields)]);
}
