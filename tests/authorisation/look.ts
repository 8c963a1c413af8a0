/** Has somebody ask for everything at one door, and tells what they were shown and what was refused. */
import type { GraphQLSchema } from "graphql";
import type { Answer, Client, GraphqlError } from "../support/client.ts";
import { collect, idsOfKind, type Ids } from "../support/harvest.ts";
import type { Entry } from "./entries.ts";
import { shownIn } from "./sight.ts";

export interface Look {
  /** `Type.field` of all that had data. */
  readonly shown: ReadonlySet<string>;
  /** `Type.field` of fields that answered FORBIDDEN or NOT_FOUND, though what they hang on was shown. */
  readonly refused: ReadonlySet<string>;
  /** A sentence for each answer that is neither data nor a refusal of the agreed form. */
  readonly odd: readonly string[];
  /** Of all that was shown; a change's receipt as the id of a `Receipt`. */
  readonly ids: Ids;
}

export const nothingSeen: Look = {
  shown: new Set(),
  refused: new Set(),
  odd: [],
  ids: new Map(),
};

/** Several looks as one. */
export const joined = (looks: readonly Look[]): Look => ({
  shown: new Set(looks.flatMap(({ shown }) => [...shown])),
  refused: new Set(looks.flatMap(({ refused }) => [...refused])),
  odd: looks.flatMap(({ odd }) => odd),
  ids: new Map(looks.flatMap(({ ids }) => [...ids])),
});

const refusals = ["FORBIDDEN", "NOT_FOUND"];
/** The landlord's system does not serve it, or what it serves cannot be had for this contract. */
const fine = new Set([...refusals, "NOT_SUPPORTED"]);

/**
 * Sends every operation of every entry, one id of each type of `ids` where an entry takes ids. Null
 * without an error is the agreed answer of `viewer` to nobody, and of `_entities` to another's id.
 */
export async function lookAround(
  schema: GraphQLSchema,
  front: Client,
  entries: readonly Entry[],
  ids: Ids,
): Promise<Look> {
  const shown = new Set<string>();
  const refused = new Set<string>();
  const odd: string[] = [];
  const found = new Map<string, Set<string>>();
  const ask = async (entry: Entry, operation: string, id: string | undefined) => {
    const answer = await front(operation, id === undefined ? {} : { id });
    collect(answer.data, found);
    for (const [, receipt] of JSON.stringify(answer.data ?? null).matchAll(
      /"receipt":"([^"]+)"/g,
    )) {
      found.set("Receipt", (found.get("Receipt") ?? new Set()).add(receipt!));
    }
    const seen = shownIn(schema, operation, answer.data);
    for (const one of seen) shown.add(one);
    for (const one of oddities(entry, answer, seen.size > 0)) odd.push(`${entry.name}: ${one}`);
    for (const error of answer.errors ?? []) {
      const inside = (error.path?.length ?? 0) > 1 && refusals.includes(error.extensions.code);
      if (inside) refused.add(fieldAt(entry, error));
    }
  };
  for (const entry of entries) {
    const sent = entry.takes === null ? [undefined] : firstOfEach(schema, ids, entry);
    for (const id of sent) {
      await Promise.all(entry.operations.map((operation) => ask(entry, operation, id)));
    }
  }
  return { shown, refused, odd, ids: found };
}

const firstOfEach = (schema: GraphQLSchema, ids: Ids, { takes }: Entry): string[] =>
  takes!.flatMap((type) => idsOfKind(schema, ids, type).slice(0, 1));

function* oddities(entry: Entry, answer: Answer, hasData: boolean): Generator<string> {
  const codes = (answer.errors ?? []).map(({ extensions }) => extensions.code);
  if (answer.status !== 200) yield `${answer.status} ${codes.join()}`;
  for (const code of codes) if (!fine.has(code)) yield code;
  const silent = entry.name === "Query.viewer" || entry.name.endsWith("_entities");
  if (!hasData && codes.length === 0 && !silent) yield "null without an error";
}

const fieldAt = ({ name }: Entry, { path = [] }: GraphqlError): string =>
  `${name}: ${path.filter((step) => typeof step === "string").join(".")}`;
