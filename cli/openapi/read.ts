/** Reads a description of OpenAPI or Swagger with all that it refers to, and says what is wrong in it. */
import { resolve } from "node:path";
import {
  bundle,
  createConfig,
  lintDocument,
  makeDocumentFromString,
  YamlParseError,
  type BaseResolver,
  type BundleResult,
  type Document as Parsed,
} from "@redocly/openapi-core";
import { upgrade } from "@scalar/openapi-upgrader";
import { stringify } from "yaml";
import type { DescriptionFault, GeneratedFile } from "../scaffold/generated.ts";
import type { Description } from "./description.ts";
import { faultsOfCircles, faultsOfPaths, judged, type Place } from "./faults.ts";
import { createResolver, isUrl, textOf } from "./open.ts";

/** A description without faults. */
export interface Read {
  /** In the words of OpenAPI 3, whatever it was written in. */
  readonly description: Description;
  /** One file with all of it, in the words it was written in. */
  readonly copy: GeneratedFile;
  /** What is odd, but in nobody's way. */
  readonly left: readonly string[];
}

export type Reading = Read | { readonly faults: readonly DescriptionFault[] };

/** `file` is a path or an http URL, YAML or JSON. */
export async function readDescription(file: string): Promise<Reading> {
  const fault = (line: number, message: string) => ({
    faults: [{ file, line, place: "", message }],
  });
  const root = isUrl(file) ? file : resolve(file);
  let text: string;
  try {
    text = await textOf(root);
  } catch (error) {
    return fault(0, `The description cannot be read: ${(error as Error).message}.`);
  }
  if (text.trimStart().startsWith("<")) return fault(1, markup(text));
  let document: Parsed;
  try {
    document = makeDocumentFromString(text, root);
  } catch (error) {
    if (!(error instanceof YamlParseError)) throw error;
    return fault(error.line, `This is no YAML and no JSON: ${reasonOf(error)}.`);
  }
  const version = versionFault(document.parsed);
  if (version) return fault(lineOfVersion(text), version);
  return check(file, document as Parsed<Record<string, unknown>>);
}

const reasonOf = (error: YamlParseError): string =>
  (error.originalError as { reason?: string }).reason ?? error.originalError.message;

function markup(text: string): string {
  if (/<([\w-]+:)?definitions[\s>]/.test(text)) return "This is a WSDL: use --wsdl for it.";
  if (!/^\s*<(!doctype html|html|head|body)/i.test(text)) return "This is XML, not OpenAPI.";
  const hint = /swagger-ui|redoc|scalar/i.test(text)
    ? "The page shows a description: give the address that it loads it from, often /openapi.json or /v3/api-docs."
    : "Look whether the address wants a sign-in, and give the one of the description itself.";
  return `This is a page (HTML), not a description. ${hint}`;
}

const lineOfVersion = (text: string): number =>
  text.split("\n").findIndex((line) => /^\s*\{?\s*"?(openapi|swagger)"?\s*:/.test(line)) + 1;

function versionFault(parsed: unknown): string | null {
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    return "This is no description: at its top there are no `openapi: 3…`, `info` and `paths`.";
  }
  const { openapi, swagger } = parsed as Record<string, string | number | undefined>;
  const known = "OpenAPI 3.0, 3.1 and Swagger 2.0 are understood";
  if (openapi === undefined && swagger === undefined) {
    return `No \`openapi\` and no \`swagger\` says what version this is. ${known}.`;
  }
  if (openapi === undefined) {
    return String(swagger) === "2.0" || swagger === 2
      ? null
      : `There is no Swagger ${String(swagger)}. ${known}; from 3.0 on the field is called \`openapi\`.`;
  }
  if (/^3\.[01](\.\d+)?(-\w+)?$/.test(String(openapi))) return null;
  return `\`openapi: ${String(openapi)}\` is no version that can be read. ${known}.`;
}

/** What would make code that is wrong. Habits of style are nobody's business here. */
const rules = {
  struct: "error",
  "no-unresolved-refs": "error",
  "path-parameters-defined": "error",
  "path-not-include-query": "error",
} as const;

async function check(file: string, document: Parsed<Record<string, unknown>>): Promise<Reading> {
  const root = document.source.absoluteRef;
  const externalRefResolver = createResolver(root);
  const config = await createConfig({ rules });
  const place: Place = { file, root };
  try {
    const problems = await lintDocument({ document, config, externalRefResolver });
    const { faults, left } = judged(place, problems, await loadedBy(externalRefResolver, document));
    const all = [...faultsOfPaths(place, document), ...faults];
    if (all.length > 0) return { faults: all };
    const bundled = await bundle({ doc: document, config, externalRefResolver });
    return {
      description: inWordsOf3(bundled.bundle.parsed as Record<string, unknown>),
      copy: copyOf(document, bundled),
      left,
    };
  } catch (error) {
    // How the library says that references lead in a circle without anything in between.
    const { message } = error as Error;
    if (!/circular/i.test(message)) throw error;
    return { faults: faultsOfCircles(place, document) };
  }
}

/** The documents that were loaded while the description was checked, by where they came from. */
async function loadedBy(resolver: BaseResolver, root: Parsed): Promise<Map<string, unknown>> {
  const loaded = new Map([[root.source.absoluteRef, root.parsed]]);
  for (const [place, pending] of resolver.cache) {
    const document = await pending.catch(() => null);
    if (document !== null && "parsed" in document) loaded.set(place, document.parsed);
  }
  return loaded;
}

function inWordsOf3(parsed: Record<string, unknown>): Description {
  const description = "swagger" in parsed ? upgrade(structuredClone(parsed), "3.0") : parsed;
  return description as unknown as Description;
}

/** As it was written where it is one file, comments and all; else all of its files in one. */
function copyOf({ source }: Parsed, { bundle, fileDependencies }: BundleResult): GeneratedFile {
  const isJson = /^\s*\{/.test(source.body);
  const path = isJson ? "openapi.json" : "openapi.yaml";
  if (fileDependencies.size === 0) return { path, text: source.body };
  return { path, text: isJson ? JSON.stringify(bundle.parsed) : stringify(bundle.parsed) };
}
