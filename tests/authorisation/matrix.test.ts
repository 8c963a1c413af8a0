/** `matrix.yaml` is what the gateway, and each subgraph alone, let each kind of viewer see and do. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import pino from "pino";
import { subgraphs } from "../../gateway/subgraphs.ts";
import type { Demo } from "../../mocks/demo/start.ts";
import { serveSubgraph, type ServedSubgraph } from "../../subgraphs/kernel/serve.ts";
import { client, type Client } from "../support/client.ts";
import { startTestDemo } from "../support/demo.ts";
import { api } from "../support/schema.ts";
import { entriesOf, type Entry } from "./entries.ts";
import { enter, kinds, parts, signAllIn, type Kind, type Part, type Who } from "./kinds.ts";
import { joined, lookAround, nothingSeen, type Look } from "./look.ts";
import {
  disagreements,
  expectedBut,
  fieldsIn,
  onlyOthers,
  readMatrix,
  unfitting,
  type Cell,
  type Seen,
} from "./matrix.ts";
import { mutationsOf, tryMutation, type Mutation, type Outcome } from "./mutations.ts";

const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
const matrix = readMatrix(read("matrix.yaml"), api);
const unseen = parse(read("unseen.yaml")) as Record<Kind | "everybody", string>;

/** Each of these asks for all there is: seconds, and on a busy machine many. */
const patience = 60_000;

let demo: Demo;
let find: (who: Who) => Client;
const served: ServedSubgraph[] = [];
const looks = new Map<Who, Look>();
beforeAll(async () => {
  demo = await startTestDemo();
  find = await signAllIn(demo);
  for (const part of parts) for (const who of [part.who, part.others]) await lookOnce(who);
  const log = pino({ level: "silent" });
  for (const one of subgraphs) served.push(await serveSubgraph(one, demo.gateway.house, { log }));
}, patience);
afterAll(async () => {
  await Promise.all(served.map((one) => one.stop()));
  await demo?.stop();
});

const gateway = entriesOf(api);
const mutations = mutationsOf(api);
const takesId = ({ takes }: Entry) => takes !== null;
/** Of what takes an id, the first operation tells enough: the others lie behind the same door. */
const first = (entry: Entry): Entry => ({ ...entry, operations: entry.operations.slice(0, 1) });

/** What somebody sees without giving an id, and with it the ids that they have. */
async function lookOnce(who: Who): Promise<Look> {
  const free = gateway.filter((entry) => !takesId(entry));
  const found = looks.get(who) ?? (await lookAround(api, find(who), free, new Map()));
  looks.set(who, found);
  return found;
}

async function seenAtGateway({ kind, who, others }: Part): Promise<Seen> {
  const byId = gateway.filter(takesId).map(first);
  const own = looks.get(who)!;
  const again = onlyOthers.includes(kind)
    ? nothingSeen
    : await lookAround(api, find(who), byId, own.ids);
  const theirs = await lookAround(api, find(who), byId, looks.get(others)!.ids);
  return { own: joined([own, again]), byId: again.shown, others: theirs };
}

/** At each subgraph, as a router would ask that passes the headers on. */
async function seenAtSubgraphs({ kind, who, others }: Part): Promise<Seen> {
  const own: Look[] = [];
  const theirs: Look[] = [];
  const { token } = find(who);
  for (const [index, { schema }] of subgraphs.entries()) {
    const url = new URL(served[index]!.url).origin;
    const front = client({ url, landlord: who.landlord, ...(token !== undefined && { token }) });
    const entries = entriesOf(schema);
    if (!onlyOthers.includes(kind)) {
      own.push(await lookAround(schema, front, entries, looks.get(who)!.ids));
    }
    const byId = entries.filter(takesId).map(first);
    theirs.push(await lookAround(schema, front, byId, looks.get(others)!.ids));
  }
  return { own: joined(own), byId: new Set(), others: joined(theirs) };
}

