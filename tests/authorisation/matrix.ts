/** `matrix.yaml`, held against a schema, and against what people were shown. */
import { isCompositeType, isObjectType, type GraphQLSchema } from "graphql";
import { parse } from "yaml";
import { fieldsOf, targetOf } from "../support/selections.ts";
import { kinds, type Kind } from "./kinds.ts";
import type { Look } from "./look.ts";

export type Cell = "yes" | "own" | "shared" | "no";
type Row = Readonly<Record<Kind, Cell>>;
type Lines = Record<string, Record<string, string>>;

interface MatrixFile {
  readonly rows: Record<string, Cell[]>;
  readonly fields: Lines;
  readonly pages: string;
  readonly mutations: Lines;
  readonly payloads: Record<string, string>;
}

export interface Matrix {
  /** By `Type.field`. */
  readonly fields: ReadonlyMap<string, Row>;
  /** By name. */
  readonly mutations: ReadonlyMap<string, Row>;
  /** Lines that make no sense by themselves. */
  readonly faults: readonly string[];
  /** Fields of payloads and of what only they hold: seen by whoever may do it. */
  readonly answers: ReadonlySet<string>;
}

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);
const cells: readonly string[] = ["yes", "own", "shared", "no"];

/** Reads the file. Pages take their lines from the schema: what is in them, and what leads to them. */
export function readMatrix(text: string, schema: GraphQLSchema): Matrix {
  const file = parse(text) as MatrixFile;
  const faults: string[] = [];
  const rows = new Map<string, Row>();
  for (const [name, row] of Object.entries(file.rows)) {
    const fits = row.length === kinds.length && row.every((cell) => cells.includes(cell));
    if (!fits) faults.push(`the row “${name}” is not ${kinds.length} of ${cells.join(", ")}`);
    rows.set(name, Object.fromEntries(kinds.map((kind, index) => [kind, row[index]])) as Row);
  }
  const lines = (part: Lines): [string, string, Row][] =>
    Object.entries(part).flatMap(([row, types]) => {
      const found = rows.get(row);
      if (!found) faults.push(`there is no row “${row}”`);
      return found ? Object.entries(types).map(([name, all]) => [name, all, found] as never) : [];
    });
  const fields = new Map<string, Row>();
  const add = (name: string, row: Row) => {
    if (fields.has(name)) faults.push(`${name} has two lines`);
    fields.set(name, row);
  };
  for (const [type, all, row] of lines(file.fields)) {
    for (const field of words(all)) add(`${type}.${field}`, row);
  }
  for (const [name, row] of pageLines(schema, words(file.pages), fields)) add(name, row);
  const mutations = new Map<string, Row>();
  const answers = new Set<string>();
  for (const [name, payload, row] of lines(file.mutations)) {
    const type = name.charAt(0).toUpperCase() + name.slice(1);
    mutations.set(name, row);
    for (const field of words(payload)) answers.add(`${type}Payload.${field}`);
    if (name === "signOut") continue;
    answers.add(`${type}Payload.userErrors`);
    for (const field of ["code", "field", "message"]) answers.add(`${type}UserError.${field}`);
  }
  for (const [type, all] of Object.entries(file.payloads)) {
    for (const field of words(all)) answers.add(`${type}.${field}`);
  }
  return { fields, mutations, answers, faults };
}

function* pageLines(
  schema: GraphQLSchema,
  pages: readonly string[],
  fields: ReadonlyMap<string, Row>,
): Generator<[string, Row]> {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  for (const page of pages) {
    const leading = types
      .flatMap((type) =>
        fieldsOf(type).map((field) => ({ field, at: `${type.name}.${field.name}` })),
      )
      .find(({ field }) => targetOf(field).name === `${page}Connection`);
    const frame = leading && fields.get(leading.at);
    const within = [...fields].find(([name]) => name.startsWith(`${page}.`))?.[1];
    if (!frame || !within) continue;
    for (const name of ["pageInfo", "totalCount", "freshness", "readAt"]) {
      yield [`${page}Connection.${name}`, frame];
    }
    for (const name of ["edges", "nodes"]) yield [`${page}Connection.${name}`, within];
    for (const name of ["node", "cursor"]) yield [`${page}Edge.${name}`, within];
  }
}

