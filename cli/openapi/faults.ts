/** Says what is wrong in a description: where, and what to do about it. */
import { dirname, relative } from "node:path";
import {
  getLineColLocation,
  isAbsoluteUrl,
  unescapePointerFragment,
  type Document as Parsed,
  type NormalizedProblem,
  type Source,
} from "@redocly/openapi-core";
import { nearest } from "../../gateway/landlord-file/wording.ts";
import type { DescriptionFault } from "../scaffold/generated.ts";

/** The description as the person named it, and where it was found. */
export interface Place {
  readonly file: string;
  readonly root: string;
}

export const faultAt = ({ file }: Place, message: string): DescriptionFault => ({
  file,
  line: 0,
  place: "",
  message,
});

/**
 * Parts what makes generated code wrong from what is merely odd. `documents` are all that was
 * loaded, by where it was found.
 */
export function judged(
  place: Place,
  problems: readonly NormalizedProblem[],
  documents: ReadonlyMap<string, unknown>,
): { faults: DescriptionFault[]; left: string[] } {
  const faults: DescriptionFault[] = [];
  const odd = new Map<string, string[]>();
  for (const problem of problems) {
    const [location] = problem.location;
    if (location?.pointer === undefined || isAboutPaths(problem, location.pointer)) continue;
    const { source, pointer, reportOnKey = false } = location;
    const fault = {
      file: nameOf(place, source.absoluteRef),
      line: lineOf(source, pointer, reportOnKey),
      place: pointer,
    };
    if (problem.ruleId === "no-unresolved-refs") {
      faults.push({ ...fault, message: aboutReference(problem, { source, pointer }, documents) });
    } else if (isFileOfSwagger(documents.get(source.absoluteRef), pointer)) {
      continue;
    } else if (isHarmless(problem.message)) {
      odd.set(problem.message, [
        ...(odd.get(problem.message) ?? []),
        `${fault.file}:${fault.line} ${pointer}`,
      ]);
    } else faults.push({ ...fault, message: advised(problem.message) });
  }
  return { faults, left: [...odd].map(([message, places]) => oddity(message, places)) };
}

/** The same habit of a generator of descriptions stands in each of its operations: said once. */
const oddity = (message: string, [first, ...others]: readonly string[]): string =>
  `${first}${others.length > 0 ? ` and ${others.length} more` : ""}: ${message}`;

/** Those of `faultsOfPaths`, which say more. */
const isAboutPaths = ({ ruleId }: NormalizedProblem, pointer: string): boolean =>
  ruleId === "struct" && /^#\/paths(\/[^/]*)?$|^#\/$/.test(pointer);

const isHarmless = (message: string): boolean =>
  /is not expected here|is not used in the path|field `description` must be present/.test(message);

/** Swagger 2.0 has a type for what is no JSON. */
const isFileOfSwagger = (document: unknown, pointer: string): boolean =>
  pointer.endsWith("/type") && valueAt(document, pointer).value === "file";

const advised = (message: string): string =>
  message.includes("does not define the path parameter")
    ? `${message} Declare it under \`parameters\`, with \`in: path\` and \`required: true\`.`
    : message;

const lineOf = (source: Source, pointer: string, reportOnKey: boolean): number =>
  getLineColLocation({ source, pointer, reportOnKey }).start.line;

/** As the person would name it: beside the file that they gave. */
function nameOf({ file, root }: Place, source: string): string {
  if (source === root || isAbsoluteUrl(source)) return source === root ? file : source;
  const folder = /^(.*[\\/])?/.exec(file)![0];
  return folder + relative(dirname(root), source);
}

function aboutReference(
  { message }: NormalizedProblem,
  { source, pointer }: { source: Source; pointer: string },
  documents: ReadonlyMap<string, unknown>,
): string {
  const ref = String(valueAt(documents.get(source.absoluteRef), `${pointer}/$ref`).value);
  const [file = "", fragment = ""] = ref.split("#");
  const reason = /^Can't resolve \$ref: (.*)$/s.exec(message)?.[1];
  if (reason !== undefined) return `\`$ref: ${ref}\` leads nowhere: ${reason}.`;
  const target = file === "" ? source.absoluteRef : absolute(file, source.absoluteRef, documents);
  const { missing, siblings } = valueAt(documents.get(target), fragment);
  const near = nearest(missing, siblings);
  const hint = near === null ? "" : ` Did you mean \`${near}\`?`;
  const known = siblings.length === 0 ? "nothing" : siblings.slice(0, 10).join(", ");
  return `\`$ref: ${ref}\` leads nowhere: there is no \`${missing}\`.${hint || ` What is there: ${known}.`}`;
}

