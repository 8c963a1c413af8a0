/** The matrix can fail: fields that leak, are refused or have no line are found in a house of two people. */
import { buildSchema, graphql } from "graphql";
import { expect, test } from "vitest";
import type { Answer, Client } from "../support/client.ts";
import { entriesOf } from "./entries.ts";
import { lookAround } from "./look.ts";
import { disagreements, fieldsIn, readMatrix, unfitting } from "./matrix.ts";

const schema = buildSchema(`
  type Query { viewer: Viewer contract(id: ID!): Contract }
  type Viewer { id: ID! contracts: [Contract!] secret: String }
  type Contract { id: ID! rent: Int owner: String }
`);
const matrix = (owner = "own") =>
  readMatrix(
    `
rows:
  mine: [ no, own, own, own, own, own, own, own, no, no ]
  none: [ no, no, no, no, no, no, no, no, no, no ]
fields:
  mine:
    Query: viewer contract
    Viewer: id contracts
    Contract: id rent ${owner === "own" ? "owner" : ""}
  none:
    Viewer: secret
    ${owner === "own" ? "" : "Contract: owner"}
pages: ""
mutations: {}
payloads: {}
`,
    schema,
  );

interface House {
  /** Whether a contract is given to whoever asks. */
  readonly careless?: boolean;
  readonly secret?: string;
  /** Whether the rent is refused even to whom it belongs. */
  readonly stingy?: boolean;
}

const refusal = (code: string) => Object.assign(new Error(code), { extensions: { code } });

const frontOf = (who: string | null, { careless, secret, stingy }: House): Client => {
  const contract = (id: string) => ({
    id,
    __typename: "Contract",
    owner: id,
    rent: () => {
      if (stingy) throw refusal("FORBIDDEN");
      return 5;
    },
  });
  const rootValue = {
    viewer: who && { id: `v-${who}`, contracts: [contract(who)], secret },
    contract: ({ id }: { id: string }) => {
      if (who === null) throw refusal("FORBIDDEN");
      if (id !== who && !careless) throw refusal("NOT_FOUND");
      return contract(id);
    },
  };
  const ask = async (source: string, variableValues: object = {}): Promise<Answer> => {
    const answer = await graphql({
      schema,
      source,
      rootValue,
      variableValues: { ...variableValues },
    });
    return { status: 200, ...JSON.parse(JSON.stringify(answer)) } as Answer;
  };
  return Object.assign(ask, { as: () => frontOf(who, {}), token: undefined });
};

async function judged(who: string | null, house: House, lines = matrix()): Promise<string[]> {
  const free = entriesOf(schema).filter(({ takes }) => takes === null);
  const byId = entriesOf(schema).filter(({ takes }) => takes !== null);
  const front = frontOf(who, house);
  const own = await lookAround(schema, front, free, new Map());
  const others = await lookAround(schema, front, byId, new Map([["Contract", new Set(["other"])]]));
  const seen = { own, byId: new Set<string>(), others };
  const expected = (name: string) => name !== "Query.contract";
  return disagreements(lines, fieldsIn(schema), who ? "tenant" : "anonymous", seen, expected);
}

test("a house that keeps to the matrix passes", async () => {
  expect(unfitting(matrix(), schema)).toEqual([]);
  expect(await judged("me", {})).toEqual([]);
  expect(await judged(null, {})).toEqual([]);
});

test("B-01 a field that gives another's contract is found", async () => {
  expect(await judged("me", { careless: true })).toEqual([
    "tenant: Query.contract is shown of another's",
    "tenant: Contract.id is shown of another's",
    "tenant: Contract.rent is shown of another's",
    "tenant: Contract.owner is shown of another's",
  ]);
});

test("B-01 a field that is nobody's to see is found when it has data", async () => {
  expect(await judged("me", { secret: "x" })).toEqual([
    "tenant: Viewer.secret is shown, and must not be",
  ]);
  expect(await judged("me", {}, matrix("no"))).toEqual([
    "tenant: Contract.owner is shown, and must not be",
  ]);
});

test("B-01 a field that is refused to whom it belongs is found", async () => {
  expect(await judged("me", { stingy: true })).toEqual([
    "tenant: Contract.rent is never shown",
    "tenant: Query.viewer: viewer.contracts.rent is refused",
  ]);
});

test("B-01 a field without a line and a line without a field are told", () => {
  const more = buildSchema(`
    type Query { viewer: Viewer contract(id: ID!): Contract }
    type Viewer { id: ID! contracts: [Contract!] secret: String iban: String }
    type Contract { id: ID! rent: Int }
    type Mutation { pay: Contract }
  `);
  expect(unfitting(matrix(), more)).toEqual([
    "Viewer.iban has no line",
    "Contract.owner does not exist",
    "pay has no line",
  ]);
});
