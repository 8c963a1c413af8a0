/**
 * Random read queries that fit a schema, and such that nearly do. Left out are two kinds to which
 * @apollo/query-planner 2.14.4 makes a wrong plan, with fields under conditions: `C-13 known` in
 * `same-answers.test.ts` holds both, and fails once they are mended there.
 */
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isNonNullType,
  isRequiredArgument,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
} from "graphql";
import { typesBehind } from "../support/harvest.ts";
import { fieldsOf, targetOf } from "../support/selections.ts";

export interface Query {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

type Field = GraphQLField<unknown, unknown>;
/** A whole number from 0, below the one given. */
export type Pick = (below: number) => number;

/** Strings to send where an id is wanted; `of` those of a type first. */
export interface KnownIds {
  readonly of: (type: string) => readonly string[];
  /** Others', and such as are none. */
  readonly wrong: readonly string[];
}

interface Making {
  readonly schema: GraphQLSchema;
  readonly pick: Pick;
  readonly ids: KnownIds;
  /** `ID!` with its value, in the order of `$v0`, `$v1`. */
  readonly variables: { readonly type: string; readonly value: unknown }[];
  readonly fragments: string[];
  /** Whether conditions are true or false themselves, not by variables. */
  readonly literal: boolean;
  aliases: number;
  /** How many more fields there may be, but for those that a started one needs. */
  left: number;
}

const mostFields = 12;
const mostDepth = 6;

/** With aliases, arguments, variables, fragments and conditions. */
export function makeQuery(schema: GraphQLSchema, pick: Pick, ids: KnownIds): Query {
  const left = 2 + pick(mostFields - 1);
  const literal = pick(2) === 0;
  const making: Making = {
    schema,
    pick,
    ids,
    variables: [],
    fragments: [],
    literal,
    aliases: 0,
    left,
  };
  const selections = selectionOf(making, schema.getQueryType()!, 1);
  const { variables } = making;
  const declared = variables.map(({ type }, index) => `$v${index}: ${type}`);
  const head = declared.length > 0 ? `query (${declared.join(", ")})` : "query";
  return {
    text: [`${head} ${selections}`, ...making.fragments].join("\n"),
    variables: Object.fromEntries(variables.map(({ value }, index) => [`v${index}`, value])),
  };
}

const oneOf = <T>({ pick }: Making, values: readonly T[]): T => values[pick(values.length)]!;
const chance = ({ pick }: Making, outOf: number): boolean => pick(outOf) === outOf - 1;

function selectionOf(making: Making, type: GraphQLCompositeType, depth: number): string {
  if (isAbstractType(type)) return abstractSelection(making, type, depth);
  const parts = fieldsIn(making, type, depth, false);
  if (chance(making, 6)) parts.push("__typename");
  return `{ ${wrapped(making, type.name, parts.join(" "))} }`;
}

/** The same, at times in a fragment, with a name or without; at times it is spread twice. */
function wrapped(making: Making, type: string, text: string): string {
  if (chance(making, 8)) return `... on ${type}${condition(making)} { ${text} }`;
  if (!chance(making, 10)) return text;
  const name = `F${making.fragments.length}`;
  making.fragments.push(`fragment ${name} on ${type} { ${text} }`);
  return chance(making, 3) ? `...${name} ...${name}` : `...${name}${condition(making)}`;
}

/** Every field has a name of its own: in each of the types the same one may be of another type. */
function abstractSelection(making: Making, type: GraphQLCompositeType, depth: number): string {
  const own = chance(making, 2) ? fieldsIn(making, type, depth, true) : [];
  const each = typesBehind(making.schema, type.name).filter(() => chance(making, 2));
  const parts = each.map((name) => {
    const possible = making.schema.getType(name) as GraphQLCompositeType;
    return `... on ${name} { ${fieldsIn(making, possible, depth, true).join(" ")} }`;
  });
  return `{ __typename ${[...own, ...parts].join(" ")} }`;
}

/** At least one, in an order of their own; now and then the same one twice. */
function fieldsIn(making: Making, type: GraphQLCompositeType, depth: number, named: boolean) {
  const possible = fieldsOf(type).filter(
    (field) => (depth < mostDepth && making.left > 0) || !isCompositeType(targetOf(field)),
  );
  if (possible.length === 0) return ["__typename"];
  const parts: string[] = [];
  const most = depth < 3 ? 3 : 5;
  do {
    making.left -= 1;
    parts.push(fieldOf(making, oneOf(making, possible), depth, named));
  } while (parts.length < most && making.left > 0 && !chance(making, 3));
  return parts;
}

/**
 * With arguments it needs a name of its own, since two may differ in them. Under a condition
 * by a variable an object gets a field without any: see above.
 */
function fieldOf(making: Making, field: Field, depth: number, named: boolean): string {
  const target = targetOf(field);
  const args = argumentsOf(making, field);
  const alias = named || args !== "" || chance(making, 5) ? `a${(making.aliases += 1)}: ` : "";
  const when = condition(making);
  const head = `${alias}${field.name}${args}${when}`;
  if (!isCompositeType(target)) return head;
  const inner = selectionOf(making, target, depth + 1);
  return `${head} ${when.includes("$") ? inner.replace("{", "{ __typename") : inner}`;
}

function condition(making: Making): string {
  if (!chance(making, 15)) return "";
  const value = chance(making, 2);
  const given = making.literal ? String(value) : variable(making, "Boolean!", value);
  return ` @${oneOf(making, ["include", "skip"])}(if: ${given})`;
}

function variable(making: Making, type: string, value: unknown): string {
  making.variables.push({ type, value });
  return `$v${making.variables.length - 1}`;
}

function argumentsOf(making: Making, field: Field): string {
  const given = field.args
    .filter((arg) => isRequiredArgument(arg) || chance(making, arg.name === "first" ? 2 : 4))
    .map((arg) => `${arg.name}: ${valueOf(making, field, arg)}`);
  return given.length > 0 ? `(${given.join(", ")})` : "";
}

const cursors = [
  ...[0, 1, 1, 2, 3, 90].map((skip) =>
    Buffer.from(JSON.stringify([null, skip])).toString("base64url"),
  ),
  "",
  "x",
];

function valueOf(making: Making, field: Field, { name, type }: GraphQLArgument): string {
  const named = getNamedType(type);
  const send = (value: unknown, literal = JSON.stringify(value)) =>
    chance(making, 3) ? variable(making, String(type), value) : literal;
  if (!isNonNullType(type) && chance(making, 8)) return send(null);
  if (isEnumType(named)) {
    const value = oneOf(making, named.getValues()).name;
    return send(value, value);
  }
  if (named.name === "Int") return send(oneOf(making, [1, 2, 3, 4, 5, 50, 2, 3, 0]));
  if (named.name === "DateTime") return send("2026-01-15T12:00:00Z");
  if (name === "after") return send(oneOf(making, cursors));
  return send(oneOf(making, chance(making, 3) ? making.ids.wrong : idsFor(making, field)));
}

function idsFor({ schema, ids }: Making, field: Field): readonly string[] {
  const own = typesBehind(schema, targetOf(field).name).flatMap((type) => ids.of(type));
  return own.length > 0 ? own : ids.wrong;
}

/** What no selection may hold, whatever it is of. */
const foreignParts = [
  "noSuchField",
  "noSuchField { id }",
  "...Nowhere",
  "... on Nowhere { id }",
  "... on String { length }",
  "... on AddressInput { id }",
  "__typename { id }",
  "__typename(of: 1)",
  "__typename @nowhere",
  "__typename @include",
  '__typename @include(if: "yes")',
  "__typename @include(if: $undeclared)",
  "__typename @skip(if: true) @skip(if: true)",
  "same: __typename same: noSuchField",
];

/** What the root may not hold. */
const foreignRoots = [
  "viewer",
  "viewer { }",
  "viewer { id { id } }",
  "viewer { person }",
  "viewer(id: 1) { id }",
  "contract { id }",
  "contract(id: null) { id }",
  "contract(id: { a: 1 }) { id }",
  'contract(id: ["x"]) { id }',
  'contract(id: "x", id: "x") { id }',
  'viewer { contracts(first: "3") { totalCount } }',
  "viewer { contracts(first: 1.5) { totalCount } }",
  "viewer { contracts(first: null) { totalCount } }",
  "viewer { contracts(status: NO_STATUS) { totalCount } }",
  'viewer { contracts(status: "CURRENT") { totalCount } }',
  "same: landlord { id } same: viewer { id }",
  'same: contract(id: "x") { id } same: contract(id: "y") { id }',
];

/** The query with one thing made wrong, by which no server may execute any of it. */
export function spoil({ text, variables }: Query, pick: Pick): Query {
  const ways: (() => Query)[] = [
    () => ({ text: into(text, pick, foreignParts), variables }),
    () => ({ text: text.replace("{", `{ ${foreignRoots[pick(foreignRoots.length)]!}`), variables }),
    () => ({ text: around(text, pick), variables }),
    () => wrongVariable(text, variables, pick),
  ];
  return ways[pick(ways.length)]!();
}

/** Behind any of its opening brackets. */
function into(text: string, pick: Pick, parts: readonly string[]): string {
  const pieces = text.split("{");
  const at = pick(pieces.length - 1);
  const part = parts[pick(parts.length)]!;
  return pieces
    .map((piece, i) => (i === 0 ? piece : `{ ${i === at + 1 ? part : ""} ${piece}`))
    .join("");
}

function around(text: string, pick: Pick): string {
  const ways = [
    `${text} fragment Unused on Contract { id }`,
    `${text} fragment Round on Viewer { ...Round }`,
    `${text} query { landlord { id } }`,
    `${text} type Extra { id: ID }`,
    text.slice(0, -1),
    `${text} }`,
    text.replace("query", "mutation"),
    text.replace("query", "subscription"),
  ];
  return ways[pick(ways.length)]!;
}

const wrongVariables = [
  ["$w: Int!", { w: "three" }],
  ["$w: Int!", { w: null }],
  ["$w: Int!", {}],
  ["$w: Int!", { w: 2 ** 40 }],
] as const;

/** One that is used, and does not fit. */
function wrongVariable(text: string, variables: Query["variables"], pick: Pick): Query {
  const [declared, value] = wrongVariables[pick(wrongVariables.length)]!;
  const head = text.startsWith("query (")
    ? text.replace("query (", `query (${declared}, `)
    : text.replace("query", `query (${declared})`);
  const used = "wrong: viewer { contracts(first: $w) { totalCount } }";
  return { text: head.replace("{", `{ ${used}`), variables: { ...variables, ...value } };
}
