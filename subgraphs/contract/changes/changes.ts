import type { RequestContext } from "../../kernel/context.ts";
import { fail } from "../../kernel/errors.ts";
import { keptList } from "../../kernel/kept-list.ts";
import { signedIn } from "../../kernel/ownership.ts";
import type { Paging } from "../../kernel/pagination.ts";
import { showChange, type Change } from "../../kernel/change-types.ts";
import type { Connection } from "../../kernel/shared-types.ts";

/** The viewer's changes, newest first. */
export async function changesOfViewer(
  context: RequestContext,
  paging: Paging,
): Promise<Connection<Change>> {
  const { accountId } = signedIn(context);
  const { store, landlord } = context;
  return keptList(context, paging, {
    cursorKind: "ChangeCursor",
    list: (page) => store.changes.ofAccount(landlord.id, accountId, page),
    show: (kept) => showChange(context, kept),
  });
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