test("B-01 every field and every mutation has one line in the matrix, and every line its field", () => {
  expect(unfitting(matrix, api)).toEqual([]);
});

const agreed: Partial<Record<Kind, string>> = {
  joint: "B-10 one of two joint tenants",
  ended: "B-10 a tenant whose contract has ended",
};

describe.each(kinds.map((kind) => [agreed[kind] ?? kind, kind] as const))("%s", (_who, kind) => {
  const people = parts.filter((part) => part.kind === kind);
  const seen: Seen[] = [];
  const expected = expectedBut(`${unseen.everybody} ${unseen[kind] ?? ""}`.split(/\s+/));

  test(
    "B-01 is shown through the gateway what the matrix says",
    async () => {
      for (const part of people) seen.push(await seenAtGateway(part));
      const all: Seen = {
        own: joined(seen.map(({ own }) => own)),
        byId: new Set(seen.flatMap(({ byId }) => [...byId])),
        others: joined(seen.map(({ others }) => others)),
      };
      expect(disagreements(matrix, fieldsIn(api), kind, all, expected)).toEqual([]);
    },
    patience,
  );

  test(
    "B-01 B-03 is shown by the subgraphs alone what the gateway shows",
    async () => {
      const alone = await seenAtSubgraphs(people[0]!);
      const names = [...new Set(subgraphs.flatMap(({ schema }) => fieldsIn(schema)))];
      const shown = (name: string) =>
        [seen[0]!.own, seen[0]!.others].some((one) => one.shown.has(name));
      expect(disagreements(matrix, names, kind, alone, shown)).toEqual([]);
    },
    patience,
  );

  test(
    "B-01 may do what the matrix says, to theirs and to others'",
    async () => {
      const faults: string[] = [];
      for (const mutation of mutations) {
        const { name } = mutation.field;
        const outcomes = { own: new Set<Outcome>(), others: new Set<Outcome>() };
        for (const part of people) await attempt(mutation, part, outcomes);
        const cell = matrix.mutations.get(name)![kind];
        const isTenant = kind === "tenant";
        const fault = wrongIn(cell, outcomes, { isTenant, hasThings: expected(name) });
        if (fault) faults.push(`${name} ${fault}`);
      }
      expect(faults).toEqual([]);
    },
    patience,
  );
});

interface Outcomes {
  readonly own: Set<Outcome>;
  readonly others: Set<Outcome>;
}

async function attempt(mutation: Mutation, { kind, who, others }: Part, outcomes: Outcomes) {
  const { name } = mutation.field;
  const cell = matrix.mutations.get(name)![kind];
  // Once tells it of what needs no account, or no id.
  if (cell === "yes" && kind !== "anonymous") return;
  const tried = mutation.takes.size === 0 || outcomes.others.has("REFUSED");
  if (outcomes.own.has("DONE") && tried) return;
  const front = name === "signOut" && kind !== "anonymous" ? await enter(demo, who) : find(who);
  if (!onlyOthers.includes(kind)) {
    outcomes.own.add(await tryMutation(api, front, mutation, looks.get(who)!.ids));
  }
  if (mutation.takes.size === 0) return;
  outcomes.others.add(await tryMutation(api, front, mutation, looks.get(others)!.ids));
}

/** At the tenants' landlords there is all of it; elsewhere some is not offered. */
function wrongIn(
  cell: Cell,
  { own, others }: Outcomes,
  { isTenant, hasThings }: { isTenant: boolean; hasThings: boolean },
): string | null {
  if (cell === "no") return own.has("DONE") || others.has("DONE") ? "must not be done" : null;
  if (cell === "own" && others.has("DONE")) return "was done to another's";
  if (own.size === 0) return null;
  if (own.has("DONE") !== hasThings && (isTenant || !own.has("NOT_SUPPORTED"))) {
    return hasThings ? "was not done" : "was done, though it is listed as unseen";
  }
  return cell === "shared" && hasThings && others.has("REFUSED") ? "was refused" : null;
}
