/** The lists that the ownership tests go by are made from the schema: these hold the making itself. */
import { buildSubgraphSchema } from "@apollo/subgraph";
import { buildSchema, parse, validate, type GraphQLSchema } from "graphql";
import { expect, test } from "vitest";
import { untestedEntities, untestedPlaces, without, type Ids } from "./support/harvest.ts";
import { idPlaces } from "./support/id-places.ts";
import { harvestQueries } from "./support/selections.ts";

const base = `
  type Viewer { id: ID! contracts(first: Int! = 20, after: String): ContractConnection }
  type ContractConnection { nodes: [Contract!]! edges: [ContractEdge!]! totalCount: Int }
  type ContractEdge { node: Contract! cursor: String! }
  type Contract { id: ID! number: String! rent: Money! notices(state: State = OPEN): [Notice!] viewer: Viewer }
  type Notice { id: ID! title: String! }
  type Money { amount: String! }
  enum State { OPEN ALL }
`;
const schemaOf = (more: string) => buildSchema(base + more);
const query = "type Query { viewer: Viewer contract(id: ID!): Contract ";
const harvested: Ids = new Map([["Contract", new Set(["c1"])]]);

/** What the test of the places says of a schema with a new field. */
const saysOf = (schema: GraphQLSchema, exempt = {}) => untestedPlaces(schema, harvested, exempt);

test("a schema of which every place has ids to try passes", () => {
  expect(saysOf(schemaOf(`${query} }`))).toEqual([]);
});

test.each([
  [
    "a new field with an id of something that nobody can list",
    `${query} lease(id: ID!): Lease } type Lease { id: ID! }`,
    "Query.lease(id): no id of Lease to try",
  ],
  [
    "a mutation with an id deep in its input",
    `${query} }
     type Mutation { pay(input: PayInput!): PayPayload! }
     input PayInput { parts: [PartInput!]! } input PartInput { noticeId: ID! }
     type PayPayload { done: Boolean! }`,
    "Mutation.pay(input.parts.noticeId): no id of Notice to try",
  ],
  [
    "a list of ids",
    `${query} notices(noticeIds: [ID!]!): [Notice!] }`,
    "Query.notices(noticeIds): no id of Notice to try",
  ],
  [
    "an id that may be left out",
    `${query} notice(after: Int, id: ID): Notice }`,
    "Query.notice(id): no id of Notice to try",
  ],
  [
    "an argument of a field further in",
    `${query} } extend type Contract { notice(id: ID!): Notice }`,
    "Contract.notice(id): no id of Notice to try",
  ],
  [
    "an id of one does not know what",
    `${query} check(id: ID!): Boolean }`,
    "Query.check(id) does not tell of what it wants the id",
  ],
  [
    "a field that nothing leads to",
    `${query} island(number: Int!): Island } type Island { contract(id: ID!): Contract }`,
    "Island.contract(id) cannot be reached from the root",
  ],
])("%s is reported", (_what, more, sentence) => {
  expect(saysOf(schemaOf(more))).toEqual([sentence]);
});

test("an interface is tried with the ids of all its types", () => {
  const schema = schemaOf(`${query} paper(id: ID!): Paper }
    interface Paper { id: ID! } extend type Notice implements Paper type Bill implements Paper { id: ID! }`);
  expect(saysOf(schema)).toEqual([
    "Query.paper(id): no id of Notice to try",
    "Query.paper(id): no id of Bill to try",
  ]);
});

test("a place is exempt by name only, and no longer than it exists", () => {
  const schema = schemaOf(`${query} check(id: ID!): Boolean }`);
  expect(saysOf(schema, { "Query.check(id)": "no thing of anybody's" })).toEqual([]);
  expect(saysOf(schemaOf(`${query} }`), { "Query.check(id)": "gone" })).toEqual([
    "Query.check(id) is exempt, and does not exist",
  ]);
});

test("a new entity is reported", () => {
  const typeDefs = parse(`
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    type Contract @key(fields: "id") { id: ID! }
    type Lease @key(fields: "id") { id: ID! }
  `);
  const schema = buildSubgraphSchema([{ typeDefs }]);
  expect(untestedEntities(schema, harvested)).toEqual(["_entities: no id of Lease to try"]);
});

test("operations made for places fit their schema, with a value for all that they need", () => {
  const schema = schemaOf(`${query} } extend type Contract { notice(id: ID!): Notice }
    type Mutation { pay(input: PayInput!, note: String): PayPayload! }
    input PayInput { contractId: ID! state: State! sum: SumInput! parts: [ID!] note: String }
    input SumInput { cents: Int! }
    type PayPayload { contract: Contract done: Boolean! }`);
  const operations = idPlaces(schema).map(({ operation }) => operation!);
  for (const text of operations) expect(validate(schema, parse(text)), text).toEqual([]);
  expect(operations).toContain(
    "mutation ($id: ID!) { pay(input: {contractId: $id, state: OPEN, sum: {cents: 1}}) { __typename done contract { __typename id number rent { __typename amount } } } }",
  );
  expect(operations).toContain(
    "query ($id: ID!) { viewer { contracts(first: 50) { nodes { notice(id: $id) { __typename id title } } } } }",
  );
});

test("a scalar of which there is no sample is told", () => {
  const schema = schemaOf(`${query} odd(contractId: ID!, hue: Hue!): Boolean } scalar Hue`);
  expect(() => idPlaces(schema)).toThrow("needs a sample of Hue");
});

test("the harvest asks for all that can be reached, each thing once on its way", () => {
  const schema = schemaOf(`${query} }`);
  const queries = harvestQueries(schema);
  for (const text of queries) expect(validate(schema, parse(text)), text).toEqual([]);
  expect(queries).toEqual([
    "{ viewer { __typename id } }",
    "{ viewer { contracts(first: 50) { __typename totalCount } } }",
    "{ viewer { contracts(first: 50) { nodes { __typename id number rent { __typename amount } } } } }",
    "{ viewer { contracts(first: 50) { nodes { notices(state: ALL) { __typename id title } } } } }",
  ]);
});

test("of pages within pages the harvest asks for the innermost at length", () => {
  const more = "extend type Contract { entries(first: Int! = 20): EntryConnection }";
  const entries = "type EntryConnection { nodes: [Entry!]! } type Entry { id: ID! }";
  const queries = harvestQueries(schemaOf(`${query} } ${more} ${entries}`));
  expect(queries).toContain(
    "{ viewer { contracts(first: 10) { nodes { entries(first: 50) { nodes { __typename id } } } } } }",
  );
});

test("what both hold is nobody's alone", () => {
  const own: Ids = new Map([["Contract", new Set(["shared", "mine"])]]);
  const other: Ids = new Map([["Contract", new Set(["shared", "theirs"])]]);
  expect(without(own, other)).toEqual(new Map([["Contract", new Set(["theirs"])]]));
  expect(without(own, own)).toEqual(new Map());
});
