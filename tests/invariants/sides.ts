/**
 * The same query by two ways, in one process and with the ERPs' answers from memory: through the whole
 * gateway, from its HTTP surface on, and through the schema that knows no federation.
 */
import {
  execute,
  GraphQLError,
  Kind,
  parse,
  validate,
  type DefinitionNode,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { readFileSync } from "node:fs";
import { createLog } from "../../gateway/log.ts";
import { createGateway } from "../../gateway/server.ts";
import { subgraphs } from "../../gateway/subgraphs.ts";
import type { Demo } from "../../mocks/demo/start.ts";
import { createContext, type House, type Incoming } from "../../subgraphs/kernel/request.ts";
import { operation, type Answer, type Client } from "../support/client.ts";
import { everyOddity, frontOf, type OddityName } from "../support/demo.ts";
import { harvest, type Ids } from "../support/harvest.ts";
import { remembered } from "../support/remembered.ts";
import { api } from "../support/schema.ts";
import { merged } from "./merged.ts";
import { makeQuery, spoil, type KnownIds, type Pick, type Query } from "./queries.ts";

const read = (name: string) =>
  readFileSync(new URL(`../../schema/${name}.graphql`, import.meta.url), "utf8");

interface Asker {
  readonly landlord: string;
  /** Null for whoever is not signed in. */
  readonly token: string | null;
  readonly ids: KnownIds;
}

/** A query, who asks it, and which port of the landlord's is out of order meanwhile. */
export interface Asked extends Query {
  readonly by: Asker;
  readonly down: string | null;
}

/** What is compared: `refused` is what was not executed at all. */
export interface Told {
  readonly refused: boolean;
  readonly data: unknown;
  readonly errors: readonly Failure[];
}

export interface Failure {
  readonly code: string;
  readonly path: readonly (string | number)[];
}

export interface Sides {
  /** A query that fits. */
  make(pick: Pick): Asked;
  /** One that does not. */
  spoilt(pick: Pick): Asked;
  gateway(asked: Asked): Promise<Told>;
  merged(asked: Asked): Promise<Told>;
  stop(): Promise<void>;
}

const people: readonly (readonly [landlord: string, who: OddityName | "staff" | null])[] = [
  ["la-rochelle", "everything"],
  ["chartres", "threeContracts"],
  ["immo-paris", "council"],
  ["immo-paris", "coOwnerAndOwner"],
  ["chartres", "staff"],
  ["chartres", null],
];

/** Ports of which many fields come. */
const mayBeDown = [
  "contracts",
  "balances",
  "persons",
  "rentReceipts",
  "serviceRequests",
  "documents",
];

export async function openSides(demo: Demo): Promise<Sides> {
  let down: string | null = null;
  const { house } = demo.gateway;
  const moment = new Date(Date.now() + 1_000);
  const quiet: House = {
    ...house,
    // Links say until when they are good: the same, then.
    now: () => moment,
    landlords: house.landlords.map((served) => ({
      ...served,
      ports: remembered(served.ports, (port) => port === down),
    })),
  };
  const { app } = await createGateway({
    house: quiet,
    subgraphs,
    supergraphSdl: read("supergraph"),
    log: createLog("silent"),
    introspection: true,
    trustProxy: false,
  });
  const send = async (landlord: string, token: string | null, query: Query): Promise<Answer> => {
    const { statusCode, payload } = await app.inject({
      method: "POST",
      url: "/graphql",
      headers: { "x-landlord": landlord, ...(token && { authorization: `Bearer ${token}` }) },
      payload: { query: query.text, variables: query.variables },
    });
    return { status: statusCode, ...(JSON.parse(payload) as Omit<Answer, "status">) };
  };
  const askers = await enterAll(demo, send);
  const schema = merged(read("api"), subgraphs);
  const make = (pick: Pick): Asked => {
    const by = askers[pick(askers.length)]!;
    const isDown = pick(4) === 3;
    return {
      ...makeQuery(api, pick, by.ids),
      by,
      down: isDown ? mayBeDown[pick(mayBeDown.length)]! : null,
    };
  };
  return {
    make,
    spoilt: (pick) => {
      const asked = make(pick);
      return { ...asked, ...spoil(asked, pick) };
    },
    async gateway(asked) {
      down = asked.down;
      const { status, data, errors = [] } = await send(asked.by.landlord, asked.by.token, asked);
      return told(status === 400, data, errors);
    },
    async merged(asked) {
      down = asked.down;
      const document = fitting(schema, asked.text);
      if (!document) return told(true, null, []);
      const contextValue = await createContext(quiet, incoming(asked.by));
      const variableValues = asked.variables;
      const { data, errors = [] }: ExecutionResult = await execute({
        schema,
        document,
        contextValue,
        variableValues,
      });
      return told(data === undefined, data, errors);
    },
    stop: () => app.close(),
  };
}

/** Null for what is no GraphQL, breaks a rule, or is an operation that the schema does not have. */
function fitting(schema: GraphQLSchema, text: string): DocumentNode | null {
  const document = parsed(text);
  if (!document || validate(schema, document).length > 0) return null;
  const has = ({ operation }: OperationDefinitionNode) => Boolean(schema.getRootType(operation));
  const isOperation = (one: DefinitionNode) => one.kind === Kind.OPERATION_DEFINITION;
  return document.definitions.filter(isOperation).every(has) ? document : null;
}

function parsed(text: string): DocumentNode | null {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}

interface Fault {
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** What was refused as a whole is not compared any further: the one names rules, the other paths. */
function told(refused: boolean, data: unknown, errors: readonly Fault[]): Told {
  if (refused) return { refused, data: null, errors: [] };
  return {
    refused,
    data: JSON.parse(JSON.stringify(data ?? null)),
    errors: errors.map(({ path = [], extensions }) => ({ code: String(extensions["code"]), path })),
  };
}

const incoming = ({ landlord, token }: Asker): Incoming => ({
  host: undefined,
  landlordHeader: landlord,
  authorization: token === null ? undefined : `Bearer ${token}`,
  acceptLanguage: undefined,
  clientAddress: "127.0.0.1",
  requestId: "merged",
  signal: new AbortController().signal,
});

type Send = (landlord: string, token: string | null, query: Query) => Promise<Answer>;

/** Each signed in, with the ids of all that they can see; what the ERPs said of it is remembered. */
async function enterAll(demo: Demo, send: Send): Promise<Asker[]> {
  const entered: { landlord: string; token: string | null; ids: Ids }[] = [];
  for (const [landlord, who] of people) {
    const token = await tokenOf(demo, landlord, who);
    const ask = (text: string, variables: object = {}) =>
      send(landlord, token, { text, variables: { ...variables } });
    const client: Client = Object.assign(ask, {
      token: token ?? undefined,
      as: () => client,
    });
    const ids = token === null ? new Map() : (await harvest(api, client)).ids;
    entered.push({ landlord, token, ids });
  }
  return entered.map(({ ids, ...asker }, index) => {
    const other = entered[(index + 1) % entered.length]!.ids;
    const others = [...other.values()].flatMap((set) => [...set].slice(0, 1));
    const of = (type: string) => [...(ids.get(type) ?? [])];
    const mixed = [...ids.values()].flatMap((set) => [...set].slice(0, 1));
    return { ...asker, ids: { of, wrong: [...others, ...mixed, "x", ""] } };
  });
}

async function tokenOf(demo: Demo, landlord: string, who: OddityName | "staff" | null) {
  if (who === null) return null;
  const account = demo.accounts.find(
    (one) =>
      one.landlord === landlord &&
      (who === "staff" ? one.role === "staff" : one.oddity === everyOddity[who]),
  )!;
  const { data } = await frontOf(demo, landlord)(operation("F06-sign-in"), account);
  return data.signIn.session.accessToken as string;
}
