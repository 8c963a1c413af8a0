/** What a client may not set, sent in every input that there is. */
import {
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
} from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Demo } from "../mocks/demo/start.ts";
import { door, signedInAs, startTestDemo } from "./support/demo.ts";
import { fill, type Filler } from "./support/fill-variables.ts";
import { api } from "./support/schema.ts";

let demo: Demo;
beforeAll(async () => {
  demo = await startTestDemo();
});
afterAll(() => demo?.stop());

const notTheirs = [
  "role",
  "landlordId",
  "verified",
  "iban",
  "accountId",
  "personKey",
  "staff",
  "status",
  "amountPaid",
];

interface Place {
  readonly mutation: string;
  readonly input: GraphQLInputObjectType;
  /** Of the object within the input; empty for the input itself. */
  readonly path: readonly (string | number)[];
  readonly type: GraphQLInputObjectType;
}

/** Every input of every mutation, and every object within. */
function places(): Place[] {
  const mutations = Object.values(api.getMutationType()!.getFields());
  return mutations.flatMap(({ name: mutation, args }) =>
    args.flatMap((arg) => {
      const input = getNamedType(arg.type);
      return isInputObjectType(input) && arg.name === "input"
        ? within(input, []).map(({ path, type }) => ({ mutation, input, path, type }))
        : [];
    }),
  );
}

function within(
  type: GraphQLInputObjectType,
  path: readonly (string | number)[],
): Pick<Place, "path" | "type">[] {
  const inner = Object.values(type.getFields()).flatMap((field) => {
    const named = getNamedType(field.type);
    const isList = isListOf(field.type);
    const deeper = [...path, field.name, ...(isList ? [0] : [])];
    return isInputObjectType(named) && path.length < 6 ? within(named, deeper) : [];
  });
  return [{ path, type }, ...inner];
}

const isListOf = (type: GraphQLInputType): boolean =>
  isNonNullType(type) ? isListOf(type.ofType) : isListType(type);

const filler: Filler = (type) =>
  ({ Date: "1961-07-23", DateTime: "2026-11-21T10:00:00Z", PhoneNumber: "+33612345678" })[type] ??
  "1.00";

/** The input with one field too many. */
function withField({ input, path }: Place, name: string): unknown {
  const value = fill(input, "input", filler) as Record<string, unknown>;
  let at: Record<string | number, unknown> = value;
  for (const step of path) at = at[step] as Record<string | number, unknown>;
  at[name] = "ADMIN";
  return value;
}

test("B-15 a field that is not a client's to set is an error in every input, and nothing is done", async () => {
  const front = await signedInAs(demo, "la-rochelle", "everything");
  const { store } = demo.gateway.house;
  const { email } = (await front("{ viewer { email } }")).data.viewer;
  const before = await store.accounts.byEmail("la-rochelle", email);
  const all = places();
  const mutations = Object.keys(api.getMutationType()!.getFields());
  expect([...new Set(all.map(({ mutation }) => mutation))].sort()).toEqual(mutations.sort());
  const accepted: string[] = [];
  let sent = 0;
  for (const place of all) {
    const foreign = notTheirs.filter((name) => !place.type.getFields()[name]);
    expect(foreign.length).toBeGreaterThanOrEqual(notTheirs.length - 2);
    const answers = await Promise.all(
      foreign.map(async (name) => {
        const query = `mutation($input: ${place.input.name}!) { ${place.mutation}(input: $input) { __typename } }`;
        const { data, errors } = await front(query, { input: withField(place, name) });
        const told = errors?.[0]?.extensions.code === "INVALID_INPUT" && !data;
        return told ? null : `${place.mutation} ${[...place.path, name].join(".")}`;
      }),
    );
    sent += answers.length;
    accepted.push(...answers.filter((one) => one !== null));
  }
  expect(accepted).toEqual([]);
  expect(sent).toBeGreaterThan(400);
  expect(await store.accounts.byEmail("la-rochelle", email)).toEqual(before);
  expect(await store.changes.search("la-rochelle", searchAll)).toEqual([]);
  expect(await door(demo, "la-rochelle").writes()).toEqual([]);
});

const searchAll = { statuses: [], submittedBefore: null, limit: 10, after: null };
