/** The parts of OpenAPI 3.0 and 3.1 that code is made of, as they stand in a checked description. */

/** `$ref` leads to a pointer in the same document. */
export interface Reference {
  readonly $ref: string;
}

export interface Schema {
  readonly type?: string | readonly string[];
  readonly nullable?: boolean;
  readonly format?: string;
  readonly pattern?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, SchemaOrRef>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: SchemaOrRef;
  readonly items?: SchemaOrRef;
  readonly prefixItems?: readonly SchemaOrRef[];
  readonly allOf?: readonly SchemaOrRef[];
  readonly oneOf?: readonly SchemaOrRef[];
  readonly anyOf?: readonly SchemaOrRef[];
  readonly not?: SchemaOrRef;
  readonly discriminator?: {
    readonly propertyName: string;
    readonly mapping?: Readonly<Record<string, string>>;
  };
}

export type SchemaOrRef = boolean | Reference | Schema;

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly style?: string;
  readonly explode?: boolean;
  readonly schema?: SchemaOrRef;
  readonly content?: Content;
}

export type Content = Readonly<Record<string, { readonly schema?: SchemaOrRef }>>;

export interface RequestBody {
  readonly required?: boolean;
  readonly content: Content;
}

export interface Response {
  readonly description?: string;
  readonly content?: Content;
}

export type SecurityRequirement = Readonly<Record<string, readonly string[]>>;

export interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly (Reference | Parameter)[];
  readonly requestBody?: Reference | RequestBody;
  readonly responses?: Readonly<Record<string, Reference | Response>>;
  readonly security?: readonly SecurityRequirement[];
  readonly servers?: readonly Server[];
}

export interface PathItem extends Readonly<Record<string, unknown>> {
  readonly parameters?: readonly (Reference | Parameter)[];
  readonly servers?: readonly Server[];
}

export interface Server {
  readonly url: string;
  readonly variables?: Readonly<Record<string, { readonly default: string }>>;
}

export interface SecurityScheme {
  readonly type: string;
  readonly description?: string;
  readonly name?: string;
  readonly in?: string;
  readonly scheme?: string;
  readonly flows?: Readonly<Record<string, { readonly tokenUrl?: string }>>;
}

export interface Description {
  readonly info?: { readonly title?: string };
  readonly servers?: readonly Server[];
  readonly security?: readonly SecurityRequirement[];
  readonly paths: Readonly<Record<string, Reference | PathItem>>;
  readonly components?: {
    readonly schemas?: Readonly<Record<string, SchemaOrRef>>;
    readonly securitySchemes?: Readonly<Record<string, Reference | SecurityScheme>>;
  };
  readonly webhooks?: unknown;
}

export const isRef = (node: unknown): node is Reference =>
  typeof node === "object" && node !== null && typeof (node as Reference).$ref === "string";

/** What a pointer leads to, through further references; undefined where they lead in a circle. */
export function resolved<T extends object>(
  description: Description,
  node: Reference | T,
): T | undefined {
  let found: unknown = node;
  for (let hops = 0; isRef(found); hops++) {
    if (hops > 50) return undefined;
    found = atPointer(description, found.$ref);
  }
  return found as T | undefined;
}

/** The node behind `#/a/b`; undefined where there is none. */
export function atPointer(description: Description, pointer: string): unknown {
  let value: unknown = description;
  for (const part of pointer.replace(/^#\/?/, "").split("/").filter(Boolean)) {
    const step = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
    value = (value as Record<string, unknown> | undefined)?.[step];
  }
  return value;
}
