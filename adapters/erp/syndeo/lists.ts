/** syndeo gives lists whole and knows no batches: pages are cut here, keys asked for one by one. */
import { PortError } from "../../ports/errors.ts";
import type { BatchRead, Call } from "../../ports/port.ts";
import type { Page, PageRequest } from "../../ports/values.ts";
import { eachOnce } from "../../transport/each-once.ts";
import { names } from "./wire.ts";

/** One page of a list that came whole. A cursor is the number of items before it. */
export function pageOf<T>(items: readonly T[], { first, after }: PageRequest): Page<T> {
  const start = after === null ? 0 : offsetOf(after);
  const cut = items.slice(start, start + first);
  const end = start + cut.length;
  return {
    items: cut,
    endCursor: cut.length > 0 ? String(end) : null,
    hasNextPage: end < items.length,
    total: items.length,
  };
}

function offsetOf(after: string): number {
  if (!/^\d{1,9}$/.test(after)) throw new PortError("INVALID_INPUT", "no cursor of this list");
  return Number(after);
}

/** Asks once for each distinct person; `unknown` answers for what is no person's key. */
export const ofPersons =
  <A>(unknown: A, load: (key: string, call: Call) => Promise<A>): BatchRead<string, A> =>
  (keys, call) =>
    eachOnce(keys, asItIs, async (key) => (names.person.test(key) ? load(key, call) : unknown));

/** Likewise for contracts. */
export const ofContracts =
  <A>(unknown: A, load: (key: string, call: Call) => Promise<A>): BatchRead<string, A> =>
  (keys, call) =>
    eachOnce(keys, asItIs, async (key) => (names.contract.test(key) ? load(key, call) : unknown));

const asItIs = (key: string) => key;

/** Pages of a contract's list, read whole once for all pages that are asked for together. */
export const pagesOf =
  <T, K extends PageRequest & { readonly contractKey: string }>(
    load: (contractKey: string, call: Call) => Promise<readonly T[]>,
    isAskedFor: (item: T, key: K) => boolean = () => true,
  ): BatchRead<K, Page<T>> =>
  async (keys, call) => {
    const lists = await ofContracts<readonly T[]>([], load)(
      keys.map(({ contractKey }) => contractKey),
      call,
    );
    return keys.map((key, index) =>
      pageOf(
        lists[index]!.filter((item) => isAskedFor(item, key)),
        key,
      ),
    );
  };
