import type { RequestContext } from "../../kernel/context.ts";
import { fail } from "../../kernel/errors.ts";
import { signedIn } from "../../kernel/ownership.ts";
import { maxPage, type Paging } from "../../kernel/pagination.ts";
import { showChange, type Change } from "../../kernel/change-types.ts";
import type { Connection } from "../../kernel/shared-types.ts";

/** The viewer's changes, newest first. A cursor is the id of a change, sealed. */
export async function changesOfViewer(
  context: RequestContext,
  { first, after }: Paging,
): Promise<Connection<Change>> {
  const { accountId } = signedIn(context);
  const [before] = after === null ? [null] : (context.ids.open("ChangeCursor", after) ?? []);
  if (before === undefined || !Number.isInteger(first) || first < 1 || first > maxPage) {
    throw fail(context, "INVALID_INPUT");
  }
  const { store, landlord, ids } = context;
  const found = await store.changes.ofAccount(landlord.id, accountId, { limit: first + 1, before });
  const edges = found.slice(0, first).map((kept) => ({
    node: showChange(context, kept),
    cursor: ids.seal("ChangeCursor", kept.id),
  }));
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
  };
}

/** One change of the viewer's; NOT_FOUND for what does not exist or is somebody else's. */
export async function ownChange(context: RequestContext, id: string): Promise<Change> {
  const { accountId } = signedIn(context);
  const [key] = context.ids.open("Change", id) ?? [];
  const { store, landlord } = context;
  const kept = key === undefined ? null : await store.changes.byId(landlord.id, accountId, key);
  if (!kept) throw fail(context, "NOT_FOUND");
  return showChange(context, kept);
}
