/** What calls over REST have in common, whatever the ERP: paths, queries, and what 404 means. */
import type { z } from "zod";
import { PortError } from "../ports/errors.ts";
import { readRecord } from "./read-record.ts";
import type { RestClient } from "./rest.ts";

export type Value = string | number | boolean;

/** A path with each value escaped. INVALID_INPUT for an empty one: the path would name another thing. */
export function at(strings: TemplateStringsArray, ...values: readonly Value[]): string {
  if (values.includes("")) throw new PortError("INVALID_INPUT", "An empty key in a path");
  return String.raw({ raw: strings }, ...values.map(encodeURIComponent));
}

/** A path that goes on with lists in its query, each value under the name of its list. */
export function withLists(
  path: string,
  lists: Readonly<Record<string, readonly Value[] | undefined>>,
): string {
  const pairs = Object.entries(lists).flatMap(([name, values = []]) =>
    values.map((value) => [name, String(value)]),
  );
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`;
}

/** A query or headers, without what is undefined. */
export function given(values: Readonly<Record<string, Value | undefined>>): Record<string, string> {
  const told = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(told.map(([name, value]) => [name, String(value)]));
}

/**
 * Null, for a 404 in the words with which the ERP says that there is no such thing. In other words
 * it is a wrong address: BAD_RESPONSE.
 */
export function noSuchThing(shape: z.ZodType, data: unknown, place: string): null {
  readRecord(shape, data, place);
  return null;
}

/** Null for NOT_FOUND: for an ERP that says nothing with its 404. */
export async function foundOrNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof PortError && error.code === "NOT_FOUND") return null;
    throw error;
  }
}

/** What the ERP did, or why it did nothing, in its own words. */
export type Written<Done, Refused> =
  | { readonly done: Done }
  | { readonly refused: Refused; readonly status: number };

/** A client that sends `query` with each request: a key that the ERP wants there. */
export function withQuery(rest: RestClient, query: Readonly<Record<string, string>>): RestClient {
  const added = <T extends { query?: Record<string, string> }>(options: T): T => ({
    ...options,
    query: { ...options.query, ...query },
  });
  return {
    get: (path, options, call) => rest.get(path, added(options), call),
    send: (method, path, options, call) => rest.send(method, path, added(options), call),
    open: (path, options, call) => rest.open(path, added(options), call),
    close: () => rest.close(),
  };
}
