import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";
import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RequestContext } from "./context.ts";
import type { Subgraph } from "./define.ts";
import { fail } from "./errors.ts";
import type { House } from "./request.ts";
import { serveSubgraph, type ServedSubgraph } from "./serve.ts";

const sdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { refused: String, broken: String, who: String }
  type Thing @key(fields: "id") { id: ID! secret: String }
`;
const refuse = (_root: unknown, _args: unknown, context: RequestContext) => {
  throw fail(context, "UNAVAILABLE");
};
const resolvers = {
  Query: {
    refused: refuse,
    broken: () => {
      throw new Error("M. Dupont's row is broken");
    },
    who: (_root: unknown, _args: unknown, { landlord }: RequestContext) => landlord.id,
  },
  Thing: { __resolveReference: ({ id }: { id: string }) => (id === "one" ? { id } : null) },
};
const things: Subgraph = {
  name: "things",
  sdl,
  schema: buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]),
};
const landlord = { id: "here", hosts: ["here.example"], erp: { deadlineMs: 10_000 } };
const house = {
  landlords: [{ landlord, ports: null }],
  idSecret: new Uint8Array(32),
  publicUrl: "http://public.example",
  now: () => new Date(),
} as unknown as House;

let served: ServedSubgraph;
beforeAll(async () => {
  served = await serveSubgraph(things, house, { log: pino({ level: "silent" }) });
});
afterAll(() => served.stop());

async function ask(query: string, headers: Record<string, string> = { "x-landlord": "here" }) {
  const answer = await fetch(served.url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query }),
  });
  // oxlint-disable-next-line typescript/no-explicit-any -- an answer's JSON
  const json: any = await answer.json();
  return { status: answer.status, json, requestId: answer.headers.get("x-request-id") };
}

test("a router gets the SDL and entities, though the schema cannot be asked for", async () => {
  const { json } = await ask(
    '{ _service { sdl } _entities(representations: [{ __typename: "Thing", id: "one" }, { __typename: "Thing", id: "two" }]) { ... on Thing { id } } }',
  );
  expect(json.errors).toBeUndefined();
  expect(json.data).toEqual({
    _service: { sdl: expect.stringContaining('type Thing @key(fields: "id")') },
    _entities: [{ id: "one" }, null],
  });
  const asked = await ask("{ __schema { types { name } } }");
  expect(asked.json.errors[0].extensions.code).toBe("INVALID_INPUT");
});

test("the landlord is the header's", async () => {
  expect((await ask("{ who }")).json.data).toEqual({ who: "here" });
});

test.each([
  ["a resolver refuses", "{ refused }", "UNAVAILABLE", true, "here"],
  ["a resolver breaks", "{ broken }", "INTERNAL", false, "here"],
  ["the document does not fit", "{ nothing }", "INVALID_INPUT", false, "here"],
  ["the document cannot be parsed", "{", "INVALID_INPUT", false, "here"],
])("an error says what it is, where and of which request, when %s", async (...row) => {
  const [, query, code, retryable, where] = row;
  const { json, requestId } = await ask(query);
  expect(requestId).toMatch(/^[\da-f-]{36}$/);
  expect(json.errors).toHaveLength(1);
  expect(json.errors[0].extensions).toEqual({ code, retryable, landlord: where, requestId });
  expect(JSON.stringify(json)).not.toMatch(/Dupont|stack/);
});

test.each([
  ["without a landlord", {}, 400, "INVALID_INPUT"],
  ["for a landlord of elsewhere", { "x-landlord": "there" }, 400, "INVALID_INPUT"],
  ["with a token that is none", { "x-landlord": "here", authorization: "x" }, 401, "FORBIDDEN"],
])("a request %s is refused before anything is executed", async (_what, headers, status, code) => {
  const answer = await ask("{ who }", headers);
  expect(answer.status).toBe(status);
  expect(answer.json.data).toBeUndefined();
  const { requestId } = answer;
  const extensions = { code, retryable: false, landlord: null, requestId };
  expect(answer.json.errors).toMatchObject([{ extensions }]);
});

test("nobody gets a trace of the resolvers by asking for one", async () => {
  const { json } = await ask("{ who }", {
    "x-landlord": "here",
    "apollo-federation-include-trace": "ftv1",
  });
  expect(json).toEqual({ data: { who: "here" } });
});

test("any other address is answered in JSON", async () => {
  const answer = await fetch(new URL("/elsewhere", served.url));
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: "NOT_FOUND" } }] });
});

test("what was stopped listens no more", async () => {
  const other = await serveSubgraph(things, house, { log: pino({ level: "silent" }) });
  await other.stop();
  await expect(fetch(other.url)).rejects.toThrow("fetch failed");
});
