/** Pages of lists that Habilog always gives whole. */
import type { ContractPage } from "../../ports/billing.ts";
import type { BatchRead } from "../../ports/port.ts";
import type { Page } from "../../ports/values.ts";
import { pageOfWhole } from "../../transport/whole-list.ts";
import type { Habilog } from "./client.ts";
import { itemsPerContract, type ContractForm } from "./per-contract.ts";

/**
 * One page for each key, newest first. A contract's list is read once, however many of its pages
 * are asked for.
 */
export const pagesPerContract =
  <I extends { readonly key: string }>(
    habilog: Habilog,
    form: ContractForm<I>,
    dayOf: (item: I) => string,
  ): BatchRead<ContractPage, Page<I>> =>
  async (keys, call) => {
    const lists = await itemsPerContract(habilog, form)(
      keys.map(({ contractKey }) => contractKey),
      call,
    );
    return keys.map((key, i) => pageOfWhole(newestFirst(lists[i]!, dayOf), key));
  };

/** Habilog gives lists oldest first; what has the same day stays in its order, backwards. */
export function newestFirst<T>(items: readonly T[], dayOf: (item: T) => string): T[] {
  return items.toReversed().toSorted((a, b) => compare(dayOf(b), dayOf(a)));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
