/** Holds each request against openapi.yaml: what it does not describe is refused. */
import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import { parse } from "yaml";
import type { RequestBody, TakesBody } from "./body.ts";

export const descriptionText = readFileSync(new URL("openapi.yaml", import.meta.url), "utf8");

interface Schema {
  type?: string;
  default?: unknown;
  $ref?: string;
}
interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  schema: Schema;
}
interface Operation {
  operationId: string;
  security?: unknown[];
  parameters?: { $ref: string }[];
  requestBody?: RequestBody;
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}
type Method = "get" | "post" | "put" | "patch" | "delete";
export interface Description {
  paths: Record<string, Partial<Record<Method, Operation>>>;
  components: { parameters: Record<string, Parameter>; schemas: Record<string, Schema> };
}

interface Route {
  operationId: string;
  method: string;
  open: boolean;
  pattern: RegExp;
  parameters: (Parameter & { valid: ValidateFunction })[];
  takes: TakesBody | null;
}

export type Values = Record<string, string | number | string[]>;
export type Reading =
  | { operationId: string; open: boolean; values: Values; takes: TakesBody | null }
  | { status: 400 | 404 | 405; message: string };

/** A day that the calendar has: no 30 February. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function isMoment(text: string): boolean {
  const shape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
  return shape.test(text) && !Number.isNaN(Date.parse(text));
}

const ajv = new Ajv({
  strict: false,
  formats: { date: isDay, "date-time": isMoment, binary: true },
});
export const description = parse(descriptionText) as Description;
ajv.addSchema(description, "beauceron");

/** As a part of a JSON pointer. */
const escaped = (text: string) => text.replaceAll("~", "~0").replaceAll("/", "~1");
const pointerOf = (path: string) => escaped(path).replaceAll("{", "%7B").replaceAll("}", "%7D");

/** Every operation with where it is. */
const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

const routes: Route[] = operations.map(({ path, method, operation }) => ({
  operationId: operation.operationId,
  method: method.toUpperCase(),
  open: operation.security?.length === 0,
  pattern: new RegExp(`^${path.replaceAll(".", "\\.").replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`),
  parameters: (operation.parameters ?? []).map(({ $ref }) => {
    const name = $ref.split("/").at(-1)!;
    const valid = ajv.compile({ $ref: `beauceron#/components/parameters/${name}/schema` });
    return { ...description.components.parameters[name]!, valid };
  }),
  takes: takesOf(path, method, operation),
}));

function takesOf(path: string, method: string, { requestBody }: Operation): TakesBody | null {
  if (!requestBody) return null;
  const [mediaType] = Object.keys(requestBody.content);
  const at = `${pointerOf(path)}/${method}/requestBody/content/${escaped(mediaType!)}/schema`;
  const valid = ajv.compile({ $ref: `beauceron#/paths/${at}` });
  return { description: requestBody, mediaType: mediaType!, valid };
}

/** The name of the operation that a path asks for, whether the request is right or not. */
export function operationOf(method: string, path: string): string {
  const matching = routes.filter((route) => route.pattern.test(path));
  const found = matching.find((route) => route.method === method) ?? matching[0];
  return found?.operationId ?? "inconnu";
}

/** Matches a request; letters' case counts in paths and in parameters' names. */
export function readRequest(method: string, url: URL): Reading {
  const matching = routes.filter(({ pattern }) => pattern.test(url.pathname));
  const route = matching.find((one) => one.method === method);
  if (matching.length === 0) return { status: 404, message: `No mapping for ${url.pathname}` };
  if (!route) return { status: 405, message: `Method ${method} not allowed` };
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
    if (parameter.in === "header") continue;
    const given =
      parameter.in === "path" ? [decoded(inPath[name]!)] : url.searchParams.getAll(name);
    if (given.length > 1) return { status: 400, message: `Parameter ${name} given twice` };
    if (given[0] === undefined && parameter.required) {
      return { status: 400, message: `Parameter ${name} is missing` };
    }
    const value = given[0] === undefined ? schema.default : parsed(given[0], schema);
    if (value === undefined) continue;
    if (!parameter.valid(value)) return { status: 400, message: `Parameter ${name} is wrong` };
    values[name] = value as Values[string];
  }
  const { operationId, open, takes } = route;
  return { operationId, open, values, takes };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function parsed(text: string, schema: Schema): unknown {
  if (schema.type === "integer") return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
  return schema.type === "array" ? text.split(",") : text;
}

/** What is wrong with a JSON answer of an operation, for tests; null when it is as described. */
export function faultOfAnswer(operationId: string, status: number, data: unknown): string | null {
  const { path, method } = operations.find((one) => one.operation.operationId === operationId)!;
  const schema =
    status < 300
      ? `/paths/${pointerOf(path)}/${method}/responses/${status}/content/application~1json/schema`
      : "/components/schemas/Erreur";
  const valid = ajv.compile({ $ref: `beauceron#${schema}` });
  return valid(data) ? null : ajv.errorsText(valid.errors);
}
