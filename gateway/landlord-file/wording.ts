/** Says in words what a value should have been, from zod's issue and the schema that it broke. */
import { z } from "zod";
import type { Path, Problem } from "./document.ts";

/** The few parts of a JSON schema from which a value can be described. */
export interface Shape {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  items?: Shape;
  anyOf?: Shape[];
  oneOf?: Shape[];
  default?: unknown;
  required?: string[];
  properties?: Record<string, Shape>;
  additionalProperties?: boolean | Shape;
}

/** What a schema expects before its own defaults and transformations. */
export function shapeOf(schema: z.ZodType): Shape {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" }) as Shape;
}

/**
 * The problems behind one issue; more than one only for unknown keys. `written` gives what stands
 * in the file, or is left out where that may be a secret.
 */
export function wordIssue(
  issue: z.core.$ZodIssue,
  shape: Shape,
  written?: (path: Path) => unknown,
): Problem[] {
  const path = issue.path as Path;
  const part = partAt(shape, path);
  if (issue.code === "unrecognized_keys") {
    const known = Object.keys(part?.properties ?? {});
    return issue.keys.map((key) => ({ path: [...path, key], expected: wordUnknown(key, known) }));
  }
  const found = written === undefined ? "" : `, found ${wordFound(written(path))}`;
  return [{ path, expected: wordExpected(issue, part, written?.(path)) + found }];
}

function wordExpected(issue: z.core.$ZodIssue, part: Shape | undefined, value: unknown): string {
  const own = /^expected (.+)/s.exec(issue.message)?.[1];
  if (own !== undefined) return own;
  if (issue.code === "custom") return `another value (${issue.message})`;
  const unquoted = typeof value === "number" || typeof value === "boolean";
  if (part?.type === "string" && unquoted) return "text between quotes";
  return part ? describe(part) : "another kind of value";
}

function partAt(shape: Shape, path: Path): Shape | undefined {
  return path.reduce<Shape | undefined>((part, step) => {
    if (typeof step === "number") return part?.items;
    const rest = part?.additionalProperties;
    return part?.properties?.[step] ?? (typeof rest === "object" ? rest : undefined);
  }, shape);
}

/** `one of SOCIAL, PRIVATE`, `a whole number from 1 to 100`. */
export function describe(part: Shape): string {
  const choices = part.anyOf ?? part.oneOf;
  if (choices) return [...new Set(choices.map(describe))].join(" or ");
  if (part.const !== undefined) return JSON.stringify(part.const);
  if (part.enum) return oneOf(part.enum.map(String));
  if (part.type === "integer") return `a whole number${range(part)}`;
  if (part.type === "number") return `a number${range(part)}`;
  if (part.type === "boolean") return "true or false";
  if (part.type === "string") return describeText(part);
  if (part.type === "array") return part.minItems ? "a list with one item or more" : "a list";
  if (part.type === "object") return describeMap(part);
  if (part.type === "null") return "nothing";
  return "another kind of value";
}

function oneOf(values: readonly string[]): string {
  return values.length === 1 ? `${values[0]}` : `one of ${values.join(", ")}`;
}

function range({ minimum, maximum }: Shape): string {
  const from = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? minimum : undefined;
  const to = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? maximum : undefined;
  if (from !== undefined && to !== undefined) return ` from ${from} to ${to}`;
  if (from !== undefined) return `, ${from} or more`;
  return to === undefined ? "" : `, ${to} or less`;
}

const formats: Record<string, string> = {
  email: "an e-mail address",
  uri: "a URL, like https://www.example.org",
  hostname: "a host name, like portal.example.org",
  date: "a day that exists, like 2026-11-20",
  "date-time": "a moment with its zone, like 2026-11-20T08:15:00+01:00",
};

function describeText({ format, pattern, minLength }: Shape): string {
  const known = format === undefined ? undefined : formats[format];
  if (known !== undefined) return known;
  if (pattern !== undefined) return `text that fits /${pattern}/`;
  if (minLength !== undefined && minLength > 1) return `text of ${minLength} characters or more`;
  return minLength === 1 ? "text that is not empty" : "text";
}

function describeMap({ properties }: Shape): string {
  const keys = Object.keys(properties ?? {});
  return keys.length > 0 && keys.length <= 6 ? `the keys ${keys.join(", ")}` : "keys and values";
}

function wordFound(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "keys and values";
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** For a word that is none of the known ones. */
export function wordUnknown(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  const hint = near === null ? "" : `; did you mean "${near}"?`;
  return `${known.length > 0 ? oneOf(known) : "no such key"}, found "${word}"${hint}`;
}

/** The known word that was probably meant; null when none is like it. */
export function nearest(word: string, known: readonly string[]): string | null {
  const near = known
    .map((name) => ({ name, distance: editDistance(word.toLowerCase(), name.toLowerCase()) }))
    .toSorted((a, b) => a.distance - b.distance)[0];
  const close = near !== undefined && near.distance <= Math.max(2, word.length / 3);
  return close ? near.name : null;
}

/** Levenshtein: the least number of letters to add, drop or change. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [i, letter] of Array.from(a).entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const change = row[j]! + (letter === b[j] ? 0 : 1);
      next.push(Math.min(change, row[j + 1]! + 1, next[j]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
