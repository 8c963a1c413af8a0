/** What Habilog has for one contract: it takes one number in a call. */
import type { z } from "zod";
import { PortError } from "../../ports/errors.ts";
import type { BatchRead, Call } from "../../ports/port.ts";
import { eachOnce } from "../../transport/each-once.ts";
import type { Habilog } from "./client.ts";
import { isContract } from "./keys.ts";

/** An operation that takes the number of a contract. */
export interface ContractForm<I> {
  operation: string;
  /** The element of a record in the answer. */
  element: string;
  shape: z.ZodType<{ contract: string; item: I }>;
}

/**
 * What the records of a contract hold, in Habilog's order; nothing for what is no key of Habilog's.
 * Throws BAD_RESPONSE when a record is of another contract.
 */
export async function itemsOf<I>(
  habilog: Habilog,
  form: ContractForm<I>,
  contract: string,
  call: Call,
): Promise<I[]> {
  if (!isContract(contract)) return [];
  const records = await habilog.list({ ...form, key: "NumeroContrat" }, contract, call);
  if (records.every((record) => record.contract === contract)) {
    return records.map(({ item }) => item);
  }
  throw new PortError("BAD_RESPONSE", `${form.operation}: a record of another contract`);
}

/** All items, per contract. */
export const itemsPerContract =
  <I>(habilog: Habilog, form: ContractForm<I>): BatchRead<string, I[]> =>
  (keys, call) =>
    eachOnce(keys, String, (key) => itemsOf(habilog, form, key, call));

/** The first item, per contract; null when there is none. */
export const itemPerContract =
  <I>(habilog: Habilog, form: ContractForm<I>): BatchRead<string, I | null> =>
  async (keys, call) => {
    const lists = await itemsPerContract(habilog, form)(keys, call);
    return lists.map(([first]) => first ?? null);
  };
