/** Pages of lists that Habilog always gives whole. */
import { PortError } from "../../ports/errors.ts";
import type { ContractPage } from "../../ports/billing.ts";
import type { BatchRead } from "../../ports/port.ts";
import type { Page, PageRequest } from "../../ports/values.ts";
import type { Habilog } from "./client.ts";
import { itemsPerContract, type ContractForm } from "./per-contract.ts";

interface Listed {
  readonly key: string;
}

/**
 * One page for each key, newest first. A contract's list is read once, however many of its pages
 * are asked for.
 */
export const pagesPerContract =
  <I extends Listed>(
    habilog: Habilog,
    form: ContractForm<I>,
    dayOf: (item: I) => string,
  ): BatchRead<ContractPage, Page<I>> =>
  async (keys, call) => {
    const lists = await itemsPerContract(habilog, form)(
      keys.map(({ contractKey }) => contractKey),
      call,
    );
    return keys.map((key, i) => pageOf(newestFirst(lists[i]!, dayOf), key));
  };

/** A cursor is the key of the last item before it, so that new items at the top move nothing. */
export function pageOf<T extends Listed>(
  items: readonly T[],
  { first, after }: PageRequest,
): Page<T> {
  const start = after === null ? 0 : items.findIndex(({ key }) => key === after) + 1;
  if (after !== null && start === 0) {
    throw new PortError("INVALID_INPUT", "not a cursor of this list");
  }
  const shown = items.slice(start, start + first);
  return {
    items: shown,
    endCursor: shown.at(-1)?.key ?? null,
    hasNextPage: start + shown.length < items.length,
    total: items.length,
  };
}

/** Habilog gives lists oldest first; what has the same day stays in its order, backwards. */
export function newestFirst<T>(items: readonly T[], dayOf: (item: T) => string): T[] {
  return items.toReversed().toSorted((a, b) => compare(dayOf(b), dayOf(a)));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
