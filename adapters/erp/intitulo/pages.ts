/** The lists that hang on a contract: Intitulo gives them whole, in its own order. */
import type { z } from "zod";
import type { ContractPage } from "../../ports/billing.ts";
import type { BatchRead, Call } from "../../ports/port.ts";
import type { Page } from "../../ports/values.ts";
import { eachOnce } from "../../transport/each-once.ts";
import { pageOfWhole } from "../../transport/whole-list.ts";
import type { Intitulo, Parts } from "./client.ts";
import { isContract } from "./keys.ts";

/** An operation that is asked by intitulé or by contract, and its records. */
export interface ListForm<I> {
  operation: string;
  /** The parts behind the two numbers. */
  more: Parts;
  element: string;
  shape: z.ZodType<{ contract: string; item: I }>;
}

/** A contract's records; none for a contract that Intitulo does not know. */
export async function recordsOfContract<I>(
  intitulo: Intitulo,
  { operation, more, element, shape }: ListForm<I>,
  contract: string,
  call: Call,
): Promise<I[]> {
  if (!isContract(contract)) return [];
  const parts = { numero_intitule: "", numero_contrat: contract, ...more };
  const answer = await intitulo.ask(operation, parts, call);
  const found = answer?.records(element, shape) ?? [];
  return found.flatMap((each) => (each.contract === contract ? each.item : []));
}

interface Listed {
  readonly key: string;
}

/** One page for each key, newest first; each contract's list is read once for all of its pages. */
export const pagesPerContract =
  <I extends Listed>(
    read: (contract: string, call: Call) => Promise<I[]>,
    dayOf: (item: I) => string,
  ): BatchRead<ContractPage, Page<I>> =>
  async (keys, call) => {
    const contracts = keys.map(({ contractKey }) => contractKey);
    const lists = await eachOnce(contracts, String, async (contract) =>
      newestFirst(await read(contract, call), dayOf),
    );
    return keys.map((key, i) => pageOfWhole(lists[i]!, key));
  };

/** Within a day, by number: Intitulo gives them out in order. */
const newestFirst = <I extends Listed>(items: I[], dayOf: (item: I) => string): I[] =>
  items.toSorted((a, b) => compare(dayOf(b), dayOf(a)) || compare(b.key, a.key));

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
