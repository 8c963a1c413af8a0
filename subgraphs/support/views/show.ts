import type { KeptSupportAct } from "../../../store/support-acts.ts";
import type { SupportView as KeptView } from "../../../store/support-views.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { fail } from "../../kernel/errors.ts";
import { keptList } from "../../kernel/kept-list.ts";
import { signedIn } from "../../kernel/ownership.ts";
import type { Paging } from "../../kernel/pagination.ts";
import type { Connection } from "../../kernel/shared-types.ts";
import type { SupportAct, SupportView } from "./types.ts";

/** Those of everything that is written down; other words of the store are none. */
export const actKinds = {
  SETTLE_CHANGE: "SETTLE_CHANGE",
  BEGIN_SUPPORT_VIEW: "BEGIN_SUPPORT_VIEW",
  END_SUPPORT_VIEW: "END_SUPPORT_VIEW",
  VIEW_QUERY: "VIEW_QUERY",
  VIEW_DOWNLOAD: "VIEW_DOWNLOAD",
  VIEW_REFUSED: "VIEW_REFUSED",
  SEND_DATA_EXPORT: "SEND_DATA_EXPORT",
  ERASE_ACCOUNT: "ERASE_ACCOUNT",
} as const;

export function showView({ ids }: Pick<RequestContext, "ids">, view: KeptView): SupportView {
  return {
    id: ids.seal("SupportView", view.id),
    staff: view.staffEmail,
    reason: view.reason,
    beganAt: view.beganAt.toISOString(),
    endsAt: (view.endedAt ?? view.expiresAt).toISOString(),
    ended: view.endedAt !== null,
  };
}

/** Who looks just now; null for the account's owner. */
export function viewUnderWay(context: RequestContext): SupportView | null {
  const { support } = signedIn(context);
  return support ? showView(context, support) : null;
}

/** Of the viewer's own space, the newest first. */
export function viewsOfViewer(
  context: RequestContext,
  paging: Paging,
): Promise<Connection<SupportView>> {
  const { store, landlord } = context;
  const { accountId } = signedIn(context);
  return keptList(context, paging, {
    cursorKind: "SupportViewCursor",
    list: (page) => store.supportViews.ofAccount(landlord.id, accountId, page),
    show: (view) => showView(context, view),
  });
}

/** Of all the landlord's people, the newest first. NOT_FOUND for an id that is no view's. */
export function actsOfLandlord(
  context: RequestContext,
  paging: Paging,
  supportViewId: string | null,
): Promise<Connection<SupportAct>> {
  const { store, landlord, ids } = context;
  const [viewId] = supportViewId === null ? [null] : (ids.open("SupportView", supportViewId) ?? []);
  if (viewId === undefined) throw fail(context, "NOT_FOUND");
  return keptList(context, paging, {
    cursorKind: "SupportActCursor",
    list: (page) => store.supportActs.ofLandlord(landlord.id, { ...page, viewId }),
    show: (act) => showAct(context, act),
  });
}

function showAct({ ids }: RequestContext, kept: KeptSupportAct): SupportAct {
  const [kind = "", decision] = kept.act.split(":");
  const { view, reason } = kept;
  return {
    kind,
    at: kept.at.toISOString(),
    staff: kept.actorEmail,
    reason: reason === "" ? null : reason,
    receipt: kind === actKinds.SETTLE_CHANGE ? kept.subject : null,
    decision: decision ?? null,
    account: kept.subjectEmail,
    supportViewId: view ? ids.seal("SupportView", view.id) : null,
    operationName: view?.operation ?? null,
    operationHash: view?.hash ?? null,
  };
}