/** `Type.field` of all that a schema has, but for what only routers ask. */
export const fieldsIn = (schema: GraphQLSchema): string[] =>
  Object.values(schema.getTypeMap())
    .filter((type) => isCompositeType(type) && !type.name.startsWith("_"))
    .filter((type) => type !== schema.getMutationType())
    .flatMap((type) => fieldsOf(type).map(({ name }) => `${type.name}.${name}`))
    .filter((name) => !name.includes("._"));

/** A sentence for each field or mutation without a line, and each line without one. */
export function unfitting(matrix: Matrix, schema: GraphQLSchema): string[] {
  const lined = new Set([...matrix.fields.keys(), ...matrix.answers]);
  const there = new Set(fieldsIn(schema));
  const mutations = fieldsOf(schema.getMutationType() ?? schema.getQueryType()!);
  const doing = new Set(schema.getMutationType() ? mutations.map(({ name }) => name) : []);
  return [
    ...matrix.faults,
    ...[...there].filter((name) => !lined.has(name)).map((name) => `${name} has no line`),
    ...[...lined].filter((name) => !there.has(name)).map((name) => `${name} does not exist`),
    ...[...doing]
      .filter((name) => !matrix.mutations.has(name))
      .map((name) => `${name} has no line`),
    ...[...matrix.mutations.keys()]
      .filter((name) => !doing.has(name))
      .map((name) => `${name} does not exist`),
  ];
}

/** What people of one kind were shown, by asking for theirs and with the ids of others. */
export interface Seen {
  readonly own: Look;
  /** The part of `own` that was asked for by id. */
  readonly byId: ReadonlySet<string>;
  readonly others: Look;
}

/** Kinds of which only what they get of others' things is looked at: for the rest they are tenants. */
export const onlyOthers: readonly Kind[] = ["neighbour", "stranger"];

/** Whether a field is one that they are to be shown in this world, as far as they may see it. */
export type Expected = (name: string) => boolean;

/** `unseen`: fields, all of a type, or a `.field` of all types, that nobody of a kind has anything in. */
export const expectedBut =
  (unseen: readonly string[]): Expected =>
  (name) => {
    const [type, field] = name.split(".");
    return ![name, type!, `.${field}`].some((word) => unseen.includes(word));
  };

/**
 * A sentence wherever people of `kind` were shown what the matrix denies them, or not shown what it
 * grants them.
 */
export function disagreements(
  matrix: Matrix,
  names: readonly string[],
  kind: Kind,
  seen: Seen,
  expected: Expected,
): string[] {
  const { own, others } = seen;
  const sentences = names.flatMap((name) => {
    const cell = matrix.fields.get(name)?.[kind];
    const fault = cell && faultOf(cell, name, kind, seen, expected);
    return fault ? [`${kind}: ${name} ${fault}`] : [];
  });
  const odd = [...own.odd, ...others.odd].map((text) => `${kind}: ${text}`);
  const refused = [...own.refused].filter((name) => !name.startsWith("Query.support"));
  return [...sentences, ...odd, ...refused.map((name) => `${kind}: ${name} is refused`)];
}

function faultOf(
  cell: Cell,
  name: string,
  kind: Kind,
  { own, byId, others }: Seen,
  expected: Expected,
): string | null {
  const looksAtOwn = !onlyOthers.includes(kind);
  const theirs = others.shown.has(name);
  const mine = looksAtOwn && (own.shown.has(name) || (cell === "shared" && theirs));
  if (cell === "no") return mine || theirs ? "is shown, and must not be" : null;
  if (cell === "own" && theirs) return "is shown of another's";
  if (cell === "shared" && byId.has(name) && !theirs) return "is not shown of the other's";
  // What is everybody's, nobody signed in has told enough of.
  const told = cell === "yes" && kind !== "anonymous";
  return looksAtOwn && !told ? faultOfOwn(mine, expected(name)) : null;
}

function faultOfOwn(shown: boolean, expected: boolean): string | null {
  if (shown === expected) return null;
  return expected ? "is never shown" : "is shown, and was not expected to be";
}
