import { expect, test } from "vitest";
import { changesBetween } from "./changes.ts";

const before = `
  type Query { contract(id: ID!): Contract, gone: Boolean }
  type Contract { id: ID!, side: Side }
  enum Side { DEBTOR }
`;

test("what breaks, what may surprise and what is new are told apart", () => {
  const after = `
    type Query { contract(id: ID!, draft: Boolean): Contract }
    type Contract { id: ID!, side: Side, notices(first: Boolean): [Notice!] }
    type Notice { id: ID! }
    enum Side { DEBTOR SETTLED }
  `;
  expect(changesBetween(before, after)).toEqual({
    breaking: ["Query.gone was removed."],
    surprising: [
      "An optional arg draft on Query.contract was added.",
      "SETTLED was added to enum type Side.",
    ],
    added: ["Contract.notices", "Notice", "Query.contract(draft)", "Side.SETTLED"],
  });
});

test("an input that wants more than before breaks whoever sends it", () => {
  const input = (fields: string) => `type Query { a(input: In): Int } input In { ${fields} }`;
  const { breaking } = changesBetween(input("b: Int"), input("b: Int, c: Int!"));
  expect(breaking).toEqual(["A required field c on input type In was added."]);
});

test("a schema compared with itself has changed in nothing", () => {
  expect(changesBetween(before, before)).toEqual({ breaking: [], surprising: [], added: [] });
});
