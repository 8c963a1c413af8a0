/** What an operation is sent: JSON, or a form. */
import {
  isRef,
  resolved,
  type Description,
  type Reference,
  type RequestBody,
  type SchemaOrRef,
} from "./description.ts";

export interface Body {
  /** `form`: with files. */
  readonly kind: "json" | "form" | "fields";
  readonly schema: SchemaOrRef;
  readonly required: boolean;
  /** Of JSON that is called otherwise. */
  readonly type?: string;
}

/** Why nothing is made of an operation. */
export class Unmade extends Error {}

export const isJson = (type: string) => /^(application|text)\/([\w.-]+\+)?json\b/i.test(type);

export function bodyOf(
  description: Description,
  node: Reference | RequestBody | undefined,
): Body | null {
  if (!node) return null;
  const body = resolved<RequestBody>(description, node);
  const types = Object.keys(body?.content ?? {});
  const json = types.find((type) => isJson(type) || type === "*/*");
  const required = body?.required ?? true;
  if (json) {
    const schema = body!.content[json]!.schema ?? true;
    const usual = /^(application\/json\b|\*)/i.test(json);
    return { kind: "json", schema, required, ...(!usual && { type: json }) };
  }
  const form = types.find((type) => /^multipart\/form-data/i.test(type));
  if (form) return { kind: "form", schema: body!.content[form]!.schema ?? true, required };
  const fields = types.find((type) => /^application\/x-www-form-urlencoded/i.test(type));
  if (fields) {
    const schema = body!.content[fields]!.schema ?? true;
    if (isFlat(description, schema)) return { kind: "fields", schema, required };
    throw new Unmade("takes a form whose fields hold objects, which is left to write");
  }
  if (types.length === 0) return null;
  throw new Unmade(`takes ${types.join(", ")}, which is left to write; JSON and forms are made`);
}

/** Whether each field is a value, or a list of values. */
function isFlat(description: Description, node: SchemaOrRef): boolean {
  const schema = typeof node === "boolean" ? undefined : resolved(description, node);
  if (!schema || isRef(schema) || typeof schema === "boolean" || !schema.properties) return false;
  if (schema.additionalProperties || schema.allOf || schema.oneOf || schema.anyOf) return false;
  return Object.values(schema.properties).every((field) => isValue(description, field, true));
}

function isValue(description: Description, node: SchemaOrRef, orList: boolean): boolean {
  const schema = typeof node === "boolean" ? undefined : resolved(description, node);
  if (!schema || isRef(schema) || typeof schema === "boolean") return false;
  const types = [schema.type ?? []].flat();
  if (orList && types.includes("array")) return isValue(description, schema.items ?? true, false);
  return types.length > 0 && types.every((type) => values.has(type));
}

const values = new Set(["string", "integer", "number", "boolean", "null"]);
