import { buildSchema } from "graphql";
import { expect, test } from "vitest";
import { variablesFor } from "./variables.ts";

/** As GraphiQL reads it: comments and a last comma are allowed. */
const read = (text: string) =>
  JSON.parse(text.replace(/^ *\/\/.*$/gm, "").replace(/,(?=\s*})/g, "")) as unknown;

const schema = buildSchema(`
  type Query { contract(id: ID!): Int }
  type Mutation { pay(input: PayInput!, kinds: [Kind!]!, note: String): Int }
  enum Kind { RENT DEPOSIT }
  scalar Date
  input PayInput { amount: MoneyInput!, kind: Kind!, on: Date!, now: Boolean!, months: Int!, label: String }
  input MoneyInput { value: String!, currency: String! = "EUR" }
`);

test("required variables are laid out, as deep as is required", () => {
  const text = `mutation Pay($input: PayInput!, $kinds: [Kind!]!, $note: String) {
    pay(input: $input, kinds: $kinds, note: $note)
  }`;
  expect(read(variablesFor(text, schema))).toEqual({
    input: { amount: { value: "" }, kind: "RENT", on: "", now: false, months: 0 },
    kinds: [],
  });
});

test("what may be left out is there to be taken in", () => {
  const text = `query A($id: ID, $months: Int = 3, $note: String!) { contract(id: $id) }`;
  expect(variablesFor(text, schema)).toBe(
    ["{", '  "note": "",', '  // "id": "",', '  // "months": 3,', "}"].join("\n"),
  );
  const deep = variablesFor(`mutation A($input: PayInput) { pay(input: $input) }`, schema);
  expect(read(deep)).toEqual({});
  expect(deep).toContain('  //   "kind": "RENT"');
  expect(variablesFor(`{ contract(id: "1") }`, schema)).toBe("");
});

test("the operation's own defaults are there to be changed", () => {
  const text = `query A($id: ID! = "1", $kinds: [Kind!]! = [RENT]) { contract(id: $id) }`;
  expect(read(variablesFor(text, schema))).toEqual({ id: "1", kinds: ["RENT"] });
});

test("without the schema the names are there, and what values look like is not guessed", () => {
  const text = `mutation A($id: ID!, $n: Int!, $to: PayInput!, $all: [ID!]!, $note: String) { a }`;
  const laidOut = variablesFor(text, null);
  expect(read(laidOut)).toEqual({ id: "", n: 0, to: {}, all: [] });
  expect(laidOut).toContain('// "note": "",');
  expect(read(variablesFor(`query A($id: Nothing!) { contract(id: $id) }`, schema))).toEqual({
    id: "",
  });
});
