import type { RequestContext } from "../../kernel/context.ts";
import { signedIn } from "../../kernel/ownership.ts";
import type { Fault } from "../../kernel/user-errors.ts";
import { asStaff } from "../staff.ts";
import type { endMessages } from "./messages.ts";

type EndFault = Fault<keyof typeof endMessages>;

/**
 * Ends the view that the token is of or, by whoever began it, the one with this id. Throws FORBIDDEN
 * for everybody but the landlord's people.
 */
export async function endView(
  context: RequestContext,
  typedId: string | null,
): Promise<{ readonly faults: readonly EndFault[] }> {
  const { store, landlord, ids } = context;
  const { support } = signedIn(context);
  const staffId = support?.staffId ?? (await asStaff(context)).accountId;
  const [named] = typedId === null ? [] : (ids.open("SupportView", typedId) ?? []);
  const id = typedId === null ? support?.id : named;
  const another = support && id !== support.id;
  const ended =
    id !== undefined &&
    !another &&
    (await store.transaction(async (bound) => {
      const accountId = await bound.supportViews.end(landlord.id, id, staffId);
      if (accountId === null) return false;
      await bound.supportActs.note({
        landlord: landlord.id,
        actor: staffId,
        act: "END_SUPPORT_VIEW",
        subject: accountId,
        reason: "",
        view: { id, operation: null, hash: null },
      });
      return true;
    }));
  return { faults: ended ? [] : [{ code: "VIEW_UNKNOWN", field: ["supportViewId"] }] };
}
