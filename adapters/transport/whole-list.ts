/** Pages of lists that an ERP always gives whole. */
import { PortError } from "../ports/errors.ts";
import type { Page, PageRequest } from "../ports/values.ts";

/** A cursor is the key of the last item before it, so that new items at the top move nothing. */
export function pageOfWhole<T extends { readonly key: string }>(
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
