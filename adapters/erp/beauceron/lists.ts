/** Reading beauceron's lists: to their end, and in pages. */
import { PortError } from "../../ports/errors.ts";
import type { Page, PageRequest } from "../../ports/values.ts";
import type { Slice, Window } from "./client.ts";

export type Fetch<T> = (window: Window) => Promise<Slice<T> | null>;

/** beauceron gives no more at once, whatever is asked. */
const mostAtOnce = 25;

/** Lists that are read whole are short; a longer one means that a filter was not heeded. */
const longest = 1000;

interface Found<T> {
  readonly items: { readonly item: T; readonly next: number }[];
  readonly count: number | null;
}

/**
 * Reads from `offset` on until `wanted` items are there or the list ends. Its end is an empty
 * slice, or a slice shorter than asked that ends where the count says: a short slice alone may be
 * a cap, and a count alone may lie. Null when the ERP knows no such list.
 *
 * What was seen already is left out: a new item at the top of the list pushes the others down
 * between two calls.
 */
async function collect<T>(
  fetch: Fetch<T>,
  keyOf: (item: T) => string,
  from: number,
  wanted: number,
): Promise<Found<T> | null> {
  const items: { item: T; next: number }[] = [];
  const seen = new Set<string>();
  let offset = from;
  for (;;) {
    const limit = Math.min(wanted - items.length, mostAtOnce);
    const slice = await fetch({ offset, limit });
    if (slice === null) return null;
    const { count } = slice;
    const fresh = slice.items
      .map((item, index) => ({ item, next: offset + index + 1 }))
      .filter(({ item }) => !seen.has(keyOf(item)));
    for (const { item } of fresh) seen.add(keyOf(item));
    items.push(...fresh);
    const got = slice.items.length;
    offset += got;
    const ended = got === 0 || (got < limit && offset === count);
    if (ended || items.length >= wanted) return { items, count: offset === 0 ? 0 : count };
    if (fresh.length === 0) throw unmoved();
  }
}

const unmoved = () =>
  new PortError("BAD_RESPONSE", "beauceron: the next part of a list brought nothing new");

/** One page; empty when the ERP knows no such list. */
export async function pageOf<T>(
  fetch: Fetch<T>,
  keyOf: (item: T) => string,
  { first, after }: PageRequest,
): Promise<Page<T>> {
  const found = await collect(fetch, keyOf, offsetOf(after), first + 1);
  if (found === null) return emptyPage();
  const kept = found.items.slice(0, first);
  return {
    items: kept.map(({ item }) => item),
    endCursor: kept.length === 0 ? null : String(kept.at(-1)!.next),
    hasNextPage: found.items.length > first,
    total: found.count,
  };
}

export const emptyPage = () => ({ items: [], endCursor: null, hasNextPage: false, total: null });

function offsetOf(after: string | null): number {
  if (after === null) return 0;
  if (!/^\d{1,9}$/.test(after)) throw new PortError("INVALID_INPUT", "no cursor of this list");
  return Number(after);
}

/** The whole of a short list; null when the ERP knows no such list. */
export async function wholeOf<T>(fetch: Fetch<T>, keyOf: (item: T) => string): Promise<T[] | null> {
  const found = await collect(fetch, keyOf, 0, longest);
  if (found === null) return null;
  if (found.items.length >= longest) {
    throw new PortError("BAD_RESPONSE", "beauceron: a list is longer than it can be");
  }
  return found.items.map(({ item }) => item);
}

/** The distinct keys that look like one, in handfuls that fit one call. */
export function handfuls(keys: readonly string[], pattern: RegExp): string[][] {
  const distinct = [...new Set(keys)].filter((key) => pattern.test(key));
  const count = Math.ceil(distinct.length / mostAtOnce);
  return Array.from({ length: count }, (_, i) =>
    distinct.slice(i * mostAtOnce, (i + 1) * mostAtOnce),
  );
}

/** Fails when the ERP tells of something that was not asked for: its filter was not heeded. */
export function askedFor<T>(items: readonly T[], wasAsked: (item: T) => boolean): readonly T[] {
  if (items.every(wasAsked)) return items;
  throw new PortError("BAD_RESPONSE", "beauceron: an answer holds what was not asked for");
}
