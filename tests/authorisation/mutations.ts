/** A mutation as somebody sends it who gives ids of things, and nothing else that could be applied. */
import {
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from "graphql";
import type { Client } from "../support/client.ts";
import { idsOfKind, type Ids } from "../support/harvest.ts";
import { idPlaces, samples } from "../support/id-places.ts";
import { fieldsOf, ownFields, targetOf } from "../support/selections.ts";

export interface Mutation {
  readonly field: GraphQLField<unknown, unknown>;
  /** Of what it takes the ids, by place: `input.contractId`. */
  readonly takes: ReadonlyMap<string, string>;
}

export function mutationsOf(schema: GraphQLSchema): Mutation[] {
  const places = idPlaces(schema);
  return fieldsOf(schema.getMutationType()!).map((field) => {
    const start = `Mutation.${field.name}(`;
    const own = places.filter(({ name }) => name.startsWith(start));
    const takes = new Map(
      own.flatMap(({ name, kind }) => (kind ? [[name.slice(start.length, -1), kind]] : [])),
    );
    if (field.name === "settleChange") takes.set("input.receipt", "Receipt");
    return { field, takes };
  });
}

/** DONE: a payload came, with user errors or without. NOT_SUPPORTED: the landlord has no such thing. */
export type Outcome = "DONE" | "REFUSED" | "NOT_SUPPORTED";

/**
 * Sends it with ids of `ids` wherever it needs one. What else it needs is one letter, which is no key,
 * no password and no address: nothing is ever applied. Throws for any other error than a refusal.
 */
export async function tryMutation(
  schema: GraphQLSchema,
  front: Client,
  { field, takes }: Mutation,
  ids: Ids,
): Promise<Outcome> {
  const idAt = (path: string): string | undefined => {
    const kind = takes.get(path);
    return kind && (idsOfKind(schema, ids, kind)[0] ?? "x");
  };
  const args = field.args
    .map(({ name, type }) => `${name}: ${literal(type, name, idAt)}`)
    .join(", ");
  const shown = ownFields(schema, targetOf(field) as never);
  const answer = await front(`mutation { ${field.name}(${args}) { ${shown} } }`);
  const codes = (answer.errors ?? []).map(({ extensions }) => extensions.code);
  if (answer.data?.[field.name]) return "DONE";
  if (codes.length === 1 && codes[0] === "NOT_SUPPORTED") return "NOT_SUPPORTED";
  if (codes.length === 1 && ["FORBIDDEN", "NOT_FOUND"].includes(codes[0]!)) return "REFUSED";
  throw new Error(`${field.name}: ${JSON.stringify(answer)}`);
}

/** Where one letter is no value at all. */
const byName: Record<string, string> = { challenge: "A".repeat(43), provider: "google" };

type IdAt = (path: string) => string | undefined;

function literal(type: GraphQLInputType, path: string, idAt: IdAt): string {
  if (isNonNullType(type)) return literal(type.ofType, path, idAt);
  if (isListType(type)) return "[]";
  if (isInputObjectType(type)) {
    const needed = Object.values(type.getFields()).filter(isRequiredInputField);
    const parts = needed.map(
      (one) => `${one.name}: ${literal(one.type, `${path}.${one.name}`, idAt)}`,
    );
    return `{${parts.join(", ")}}`;
  }
  const value = idAt(path) ?? byName[path.split(".").at(-1)!];
  if (value !== undefined) return JSON.stringify(value);
  return "getValues" in type ? type.getValues()[0]!.name : samples[type.name]!;
}
