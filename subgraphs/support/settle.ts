import type { Decision, SupportedChange } from "../../store/change-support.ts";
import { endChange } from "../kernel/change-end.ts";
import type { RequestContext, Viewer } from "../kernel/context.ts";
import { textFaults } from "../kernel/text-input.ts";
import type { Fault } from "../kernel/user-errors.ts";
import { overdueSince, readReceipt } from "./changes.ts";
import type { settleMessages } from "./messages.ts";

type SettleFault = Fault<keyof typeof settleMessages>;

interface Typed {
  readonly receipt: string;
  readonly decision: Decision;
  readonly reason: string;
}

const reasonLabel = { fr: "Motif", en: "Reason" };

/**
 * Decides what becomes of a change that does not end by itself, with what follows from that, and who
 * and why, all in one transaction. The lane of the change goes on from there.
 */
export async function settleChange(
  context: RequestContext,
  viewer: Viewer,
  { receipt: typed, decision, reason: typedReason }: Typed,
): Promise<SupportedChange | { readonly faults: readonly SettleFault[] }> {
  const reasonFaults = textFaults(typedReason, ["reason"], reasonLabel, 500);
  if (reasonFaults.length > 0) return { faults: reasonFaults };
  const { store, landlord, now } = context;
  const receipt = readReceipt(typed);
  if (receipt === null || !(await store.changes.ofAnybody(landlord.id, receipt))) {
    return { faults: [{ code: "RECEIPT_UNKNOWN", field: ["receipt"] }] };
  }
  const reason = typedReason.trim();
  const settled = await store.transaction(async (bound) => {
    const byHand = await bound.changes.settleByHand(landlord.id, {
      id: receipt,
      decision,
      actor: { accountId: viewer.accountId, reason },
      overdueSince: overdueSince(context),
    });
    if (!byHand) return null;
    await bound.supportActs.note({
      landlord: landlord.id,
      actor: viewer.accountId,
      act: `SETTLE_CHANGE:${decision}`,
      subject: receipt,
      reason,
    });
    if (decision !== "SEND_AGAIN") await endChange(bound, landlord, { ...byHand, at: now() });
    const { personKey, contractKey } = byHand.change;
    context.ports.forget?.(contractKey === null ? [personKey] : [personKey, contractKey]);
    return bound.changes.ofAnybody(landlord.id, receipt);
  });
  return settled ?? { faults: [{ code: "NOT_TO_BE_SETTLED", field: ["decision"] }] };
}
