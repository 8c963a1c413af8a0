/** OpenAPI 3.0 and 3.1, and Swagger 2.0, as an interface. */
import { PortError } from "../ports/errors.ts";
import {
  countSteps,
  errorAnswer,
  keyOf,
  plainField,
  type Described,
  type Field,
  type Operation,
} from "./described.ts";
import {
  isRecord,
  listOf,
  readValue,
  resolve,
  textOf,
  type Document,
  type Json,
} from "./json-schema.ts";

const methods = ["get", "put", "post", "delete", "patch", "head", "options"];

/** Reads what was JSON or YAML. Throws BAD_RESPONSE for what is no such description. */
export function readOpenApi(root: unknown): Described {
  const version = isRecord(root) ? textOf(root["swagger"]) || textOf(root["openapi"]) : "";
  if (!isRecord(root) || !/^(2|3)\./.test(version) || !isRecord(root["paths"])) {
    throw new PortError("BAD_RESPONSE", "A file that is neither OpenAPI 3 nor Swagger 2");
  }
  const document: Document = { root, step: countSteps() };
  const operations = new Map<string, Operation>();
  for (const [path, given] of Object.entries(root["paths"])) {
    const item = resolve(document, given);
    for (const method of methods.filter((one) => isRecord(item[one]))) {
      const name = `${method.toUpperCase()} ${path}`;
      const operation = readOperation(document, {
        name,
        path,
        item,
        own: resolve(document, item[method]),
      });
      operations.set(keyOf(name), operation);
    }
  }
  return { base: baseOf(root), operations };
}

interface Asked {
  readonly name: string;
  readonly path: string;
  readonly item: Json;
  readonly own: Json;
}

function readOperation(document: Document, { name, path, item, own }: Asked): Operation {
  const request = new Map<string, Field>();
  const answer = new Map<string, Field>();
  const parameters = [...listOf(item["parameters"]), ...listOf(own["parameters"])];
  for (const parameter of parameters)
    readParameter(document, resolve(document, parameter), path, request);
  if ("requestBody" in own) {
    const body = resolve(document, own["requestBody"]);
    const required = body["required"] === true;
    readContent(document, body["content"], { path: "body", required }, request);
  }
  for (const [status, given] of Object.entries(
    isRecord(own["responses"]) ? own["responses"] : {},
  )) {
    readAnswer(document, status, resolve(document, given), answer);
  }
  const credentials = credentialsOf(document, own["security"] ?? document.root["security"]);
  return { name, facts: new Map([["credentials", credentials]]), request, answer };
}

/** Those of the path go by their place: what they are called is nothing that is sent. */
function readParameter(
  document: Document,
  parameter: Json,
  path: string,
  into: Map<string, Field>,
) {
  const [name, place] = [textOf(parameter["name"]), textOf(parameter["in"])];
  const required = parameter["required"] === true;
  // Swagger 2.0 has the body among the parameters, and the schema of others in the parameter.
  if (place === "body")
    return readValue(document, parameter["schema"], { path: "body", required }, into);
  const schema = parameter["schema"] ?? { ...parameter, required: undefined };
  const inPath = [...path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1]);
  const shown = place === "path" ? `path ${inPath.indexOf(name) + 1}` : `${place} ${name}`;
  readValue(document, schema, { path: shown, required }, into);
}

function readAnswer(document: Document, status: string, answer: Json, into: Map<string, Field>) {
  const type = status.startsWith("2") ? "answer" : errorAnswer;
  into.set(status, { ...plainField, type });
  for (const [name, header] of Object.entries(
    isRecord(answer["headers"]) ? answer["headers"] : {},
  )) {
    const given = resolve(document, header);
    const path = `${status} header ${name.toLowerCase()}`;
    readValue(document, given["schema"] ?? given, { path, parent: status, required: false }, into);
  }
  const at = { path: `${status} body`, parent: status, required: true };
  if (isRecord(answer["schema"])) readValue(document, answer["schema"], at, into);
  else readContent(document, answer["content"], at, into);
}

interface Place {
  readonly path: string;
  readonly parent?: string;
  readonly required: boolean;
}

/** The forms that a body may have, and what is in the first of them: JSON, if that is among them. */
function readContent(document: Document, content: unknown, at: Place, into: Map<string, Field>) {
  if (!isRecord(content)) return;
  const types = Object.keys(content).toSorted();
  const [first] = types.toSorted((a, b) => Number(isJson(b)) - Number(isJson(a)));
  if (first === undefined) return;
  readValue(document, resolve(document, content[first])["schema"], at, into);
  for (const type of types) {
    const name = type.split(";")[0]!.trim().toLowerCase();
    into.set(`${at.path} as ${name}`, { ...plainField, parent: at.path, type: "form" });
  }
}

const isJson = (type: string) => /[/+]json\b/i.test(type);

/** `apiKey X-Ticket in header`; alternatives with `or` between. */
function credentialsOf(document: Document, security: unknown): string {
  const { root } = document;
  const components = isRecord(root["components"]) ? root["components"] : {};
  const schemes = components["securitySchemes"] ?? root["securityDefinitions"];
  const shown = (name: string): string => {
    const scheme = isRecord(schemes) ? resolve(document, schemes[name]) : {};
    const words = [scheme["type"], scheme["scheme"], scheme["name"]].map(textOf).filter(Boolean);
    return scheme["in"] ? `${words.join(" ")} in ${textOf(scheme["in"])}` : words.join(" ") || name;
  };
  const ways = listOf(security).map((one) =>
    Object.keys(isRecord(one) ? one : {})
      .map(shown)
      .toSorted()
      .join(" and "),
  );
  return (
    ways
      .map((way) => way || "none")
      .toSorted()
      .join(" or ") || "none"
  );
}

/** Of the first server that is named: the others are other landlords'. */
function baseOf(root: Json): string {
  const [server] = listOf(root["servers"]);
  const url = isRecord(server) ? textOf(server["url"]) : textOf(root["basePath"]);
  const path = url.replace(/^([a-z][a-z0-9+.-]*:)?\/\/[^/]*/i, "");
  return path.replace(/\{[^{}]*\}/g, "{}").replace(/\/+$/, "");
}
