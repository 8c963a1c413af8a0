/** What can be asked, taken from the paths of a description: how it is sent and what may come back. */
import {
  isRef,
  resolved,
  type Content,
  type Description,
  type Operation,
  type Parameter,
  type PathItem,
  type RequestBody,
  type Response,
  type SchemaOrRef,
  type SecurityRequirement,
} from "./description.ts";
import { bodyOf, isJson, Unmade, type Body } from "./request-body.ts";
import { camelCase, createNames, isIdentifier } from "./names.ts";

export type Method = "get" | "post" | "put" | "patch" | "delete";

export interface Asked {
  /** As the ERP names it. */
  readonly wire: string;
  /** As the caller does. */
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly schema: SchemaOrRef;
  /** How a list is sent: each under the name, or in one text. */
  readonly list: "repeated" | "," | " " | "|";
}

/** `null` where nothing comes with a status. */
export type Bodies = readonly { readonly status: number; readonly schema: SchemaOrRef | null }[];

export interface Planned {
  /** `listContracts`: in TypeScript. */
  readonly name: string;
  /** As the ERP names it, where it does. */
  readonly id: string | undefined;
  /** `GET /contracts`. */
  readonly title: string;
  readonly about: string;
  readonly method: Method;
  readonly path: string;
  /** What it belongs with. */
  readonly group: string;
  readonly asked: readonly Asked[];
  readonly body: Body | null;
  readonly answer: { readonly kind: "json"; readonly done: Bodies } | { readonly kind: "file" };
  /** With what it says that there is no such thing: undefined where it never does. */
  readonly none: SchemaOrRef | null | undefined;
  /** With what it refuses a change. */
  readonly refused: Bodies;
  readonly security: readonly SecurityRequirement[];
}

export const isList = ({ schema }: Asked): boolean =>
  typeof schema === "object" && "type" in schema && [schema.type].flat().includes("array");

/** Sent as `ids=1&ids=2`. */
export const isRepeated = (asked: Asked): boolean =>
  asked.in === "query" && asked.list === "repeated" && isList(asked);

const methods: readonly Method[] = ["get", "post", "put", "patch", "delete"];
/** With these a change was refused; what else may have happened nobody knows. */
const refusals = new Set([400, 404, 409, 410, 412, 422]);

/** `left` is added to: what is not made, and why. */
export function planOperations(description: Description, left: string[]): Planned[] {
  const name = createNames();
  const planned: Planned[] = [];
  for (const [path, node] of Object.entries(description.paths)) {
    if (path.startsWith("x-")) continue;
    const item = resolved<PathItem>(description, node);
    for (const method of ["head", "options", "trace"]) {
      if (item?.[method]) left.push(`${method.toUpperCase()} ${path}: this method tells nothing`);
    }
    for (const method of methods) {
      const operation = item?.[method] as Operation | undefined;
      if (!item || !operation) continue;
      const title = `${method.toUpperCase()} ${path}`;
      try {
        planned.push(planOne({ description, item, operation, method, path, title, name, left }));
      } catch (error) {
        if (!(error instanceof Unmade)) throw error;
        left.push(`${title}: ${error.message}`);
      }
    }
  }
  return planned;
}

interface Given {
  readonly description: Description;
  readonly item: PathItem;
  readonly operation: Operation;
  readonly method: Method;
  readonly path: string;
  readonly title: string;
  readonly name: (wanted: string, or?: string) => string;
  readonly left: string[];
}

function planOne(given: Given): Planned {
  const { description, item, operation, method, path, title, left } = given;
  const { parameters, body: bodyParameter } = parametersOf(given);
  const body = bodyOf(description, operation.requestBody ?? bodyParameter);
  const answers = answersOf(description, operation);
  const answer = answerOf(method, answers);
  const refused = answers.filter(
    ({ status, schema }) => method !== "get" && schema !== null && refusals.has(status),
  );
  const missing = method === "get" ? answers.find(({ status }) => status === 404) : undefined;
  if ([...(operation.servers ?? []), ...(item.servers ?? [])].length > 0) {
    left.push(`${title}: has a server of its own; it is asked at \`baseUrl\` like the others`);
  }
  return {
    name: nameOf(given),
    id: operation.operationId,
    title,
    about: operation.summary ?? operation.description ?? "",
    method,
    path,
    group: operation.tags?.[0] ?? groupOf(path),
    asked: parameters,
    body,
    answer,
    none: missing && (missing.other === null ? missing.schema : null),
    refused,
    security: operation.security ?? description.security ?? [],
  };
}

/** `getContractsById` where the description has no name for it; each name once. */
function nameOf({ operation, method, path, title, name, left }: Given): string {
  const made = path
    .replace(/\{([^}]*)\}/g, " by $1 ")
    .split("/")
    .filter((part) => !/^v\d+$/i.test(part))
    .join(" ");
  const wanted = camelCase(operation.operationId ?? `${method} ${made}`);
  const unique = name(wanted, `${wanted}Operation`);
  if (unique !== wanted && unique !== `${wanted}Operation`) {
    left.push(
      `${title}: \`${wanted}\` is taken by another operation; this one is called \`${unique}\``,
    );
  }
  return unique;
}

