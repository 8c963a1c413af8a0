import { buildSchema, parse } from "graphql";
import { expect, test } from "vitest";
import { defaultsOf } from "./default-values.ts";

const schema = buildSchema(`
  enum State { OPEN CLOSED }
  input Inner { flag: Boolean! = false, state: State! = OPEN, text: String }
  input Outer { email: String!, remember: Boolean! = false, inner: Inner! = {}, list: [Inner!]! = [] }
  type Query { a(first: Int! = 5, state: State, outer: Outer): Int }
`);
const fill = (query: string) => defaultsOf(schema, parse(query));

test("a variable that was not sent gets the default of the operation", () => {
  const filled = fill(
    "query($first: Int! = 20, $state: State = OPEN) { a(first: $first, state: $state) }",
  );
  expect(filled({})).toEqual({ first: 20, state: "OPEN" });
  expect(filled({ first: 3, state: null })).toEqual({ first: 3, state: null });
});

test("fields of input objects get the defaults of the schema, however deep", () => {
  const filled = fill("query($outer: Outer!) { a(outer: $outer) }");
  expect(filled({ outer: { email: "a" } })).toEqual({
    outer: { email: "a", remember: false, inner: { flag: false, state: "OPEN" }, list: [] },
  });
  expect(filled({ outer: { email: "a", remember: true, list: [{ text: "x" }] } })).toMatchObject({
    outer: { remember: true, list: [{ text: "x", flag: false, state: "OPEN" }] },
  });
});

test("what is missing and has no default stays missing", () => {
  expect(fill("query($outer: Outer) { a(outer: $outer) }")({})).toEqual({});
});
