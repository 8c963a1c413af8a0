/** From batches of keys to as few calls as Pavois's list forms allow. */
import type { z } from "zod";
import type { Call } from "../../ports/port.ts";
import { recordsOf, type Pavois } from "./client.ts";

/** As the schema has it: no list of keys is longer. */
const keysPerCall = 20;

/** `LireSoldes(NumeroContrat, NumeroContrat, …)`: many keys in one call, the unknown left out. */
export interface ListForm<T extends z.ZodType> {
  operation: string;
  /** The element that holds a key in the request. */
  key: string;
  /** The element of a record in the answer. */
  element: string;
  shape: T;
}

/** Each distinct key that `isKey` takes is asked for once. The records come in no set order. */
export async function readAll<T extends z.ZodType>(
  pavois: Pavois,
  { operation, key, element, shape }: ListForm<T>,
  keys: readonly string[],
  isKey: (key: string) => boolean,
  call: Call,
): Promise<z.infer<T>[]> {
  const distinct = [...new Set(keys)].filter(isKey);
  const lists = await Promise.all(
    inChunks(distinct).map(async (chunk) =>
      recordsOf(await pavois.ask(operation, { [key]: chunk }, call), element, shape),
    ),
  );
  return lists.flat();
}

export function inChunks<T>(items: readonly T[], size = keysPerCall): T[][] {
  const chunks: T[][] = [];
  for (let at = 0; at < items.length; at += size) chunks.push(items.slice(at, at + size));
  return chunks;
}