function absolute(file: string, from: string, documents: ReadonlyMap<string, unknown>): string {
  const name = file.replace(/^\.\//, "");
  const folder = from.slice(0, Math.max(from.lastIndexOf("/"), from.lastIndexOf("\\")) + 1);
  if (documents.has(folder + name)) return folder + name;
  return (
    [...documents.keys()].find((place) => place.endsWith(`/${name.replace(/^.*\.\.\//, "")}`)) ?? ""
  );
}

interface Found {
  readonly value: unknown;
  /** The first step that leads nowhere, and what stands beside it. */
  readonly missing: string;
  readonly siblings: readonly string[];
}

function valueAt(document: unknown, pointer: string): Found {
  let value = document;
  for (const part of pointer.replace(/^#/, "").split("/").filter(Boolean)) {
    const step = unescapePointerFragment(part);
    const held = typeof value === "object" && value !== null ? value : {};
    if (!Object.hasOwn(held, step)) {
      return { value: undefined, missing: step, siblings: Object.keys(held) };
    }
    value = (held as Record<string, unknown>)[step];
  }
  return { value, missing: "", siblings: [] };
}

/** Paths that cannot be, and that there are none. */
export function faultsOfPaths(
  place: Place,
  { source, parsed }: Parsed<Record<string, unknown>>,
): DescriptionFault[] {
  const { paths } = parsed;
  const isMap = typeof paths === "object" && paths !== null && !Array.isArray(paths);
  const names = isMap ? Object.keys(paths).filter((name) => !name.startsWith("x-")) : [];
  if (names.length === 0) {
    const line = "paths" in parsed ? lineOf(source, "#/paths", true) : 1;
    const message =
      "It describes no paths, so there is nothing to call. Is it a part of a larger description?";
    return [{ file: place.file, line, place: "#/paths", message }];
  }
  return names.flatMap((name) => {
    const wrong = wrongPath(name);
    if (wrong === null) return [];
    const pointer = `#/paths/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const line = lineOf(source, pointer, true);
    return [{ file: place.file, line, place: pointer, message: `The path \`${name}\` ${wrong}.` }];
  });
}

function wrongPath(path: string): string | null {
  if (!path.startsWith("/"))
    return "does not begin with `/`: write it as it follows the server's address";
  if (path.startsWith("//")) return "begins with `//`, which would name another host";
  if (path.includes("#")) return "has a `#`: what stands behind it is never sent";
  const rest = path.replace(/\{[^{}/]+\}/g, "");
  if (rest.includes("{"))
    return "has a `{` that is not closed, or with nothing in it: write `{name}`";
  if (rest.includes("}")) return "has a `}` without its `{`: write `{name}`";
  if (/[\s\p{Cc}]/u.test(rest)) return "has a space in it: write it as `%20`";
  return null;
}

/** References of which each leads to the next, and none to anything else. */
export function faultsOfCircles(
  place: Place,
  { source, parsed }: Parsed<Record<string, unknown>>,
): DescriptionFault[] {
  const message = "References lead from one to the next in a circle, and never to anything.";
  const found = pointersOf(parsed).filter((start) => {
    const seen = new Set<string>();
    let at: unknown = start;
    while (typeof at === "string" && !seen.has(at)) {
      seen.add(at);
      at = valueAt(parsed, `${at}/$ref`).value;
    }
    return at !== undefined;
  });
  if (found.length === 0) return [faultAt(place, message)];
  return found.map((pointer) => ({
    file: place.file,
    line: lineOf(source, pointer, true),
    place: pointer,
    message,
  }));
}

/** Of everything that has a name, wherever the version of OpenAPI keeps it. */
function pointersOf({ components, ...others }: Record<string, unknown>): string[] {
  const of = (holder: unknown, prefix: string) =>
    Object.entries((holder ?? {}) as Record<string, unknown>).flatMap(([kind, named]) =>
      typeof named === "object" && named !== null
        ? Object.keys(named).map((name) => `${prefix}/${kind}/${name}`)
        : [],
    );
  return [...of(components, "#/components"), ...of(others, "#")];
}
