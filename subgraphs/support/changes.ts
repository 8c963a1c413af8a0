import { open, type ChangeStatus } from "../../store/change-row.ts";
import type { ChangeEvent } from "../../store/change-events.ts";
import type { SupportedChange } from "../../store/change-support.ts";
import { showChange } from "../kernel/change-types.ts";
import type { RequestContext } from "../kernel/context.ts";
import { fail } from "../kernel/errors.ts";
import { keptList } from "../kernel/kept-list.ts";
import type { Paging } from "../kernel/pagination.ts";
import type { Connection } from "../kernel/shared-types.ts";
import type { Support, SupportChange, SupportChangeEvent } from "./types.ts";

/** Whatever has not ended, unless it is asked for. */
const waiting: readonly ChangeStatus[] = [...open, "NEEDS_ATTENTION"];

interface Asked {
  readonly status: ChangeStatus | null;
  readonly olderThan: Date | null;
}

export async function showSupport(context: RequestContext): Promise<Support> {
  const { store, landlord } = context;
  const { needAttention } = await store.figures.changes(landlord.id, overdueSince(context));
  return { changesNeedingAttention: needAttention };
}

/** Of all the landlord's accounts, the oldest first. */
export function changesOfLandlord(
  context: RequestContext,
  { status, olderThan }: Asked,
  paging: Paging,
): Promise<Connection<SupportChange>> {
  const { store, landlord } = context;
  const search = { statuses: status ? [status] : waiting, submittedBefore: olderThan };
  return keptList(context, paging, {
    cursorKind: "SupportChangeCursor",
    list: async ({ limit, before: after }) => {
      const found = await store.changes.search(landlord.id, { ...search, limit, after });
      return found.map((supported) => ({ ...supported, id: supported.change.id }));
    },
    show: (supported) => showSupported(context, supported),
  });
}

/** As typed by somebody who reads it off a screen; null for what is no receipt. */
export const readReceipt = (typed: string): string | null =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.exec(typed.trim().toLowerCase())?.[0] ?? null;

export async function changeOfLandlord(
  context: RequestContext,
  typed: string,
): Promise<SupportChange> {
  const receipt = readReceipt(typed);
  const { store, landlord } = context;
  const found = receipt && (await store.changes.ofAnybody(landlord.id, receipt));
  if (!found) throw fail(context, "NOT_FOUND");
  return showSupported(context, found);
}

/** Those that are open and were submitted before have taken too long. */
export function overdueSince({ landlord, now }: RequestContext): Date {
  return new Date(now().getTime() - landlord.changes.attentionAfterHours * 3_600_000);
}

export function showSupported(
  context: RequestContext,
  { change, firstInLane }: SupportedChange,
): SupportChange {
  const { receipt, kind, status, submittedAt, effectiveBy, reason } = showChange(context, change);
  const { contractKey, endedAt, attempts, lastError, unconfirmedSince } = change;
  return {
    receipt,
    kind,
    status,
    submittedAt,
    effectiveBy,
    endedAt: endedAt?.toISOString() ?? null,
    rejection: reason,
    contractId: contractKey === null ? null : context.ids.seal("Contract", contractKey),
    attempts,
    lastErrorCode: lastError,
    unconfirmedSince: unconfirmedSince?.toISOString() ?? null,
    oldestInLane: firstInLane,
    overdue: endedAt === null && change.submittedAt < overdueSince(context),
  };
}

/** The first step first. `receipt` is of a change of this landlord's. */
export async function historyOf(
  context: RequestContext,
  receipt: string,
): Promise<SupportChangeEvent[]> {
  const events = await context.store.changes.history(receipt);
  return Promise.all(events.map((event) => showEvent(context, event)));
}

async function showEvent(
  { store, landlord }: RequestContext,
  { at, lastAt, times, from, to, error, attempt, byHand }: ChangeEvent,
): Promise<SupportChangeEvent> {
  const actor = byHand && (await store.accounts.byId(landlord.id, byHand.accountId));
  return {
    at: at.toISOString(),
    lastAt: lastAt.toISOString(),
    times,
    from,
    to,
    errorCode: error,
    attempt,
    settledBy: actor?.email ?? null,
    reason: byHand?.reason ?? null,
  };
}
