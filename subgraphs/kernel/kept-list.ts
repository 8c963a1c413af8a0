import type { RequestContext } from "./context.ts";
import { fail } from "./errors.ts";
import { maxPage, type Paging } from "./pagination.ts";
import type { Connection } from "./shared-types.ts";

interface KeptList<Kept, Shown> {
  /** Seals cursors: the id of a thing, of no use elsewhere. */
  readonly cursorKind: string;
  /** Newest first; those before the id `before`, where given. */
  list(page: { readonly limit: number; readonly before: string | null }): Promise<Kept[]>;
  show(kept: Kept): Shown;
}

/** A connection of what we keep ourselves for the viewer. Throws INVALID_INPUT for a wrong page. */
export async function keptList<Kept extends { readonly id: string }, Shown>(
  context: RequestContext,
  { first, after }: Paging,
  { cursorKind, list, show }: KeptList<Kept, Shown>,
): Promise<Connection<Shown>> {
  const { ids } = context;
  const [before] = after === null ? [null] : (ids.open(cursorKind, after) ?? []);
  if (before === undefined || !Number.isInteger(first) || first < 1 || first > maxPage) {
    throw fail(context, "INVALID_INPUT");
  }
  const found = await list({ limit: first + 1, before });
  const edges = found
    .slice(0, first)
    .map((kept) => ({ node: show(kept), cursor: ids.seal(cursorKind, kept.id) }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: found.length > first,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: null,
    // Ours: nobody else need be asked.
    freshness: "LIVE",
    readAt: null,
  };
}
