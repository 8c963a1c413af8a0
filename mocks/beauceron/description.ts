/** Holds each request against openapi.yaml: what it does not describe is refused. */
import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import { parse } from "yaml";

export const descriptionText = readFileSync(new URL("openapi.yaml", import.meta.url), "utf8");

interface Schema {
  type?: string;
  default?: unknown;
  $ref?: string;
}
interface Parameter {
  name: string;
  in: "path" | "query";
  required?: boolean;
  schema: Schema;
}
interface Operation {
  operationId: string;
  security?: unknown[];
  parameters?: { $ref: string }[];
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}
export interface Description {
  paths: Record<string, { get: Operation }>;
  components: { parameters: Record<string, Parameter>; schemas: Record<string, Schema> };
}

interface Route {
  operationId: string;
  open: boolean;
  pattern: RegExp;
  parameters: (Parameter & { valid: ValidateFunction })[];
}

export type Values = Record<string, string | number | string[]>;
export type Reading =
  | { operationId: string; open: boolean; values: Values }
  | { status: 400 | 404 | 405; message: string };

const ajv = new Ajv({ strict: false, formats: { date: true, "date-time": true, binary: true } });
export const description = parse(descriptionText) as Description;
ajv.addSchema(description, "beauceron");

const routes: Route[] = Object.entries(description.paths).map(([path, { get }]) => ({
  operationId: get.operationId,
  open: get.security?.length === 0,
  pattern: new RegExp(`^${path.replaceAll(".", "\\.").replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`),
  parameters: (get.parameters ?? []).map(({ $ref }) => {
    const name = $ref.split("/").at(-1)!;
    const valid = ajv.compile({ $ref: `beauceron#/components/parameters/${name}/schema` });
    return { ...description.components.parameters[name]!, valid };
  }),
}));

/** The name of the operation that a path asks for, whether the request is right or not. */
export const operationOf = (path: string): string =>
  routes.find((route) => route.pattern.test(path))?.operationId ?? "inconnu";

/** Matches a request; letters' case counts in paths and in parameters' names. */
export function readRequest(method: string, url: URL): Reading {
  const route = routes.find(({ pattern }) => pattern.test(url.pathname));
  if (!route) return { status: 404, message: `No mapping for ${url.pathname}` };
  if (method !== "GET") return { status: 405, message: `Method ${method} not allowed` };
  const known = route.parameters.filter((parameter) => parameter.in === "query");
  for (const name of url.searchParams.keys()) {
    if (!known.some((parameter) => parameter.name === name)) {
      return { status: 404, message: `No mapping with parameter ${name}` };
    }
  }
  return readValues(route, url);
}

function readValues(route: Route, url: URL): Reading {
  const inPath = route.pattern.exec(url.pathname)?.groups ?? {};
  const values: Values = {};
  for (const parameter of route.parameters) {
    const { name, schema } = parameter;
    const given = parameter.in === "path" ? [inPath[name]!] : url.searchParams.getAll(name);
    if (given.length > 1) return { status: 400, message: `Parameter ${name} given twice` };
    if (given[0] === undefined && parameter.required) {
      return { status: 400, message: `Parameter ${name} is missing` };
    }
    const value = given[0] === undefined ? schema.default : parsed(given[0], schema);
    if (!parameter.valid(value)) return { status: 400, message: `Parameter ${name} is wrong` };
    values[name] = value as Values[string];
  }
  return { operationId: route.operationId, open: route.open, values };
}

function parsed(text: string, schema: Schema): unknown {
  if (schema.type === "integer") return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
  return schema.type === "array" ? text.split(",") : text;
}

/** What is wrong with a JSON answer of an operation, for tests; null when it is as described. */
export function faultOfAnswer(operationId: string, status: number, data: unknown): string | null {
  const path = Object.entries(description.paths).find(([, p]) => p.get.operationId === operationId);
  const pointer = path![0].replaceAll("~", "~0").replaceAll("/", "~1").replaceAll("{", "%7B");
  const schema =
    status === 200
      ? `/paths/${pointer.replaceAll("}", "%7D")}/get/responses/200/content/application~1json/schema`
      : "/components/schemas/Erreur";
  const valid = ajv.compile({ $ref: `beauceron#${schema}` });
  return valid(data) ? null : ajv.errorsText(valid.errors);
}
