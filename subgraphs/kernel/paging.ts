import { carryMark } from "../../adapters/ports/freshness.ts";
import type { Page, PageRequest } from "../../adapters/ports/values.ts";
import type { RequestContext } from "./context.ts";
import { fail } from "./errors.ts";
import { planPage, type PagePlan, type Paging } from "./pagination.ts";

const kind = "Cursor";

/**
 * Throws INVALID_INPUT, before any ERP is asked, for a page that cannot be. `list`: what tells the list
 * from all others, as its port and its contract do; a cursor of another one is none.
 */
export function planOrFail(
  context: RequestContext,
  paging: Paging,
  ...list: readonly [port: string, ...keys: string[]]
): PagePlan {
  const { ids } = context;
  const plan = planPage(paging, {
    seal: (cursor) => ids.seal(kind, ...list, cursor),
    open: (sealed) => {
      const opened = ids.open(kind, sealed) ?? [];
      const isOfList =
        opened.length === list.length + 1 && list.every((key, at) => key === opened[at]);
      return isOfList ? opened.at(-1)! : null;
    },
  });
  if (!plan) throw fail(context, "INVALID_INPUT");
  return plan;
}

/** Cuts a page out of a list that came whole, as a port would: the cursor is an offset, past the end when it is none. */
export function pageOfList<T>(list: readonly T[], { first, after }: PageRequest): Page<T> {
  const offset = /^\d{1,9}$/.test(after ?? "0") ? Number(after ?? 0) : list.length;
  const items = list.slice(offset, offset + first);
  const end = offset + items.length;
  const page = {
    items,
    endCursor: items.length ? String(end) : null,
    hasNextPage: end < list.length,
    total: list.length,
  };
  return carryMark(page, [list]);
}