const groupOf = (path: string): string =>
  path.split("/").find((part) => /^[a-z]/i.test(part) && !/^(v\d+|api|rest)$/i.test(part)) ??
  "other";

function parametersOf(given: Given): { parameters: Asked[]; body?: RequestBody } {
  const { description, item, operation, title, left } = given;
  const name = createNames(["body", "form"]);
  const found = new Map<string, Parameter>();
  let body: RequestBody | undefined;
  for (const node of [...(item.parameters ?? []), ...(operation.parameters ?? [])]) {
    const parameter = resolved<Parameter | RequestBody>(description, node);
    // What was a parameter in Swagger 2.
    if (parameter && "content" in parameter && !("in" in parameter)) body = parameter;
    else if (parameter && "in" in parameter) {
      found.set(`${parameter.in} ${parameter.name}`, parameter);
    }
  }
  const parameters = [...found.values()].flatMap((parameter): Asked[] => {
    const place = parameter.in;
    const ours = ["accept", "content-type", "authorization"].includes(parameter.name.toLowerCase());
    if (place === "header" && ours) return [];
    if (place !== "path" && place !== "query" && place !== "header") {
      left.push(`${title}: the ${place} \`${parameter.name}\` is not sent`);
      return [];
    }
    const schema = schemaOf(description, parameter);
    if (schema === null) {
      const why = `\`${parameter.name}\` is an object in the ${place}`;
      if (parameter.required) throw new Unmade(`${why}, which is left to write`);
      left.push(`${title}: ${why}; it is not sent`);
      return [];
    }
    const wanted = isIdentifier(parameter.name) ? parameter.name : camelCase(parameter.name);
    const required = place === "path" || parameter.required === true;
    const list = listOf(parameter);
    return [{ wire: parameter.name, name: name(wanted), in: place, required, schema, list }];
  });
  return body ? { parameters, body } : { parameters };
}

/** The schema of a parameter; null for an object, and for JSON inside a parameter. */
function schemaOf(
  description: Description,
  { schema = true, content }: Parameter,
): SchemaOrRef | null {
  if (content) return null;
  if (typeof schema === "boolean") return { type: "string" };
  const found = resolved(description, schema);
  if (found && "type" in found && found.type === "object") return null;
  return found ?? { type: "string" };
}

function listOf({
  in: place,
  style = place === "query" ? "form" : "simple",
  explode,
}: Parameter): Asked["list"] {
  if (style === "spaceDelimited") return " ";
  if (style === "pipeDelimited") return "|";
  return style === "form" && (explode ?? true) ? "repeated" : ",";
}

const isFile = (type: string) =>
  /^(application\/(pdf|octet-stream|zip|vnd\.(?!.*\+(json|xml)).*)|(image|audio|video)\/.*|\*\/\*)/i.test(
    type,
  );

interface Described {
  readonly status: number;
  /** Of its JSON. */
  readonly schema: SchemaOrRef | null;
  /** What comes that is no JSON. */
  readonly other: string | null;
}

function answersOf(description: Description, { responses = {} }: Operation): Described[] {
  const all = Object.entries(responses).flatMap(([written, node]) => {
    const response = resolved<Response>(description, node) ?? {};
    const { schema, other } = contentOf(response.content ?? {});
    return statusesOf(written).map((status) => ({ status, schema, other }));
  });
  const isSaid = all.some(({ status }) => status >= 200 && status < 300);
  const byDefault = isSaid ? undefined : responses.default;
  if (!byDefault) return all;
  const response = resolved<Response>(description, byDefault) ?? {};
  return [...all, { status: 200, ...contentOf(response.content ?? {}) }];
}

function statusesOf(written: string): number[] {
  if (/^2xx$/i.test(written)) return [200, 201, 202, 204];
  return /^\d{3}$/.test(written) ? [Number(written)] : [];
}

function contentOf(content: Content): { schema: SchemaOrRef | null; other: string | null } {
  const types = Object.keys(content);
  const json = types.find(isJson);
  if (json !== undefined) return { schema: content[json]!.schema ?? true, other: null };
  // What some generators of descriptions write where they mean JSON.
  const any = content["*/*"]?.schema;
  if (any !== undefined && (isRef(any) || (typeof any === "object" && any.format !== "binary"))) {
    return { schema: any, other: null };
  }
  return { schema: null, other: types[0] ?? null };
}

function answerOf(method: Method, answers: readonly Described[]): Planned["answer"] {
  const done = answers.filter(({ status }) => status >= 200 && status < 300);
  const other = done.find(({ schema, other }) => schema === null && other !== null)?.other;
  if (other) {
    if (!isFile(other))
      throw new Unmade(`answers with ${other}, which is left to write; JSON and files are read`);
    if (method !== "get")
      throw new Unmade(
        `answers a ${method.toUpperCase()} with a file (${other}), which is left to write`,
      );
    return { kind: "file" };
  }
  if (done.length === 0)
    throw new Unmade("describes no answer of success (2xx), so there is nothing to read");
  const isSilent = done.every(({ schema }) => schema === null);
  if (method === "get" && isSilent && done.some(({ status }) => status === 200)) {
    throw new Unmade("answers 200 to a GET and says nothing of what comes with it");
  }
  return { kind: "json", done };
}
