/** Each subgraph served alone checks landlord, token and ownership itself, whatever stands in front. */
import { request } from "node:http";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { subgraphs } from "../gateway/subgraphs.ts";
import type { Demo } from "../mocks/demo/start.ts";
import { serveSubgraph, type ServedSubgraph } from "../subgraphs/kernel/serve.ts";
import { client, faultsOf, type Answer, type Client } from "./support/client.ts";
import { startTestDemo } from "./support/demo.ts";
import { entitiesOf, oneOfOthers, someOf, untestedEntities } from "./support/harvest.ts";
import { api } from "./support/schema.ts";
import {
  castAll,
  comparable,
  elsewhere,
  idsOfNothing,
  inTurn,
  landlords,
  noIds,
  type Casts,
  type LandlordId,
} from "./support/people.ts";
import { ownFields } from "./support/selections.ts";

let demo: Demo;
let casts: Casts;
const served = new Map<string, ServedSubgraph>();
beforeAll(async () => {
  demo = await startTestDemo();
  casts = await castAll(demo, api);
  for (const subgraph of subgraphs) {
    const log = pino({ level: "silent" });
    served.set(subgraph.name, await serveSubgraph(subgraph, demo.gateway.house, { log }));
  }
});
afterAll(async () => {
  await Promise.all([...served.values()].map((one) => one.stop()));
  await demo?.stop();
});

/** Asks a subgraph as a router would that passes these headers on. */
const alone = (name: string, landlord: LandlordId, token?: string): Client =>
  client({
    url: new URL(served.get(name)!.url).origin,
    landlord,
    ...(token !== undefined && { token }),
  });

const entities = subgraphs.flatMap(({ name, schema }) =>
  entitiesOf(schema).map((type) => ({
    subgraph: name,
    type: type.name,
    query: `query ($list: [_Any!]!) { _entities(representations: $list) {
      ... on ${type.name} { ${ownFields(schema, type)} } } }`,
  })),
);

const askFor = async (
  front: Client,
  { type, query }: { type: string; query: string },
  id: string,
) => front(query, { list: [{ __typename: type, id }] });

/** The answer as text; that it has nothing in it, with or without an error, is seen to first. */
function expectNothing(answer: Answer): string {
  expect(answer.data).toEqual({ _entities: [null] });
  return comparable(answer);
}

test.each(subgraphs)("every entity of $name is tried", ({ schema }) => {
  expect(entitiesOf(schema).length).toBeGreaterThan(0);
  for (const landlord of landlords) {
    expect(untestedEntities(schema, casts[landlord].foreign)).toEqual([]);
  }
});

describe.each(landlords)("at %s", (landlord) => {
  describe.each(entities)("$type of $subgraph", (entity) => {
    const front = (token?: string) => alone(entity.subgraph, landlord, token);

    test("is shown to whom it belongs", async () => {
      const { asker } = casts[landlord];
      for (const id of asker.ids.get(entity.type)!) {
        const answer = await askFor(front(asker.front.token), entity, id);
        expect(faultsOf(answer)).toEqual([]);
        expect(answer.data).toMatchObject({ _entities: [{ __typename: entity.type, id }] });
      }
    });

    test("B-02 B-03 is to anybody else like one that does not exist", async () => {
      const cast = casts[landlord];
      const ask = async (id: string) =>
        expectNothing(await askFor(front(cast.asker.front.token), entity, id));
      const [first, ...nothing] = idsOfNothing(demo, landlord, cast, [entity.type]);
      const refusal = await ask(first!);
      const foreign = someOf(cast.foreign, [entity.type]);
      for (const id of [...nothing, ...foreign]) expect(await ask(id), id).toBe(refusal);
    });

    test("A-14 is refused to a token of the other landlord, before anything is executed", async () => {
      const { stranger } = casts[landlord];
      const id = [...casts[landlord].foreign.get(entity.type)!][0]!;
      const answer = await askFor(front(stranger.front.token), entity, id);
      expect(answer).toMatchObject({
        status: 403,
        errors: [{ extensions: { code: "FORBIDDEN" } }],
      });
      expect(answer.data).toBeUndefined();
    });
  });
});

// At one landlord each: an id is read the same way at all of them, and so is no token.
describe.each(inTurn(entities))("$type of $subgraph at $landlord", ({ landlord, ...entity }) => {
  const asks = (token?: string) => async (id: string) =>
    expectNothing(await askFor(alone(entity.subgraph, landlord, token), entity, id));

  test("B-02 B-03 is for what is no id, or one of another type, like one that does not exist", async () => {
    const cast = casts[landlord];
    const ask = asks(cast.asker.front.token);
    const refusal = await ask(idsOfNothing(demo, landlord, cast, [entity.type])[0]!);
    for (const id of [...noIds(cast), ...oneOfOthers(cast.foreign, [entity.type])]) {
      expect(await ask(id), id).toBe(refusal);
    }
  });

  test("B-03 is to nobody signed in like one that does not exist", async () => {
    const cast = casts[landlord];
    const ask = asks();
    const [first, ...nothing] = idsOfNothing(demo, landlord, cast, [entity.type]);
    const refusal = await ask(first!);
    const genuine = [cast.asker.ids, cast.foreign].flatMap((ids) => someOf(ids, [entity.type]));
    // The landlord itself is public.
    for (const id of [...nothing, ...noIds(cast), ...genuine.filter((one) => one !== landlord)]) {
      expect(await ask(id), id).toBe(refusal);
    }
  });
});

describe.each(subgraphs)("$name alone", ({ name }) => {
  const query = "{ _service { sdl } }";

  test("gives routers its SDL", async () => {
    const { data, errors } = await alone(name, "chartres")(query);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ _service: { sdl: expect.stringContaining("@key") } });
  });

  test.each([
    ["that is none", "x.y.z"],
    ["that has been altered", "altered"],
  ])("refuses a token %s", async (_what, text) => {
    const { token } = casts.chartres.asker.front;
    const sent = text === "altered" ? `${token!.slice(0, -10)}AAAAAAAAAA` : text;
    const answer = await alone(name, "chartres", sent)(query);
    expect(answer).toMatchObject({ status: 401, errors: [{ extensions: { code: "FORBIDDEN" } }] });
    expect(answer.data).toBeUndefined();
  });

  test.each(landlords)(
    "B-05 refuses the host of %s with the header of the other",
    async (landlord) => {
      const { hosts } = demo.gateway.house.landlords.find(
        (one) => one.landlord.id === landlord,
      )!.landlord;
      const headers = {
        host: hosts[0]!,
        authorization: `Bearer ${casts[landlord].asker.front.token}`,
      };
      const url = served.get(name)!.url;
      expect(await statusWith(url, { ...headers, "x-landlord": elsewhere(landlord) }, query)).toBe(
        400,
      );
      expect(await statusWith(url, { ...headers, "x-landlord": landlord }, query)).toBe(200);
      expect(await statusWith(url, headers, query)).toBe(200);
    },
  );
});

/** `fetch` sends no host of one's own. */
function statusWith(url: string, headers: Record<string, string>, query: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: "POST", headers: { ...headers, "content-type": "application/json" } },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode!);
      },
    );
    sent.on("error", reject);
    sent.end(JSON.stringify({ query }));
  });
}
