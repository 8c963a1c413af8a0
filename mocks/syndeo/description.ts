/** Holds each request against openapi.yaml: what it does not describe is refused. */
import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import { parse } from "yaml";
import type { MockRequest } from "../kit/product.ts";

export const descriptionText = readFileSync(new URL("openapi.yaml", import.meta.url), "utf8");

interface Reference {
  $ref: string;
}
interface Parameter {
  name: string;
  in: "path" | "query";
}
interface Operation {
  operationId: string;
  security?: unknown[];
  parameters?: Reference[];
  requestBody?: { content: { "application/json": { schema: Reference } } };
}
interface Description {
  paths: Record<string, { get?: Operation; post?: Operation }>;
  components: { parameters: Record<string, Parameter> };
}

interface Route {
  operationId: string;
  method: string;
  path: string;
  open: boolean;
  pattern: RegExp;
  parameters: (Parameter & { valid: ValidateFunction })[];
  validBody: ValidateFunction | null;
}

export type Values = Record<string, string>;
export type Reading =
  | { operationId: string; open: boolean; values: Values; body: unknown }
  /** 404: no such address; 500: a value that does not fit, or is missing, or too many. */
  | { status: 404 | 500; open: boolean; message: string };

const ajv = new Ajv({ strict: false, formats: { date: true, binary: true } });
export const description = parse(descriptionText) as Description;
ajv.addSchema(description, "syndeo");

const routes: Route[] = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => routeOf(path, method, operation)),
);

function routeOf(path: string, method: string, operation: Operation): Route {
  const pattern = path.replaceAll(".", "\\.").replace(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  const body = operation.requestBody?.content["application/json"].schema.$ref;
  return {
    operationId: operation.operationId,
    method: method.toUpperCase(),
    path,
    open: operation.security?.length === 0,
    pattern: new RegExp(`^${pattern}$`),
    parameters: (operation.parameters ?? []).map(({ $ref }) => {
      const name = $ref.split("/").at(-1)!;
      const valid = ajv.compile({ $ref: `syndeo#/components/parameters/${name}/schema` });
      return { ...description.components.parameters[name]!, valid };
    }),
    validBody: body === undefined ? null : ajv.compile({ $ref: `syndeo${body}` }),
  };
}

const routeFor = (method: string, path: string) =>
  routes.find((route) => route.method === method && route.pattern.test(path));

/** The name of the operation that is asked for, whether the request is right or not. */
export const operationOf = ({ method, path }: MockRequest): string =>
  routeFor(method, path)?.operationId ?? "inconnu";

export function readRequest(request: MockRequest): Reading {
  const route = routeFor(request.method, request.path);
  if (!route) return { status: 404, open: true, message: `Aucune route ${request.path}` };
  const { operationId, open } = route;
  const values = parametersOf(route, request.url);
  if (typeof values === "string") return { status: 500, open, message: values };
  const sent = bodyOf(route, request);
  if ("wrong" in sent) return { status: 500, open, message: sent.wrong };
  return { operationId, open, values, body: sent.body };
}

/** The body, undefined where none belongs, or what is wrong with it. */
function bodyOf(
  { validBody }: Route,
  { headers, body }: MockRequest,
): { body: unknown } | { wrong: string } {
  if (!validBody) return { body: undefined };
  if (!/^application\/json\b/.test(headers["content-type"] ?? ""))
    return { wrong: "Corps illisible" };
  try {
    const value: unknown = JSON.parse(body.toString());
    return validBody(value) ? { body: value } : { wrong: ajv.errorsText(validBody.errors) };
  } catch {
    return { wrong: "Corps illisible" };
  }
}

function parametersOf(route: Route, url: URL): Values | string {
  const inPath = route.pattern.exec(url.pathname)?.groups ?? {};
  const values: Values = {};
  for (const { name, in: place, valid } of route.parameters) {
    const given = place === "path" ? [inPath[name]] : url.searchParams.getAll(name);
    if (given.length !== 1 || !valid(given[0])) return `Valeur incorrecte pour ${name}`;
    values[name] = given[0]!;
  }
  const unknown = [...url.searchParams.keys()].find((name) => values[name] === undefined);
  return unknown === undefined ? values : `Paramètre inconnu ${unknown}`;
}

/** What is wrong with a JSON answer of an operation, for tests; null when it is as described. */
export function faultOfAnswer(operationId: string, status: number, data: unknown): string | null {
  const route = routes.find((candidate) => candidate.operationId === operationId)!;
  const place = [
    route.path.replaceAll("~", "~0").replaceAll("/", "~1"),
    route.method.toLowerCase(),
  ];
  const pointer = `/paths/${place.join("/")}/responses/200/content/application~1json/schema`;
  const schema = status === 200 ? pointer : "/components/schemas/Refus";
  const valid = ajv.compile({ $ref: `syndeo#${encodeURI(schema)}` });
  return valid(data) ? null : ajv.errorsText(valid.errors);
}
