/** Records that hang on contracts, many contracts in one call, and what is made of each one's. */
import type { z } from "zod";
import type { BatchRead } from "../../ports/port.ts";
import { readAll } from "./batch.ts";
import type { Pavois } from "./client.ts";
import { isContract } from "./keys.ts";

export interface OfContract<T> {
  contract: string;
  item: T;
}

interface Records<T> {
  operation: string;
  /** The element of a record in the answer. */
  element: string;
  shape: z.ZodType<OfContract<T>>;
}

/** `choose` gets the records of one contract, as they came; none where there are none. */
export function perContract<T, A>(
  pavois: Pavois,
  { operation, element, shape }: Records<T>,
  choose: (items: T[]) => A,
): BatchRead<string, A> {
  return async (keys, call) => {
    const form = { operation, key: "NumeroContrat", element, shape };
    const found = await readAll(pavois, form, keys, isContract, call);
    const byContract = Map.groupBy(found, ({ contract }) => contract);
    return keys.map((key) => choose((byContract.get(key) ?? []).map(({ item }) => item)));
  };
}

/** The one that comes first by `compare`; null of none. */
export const firstBy =
  <T>(compare: (a: T, b: T) => number) =>
  (items: T[]): T | null =>
    items.toSorted(compare)[0] ?? null;
