/** Subgraphs that are served alone, behind a router that is not ours and only passes headers on. */
import { ApolloGateway, RemoteGraphQLDataSource } from "@apollo/gateway";
import { ApolloServer } from "@apollo/server";
import { readFile } from "node:fs/promises";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { subgraphs } from "../gateway/subgraphs.ts";
import type { Demo } from "../mocks/demo/start.ts";
import { serveSubgraph, type ServedSubgraph } from "../subgraphs/kernel/serve.ts";
import { faultsOf, operation, type Answer, type Client } from "./support/client.ts";
import { signedInAs, startTestDemo } from "./support/demo.ts";
import { landlords } from "./support/people.ts";

type Headers = Record<string, string>;

let demo: Demo;
let router: ApolloServer<{ headers: Headers }>;
const served = new Map<string, ServedSubgraph>();
beforeAll(async () => {
  demo = await startTestDemo();
  const log = pino({ level: "silent" });
  for (const subgraph of subgraphs) {
    served.set(subgraph.name, await serveSubgraph(subgraph, demo.gateway.house, { log }));
  }
  router = await startRouter();
});
afterAll(async () => {
  await router?.stop();
  await Promise.all([...served.values()].map((one) => one.stop()));
  await demo?.stop();
});

async function startRouter() {
  const supergraph = new URL("../schema/supergraph.graphql", import.meta.url);
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  const gateway = new ApolloGateway({
    supergraphSdl: await readFile(supergraph, "utf8"),
    logger: quiet,
    buildService: ({ name }) =>
      new RemoteGraphQLDataSource({
        url: served.get(name)!.url,
        willSendRequest({ request, context }) {
          const { headers = {} } = context as { headers?: Headers };
          for (const [key, value] of Object.entries(headers)) request.http!.headers.set(key, value);
        },
      }),
  });
  const server = new ApolloServer<{ headers: Headers }>({ gateway, logger: quiet });
  await server.start();
  return server;
}

async function throughRouter(query: string, headers: Headers, variables: object = {}) {
  const { body } = await router.executeOperation(
    { query, variables: variables as Record<string, unknown> },
    { contextValue: { headers } },
  );
  if (body.kind !== "single") throw new Error("One answer was expected.");
  return JSON.parse(JSON.stringify(body.singleResult)) as Pick<Answer, "data" | "errors">;
}

const headersOf = (landlord: string, front: Client): Headers => ({
  "x-landlord": landlord,
  authorization: `Bearer ${front.token}`,
});

describe.each(landlords)("behind a router, at %s", (landlord) => {
  let front: Client;
  beforeAll(async () => {
    front = await signedInAs(demo, landlord, "everything");
  });

  test("the home page is the same as the gateway's own", async () => {
    const own = await front(operation("F12-home"));
    const routed = await throughRouter(operation("F12-home"), headersOf(landlord, front));
    const places = (answer: Pick<Answer, "errors">) =>
      answer.errors?.map(({ path }) => path?.join(".")).toSorted();
    expect(faultsOf(routed)).toEqual([]);
    expect(places(routed)).toEqual(places(own));
    expect(routed.data.viewer.contracts.nodes.length).toBeGreaterThan(0);
    expect(routed.data).toEqual(own.data);
  });

  test("a refusal arrives with its code, whether to retry, its landlord and its request", async () => {
    const { data, errors } = await throughRouter(
      operation("F13-contract"),
      headersOf(landlord, front),
      { id: "x" },
    );
    expect(data).toEqual({ contract: null });
    expect(errors?.[0]?.extensions).toMatchObject({
      code: "NOT_FOUND",
      retryable: false,
      landlord,
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
    });
  });

  test("whoever is not signed in sees nothing", async () => {
    const { data } = await throughRouter("{ viewer { contracts { nodes { id } } } }", {
      "x-landlord": landlord,
    });
    expect(data).toEqual({ viewer: null });
  });
});
