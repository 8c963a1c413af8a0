/**
 * Holds each request against swagger.json, which is a part of Dolibarr's own description: paths,
 * parameters and their types. It says nothing true of bodies (an object is called a list of texts),
 * so these are held against what a real one took; see bodies.ts.
 */
import { readFileSync } from "node:fs";
import type { MockRequest } from "../kit/product.ts";
import { faultOfBody } from "./bodies.ts";

interface Parameter {
  name: string;
  in: "path" | "query" | "body";
  type?: "integer" | "string" | "boolean";
  required?: boolean;
}
interface Operation {
  operationId: string;
  parameters?: Parameter[];
}

export const base = "/api/index.php";
/** Shown to whoever asks, as a real one does unless its explorer is switched off. */
export const descriptionText = readFileSync(new URL("swagger.json", import.meta.url), "utf8");
const description = JSON.parse(descriptionText) as {
  paths: Record<string, Record<string, Operation>>;
};

const routes = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { operationId, parameters = [] }]) => ({
    operationId,
    method: method.toUpperCase(),
    parameters,
    pattern: new RegExp(`^${path.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`),
  })),
);
type Route = (typeof routes)[number];

export type Values = Record<string, string>;
export type Body = Record<string, unknown>;
export type Reading =
  | { operationId: string; values: Values; body: Body }
  /** `501`: of no module; `404`: a module's address that is none. */
  | { status: 400 | 404 | 501; message: string };

const below = (path: string) => (path.startsWith(`${base}/`) ? path.slice(base.length) : null);
/** A fixed word before a parameter: `/invoices/paymentsdistributed` is no id. */
const routeFor = ({ method, path }: MockRequest): Route | undefined =>
  routes
    .filter((route) => route.method === method && route.pattern.test(below(path) ?? ""))
    .toSorted((a, b) => countOf(a) - countOf(b))[0];
const countOf = ({ parameters }: Route) => parameters.filter((one) => one.in === "path").length;

/** The name of the operation that is asked for, whether the request is right or not. */
export const operationOf = (request: MockRequest): string =>
  isExplorer(request) ? "description" : (routeFor(request)?.operationId ?? "unknown");

export const isExplorer = ({ method, path }: MockRequest): boolean =>
  method === "GET" && path === `${base}/explorer/swagger.json`;

export function readRequest(request: MockRequest): Reading {
  const route = routeFor(request);
  if (!route) {
    const module = below(request.path)?.split("/")[1] ?? "";
    const isKnown = Object.keys(description.paths).some((path) => path.split("/")[1] === module);
    return { status: isKnown ? 404 : 501, message: "" };
  }
  const values = valuesOf(route, request);
  if (typeof values === "string") return { status: 400, message: values };
  if (request.method === "GET") return { operationId: route.operationId, values, body: {} };
  const body = bodyOf(request);
  if (!body) return { status: 400, message: "Error encoding/decoding JSON: Syntax error" };
  const fault = faultOfBody(route.operationId, body);
  return fault ? { status: 400, message: fault } : { operationId: route.operationId, values, body };
}

function valuesOf({ parameters, pattern }: Route, { path, url }: MockRequest): Values | string {
  const inPath = pattern.exec(below(path)!)?.groups ?? {};
  const values: Values = {};
  for (const { name, in: place, type, required } of parameters) {
    if (place === "body") continue;
    const given =
      place === "path" ? decodeURIComponent(inPath[name] ?? "") : url.searchParams.get(name);
    if (given === null) {
      if (required) return `\`${name}\` is required.`;
      continue;
    }
    if (type === "integer" && !/^-?\d+$/.test(given)) {
      return place === "path"
        ? `invalid value specified for \`${name}\``
        : `Invalid value specified for \`${name}\`. Expecting integer value`;
    }
    values[name] = given;
  }
  // A real one passes over what it does not know: here a slip shall show.
  const unknown = [...url.searchParams.keys()].find((name) => values[name] === undefined);
  return unknown === undefined ? values : `unknown parameter \`${unknown}\``;
}

function bodyOf({ body, headers }: MockRequest): Body | null {
  if (!/^application\/json\b/.test(headers["content-type"] ?? "")) return null;
  try {
    const value = JSON.parse(body.toString()) as unknown;
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Body)
      : null;
  } catch {
    return null;
  }
}
