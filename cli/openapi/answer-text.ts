/** What a generated function makes of an answer: its type, and the statements from the call on. */
import type { Body } from "./request-body.ts";
import type { SchemaOrRef } from "./description.ts";
import type { Typed } from "./fields.ts";
import { isRepeated, type Bodies, type Planned } from "./operations.ts";

export interface AnswerText {
  readonly type: string;
  readonly statements: readonly string[];
}

export type TypeOf = (schema: SchemaOrRef, hint: string) => Typed;

export function fileAnswer(planned: Planned): AnswerText {
  const opened = `rest.open(path, ${options(planned, [200])}, call)`;
  const type = "{ headers: Record<string, string>; body: AsyncIterable<Uint8Array> }";
  if (planned.none === undefined) return { type, statements: [`return ${opened};`] };
  return { type: `${type} | null`, statements: [`return foundOrNull(${opened});`] };
}

/** `place` names the call in messages. */
export function jsonAnswer(
  place: string,
  planned: Planned,
  all: Bodies,
  typed: TypeOf,
): AnswerText {
  const { none, refused } = planned;
  const done = doneText(place, all, typed);
  const refusal = union(refused, (schema) => typed(schema, "Refusal"));
  const asked = asking(planned, all);
  const isRead = done.read !== null || refusal !== null || none !== undefined;
  const statements = [isRead ? `const answer = await ${asked};` : `await ${asked};`];
  if (none === null) statements.push("if (answer === null) return null;");
  else if (none !== undefined) {
    const said = `noSuchThing(${typed(none, "None").shape}, answer.data, ${place})`;
    statements.push(`if (answer.status === 404) return ${said};`);
  }
  if (refusal) {
    const test = isAny(refused.map(({ status }) => status));
    const told = `readRecord(${refusal.shape}, answer.data, ${place})`;
    statements.push(`if (${test}) { return { refused: ${told}, status: answer.status }; }`);
    const { read, whenSilent } = done;
    if (whenSilent)
      statements.push(`if (${whenSilent.test}) return { done: ${whenSilent.value} };`);
    statements.push(`return { done: ${read ?? "undefined"} };`);
    return {
      type: `Written<${done.types.join(" | ") || "undefined"}, ${refusal.type}>`,
      statements,
    };
  }
  const { read, whenSilent } = done;
  if (whenSilent) statements.push(`if (${whenSilent.test}) return ${whenSilent.value};`);
  if (read) statements.push(`return ${read};`);
  const types = new Set([...done.types, ...(none === undefined ? [] : ["null"])]);
  return { type: [...types].join(" | ") || "void", statements };
}

interface Done {
  /** Of what is returned; none where nothing ever comes. */
  readonly types: readonly string[];
  readonly read: string | null;
  /** For the statuses with which nothing comes, where others bring something. */
  readonly whenSilent: { readonly test: string; readonly value: string } | null;
}

function doneText(place: string, done: Bodies, typed: TypeOf): Done {
  const told = union(done, (schema) => typed(schema, "Answer"));
  if (!told) return { types: [], read: null, whenSilent: null };
  const read = `readRecord(${told.shape}, answer.data, ${place})`;
  const silent = done.filter(({ schema }) => schema === null).map(({ status }) => status);
  if (silent.length === 0) return { types: [told.type], read, whenSilent: null };
  // Nothing, where a list was asked for, is an empty one.
  const value = told.type.endsWith("[]") ? "[]" : "null";
  const types = value === "null" ? [told.type, "null"] : [told.type];
  return { types, read, whenSilent: { test: isAny(silent), value } };
}

function asking(planned: Planned, done: Bodies): string {
  const { method, none, refused } = planned;
  const statuses = [...done, ...refused].map(({ status }) => status);
  if (none !== undefined && none !== null) statuses.push(404);
  const expect = [...new Set(statuses)].toSorted((a, b) => a - b);
  const wanted = `path, ${options(planned, expect)}, call`;
  const asked =
    method === "get" ? `rest.get(${wanted})` : `rest.send("${method.toUpperCase()}", ${wanted})`;
  return none === null ? `foundOrNull(${asked})` : asked;
}

function options({ asked, body }: Planned, expect: readonly number[]): string {
  const parts = [];
  if (asked.some((each) => each.in === "query" && !isRepeated(each))) parts.push("query");
  if (asked.some((each) => each.in === "header")) parts.push("headers");
  if (body) {
    const name = body.kind === "form" ? "form" : "body";
    const sent = sentText(body);
    const perhaps = `...(asked.${name} !== undefined && { body: ${sent} })`;
    parts.push(body.required ? `body: ${sent}` : perhaps);
  }
  if (expect.join() !== "200") parts.push(`expect: [${expect.join(", ")}]`);
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

function sentText({ kind, type }: Body): string {
  if (kind === "form") return "{ form: asked.form }";
  if (kind === "fields") return "{ fields: asked.body }";
  const called = type === undefined ? "" : `, type: ${JSON.stringify(type)}`;
  return `{ json: asked.body${called} }`;
}

const isAny = (statuses: readonly number[]): string =>
  statuses.length === 1
    ? `answer.status === ${statuses[0]}`
    : `[${statuses.join(", ")}].includes(answer.status)`;

function union(bodies: Bodies, typed: (schema: SchemaOrRef) => Typed): Typed | null {
  const all = bodies.flatMap(({ schema }) => (schema === null ? [] : [typed(schema)]));
  const shapes = [...new Map(all.map((each) => [each.shape, each])).values()];
  const [first] = shapes;
  if (!first || shapes.length === 1) return first ?? null;
  return {
    type: [...new Set(shapes.map(({ type }) => type))].join(" | "),
    shape: `z.union([${shapes.map(({ shape }) => shape).join(", ")}])`,
    names: [],
  };
}
