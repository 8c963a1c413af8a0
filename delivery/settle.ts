import type { ClaimedChange, Settlement } from "../store/change-queue.ts";
import type { Store } from "../store/store.ts";
import type { KeptChange } from "../store/change-row.ts";
import { post } from "../subgraphs/kernel/post.ts";
import { followApplied } from "./applied.ts";
import type { Delivery } from "./deliver.ts";
import { changeRejected } from "./mails.ts";

/**
 * Notes how a delivery ended, with what follows from it, in one transaction: a mail to whoever
 * asked where the ERP refused, what is to be followed where it applied, and the files let go of at the
 * end. Nothing of it when somebody else
 * holds the change by now.
 */
export async function settleAndTell(
  delivery: Delivery,
  claimed: ClaimedChange,
  settlement: Settlement,
): Promise<void> {
  const { store, log, landlord } = delivery;
  const { change } = claimed;
  const released = await store.transaction(async (bound) => {
    if (!(await bound.changes.settle(claimed, settlement))) return 0;
    if (settlement.status === "APPLIED") {
      await followApplied(delivery, bound, claimed, settlement.reference);
    }
    if (settlement.status === "REJECTED") await tellRejected(delivery, bound, change, settlement);
    const ended = settlement.status === "APPLIED" || settlement.status === "REJECTED";
    return ended ? bound.uploads.release(landlord.id, change.id) : 0;
  });
  if (released > 0) delivery.filesReleased();
  const { id, kind } = change;
  const error = "error" in settlement ? settlement.error : undefined;
  const level = settlement.status === "NEEDS_ATTENTION" ? "error" : error ? "warn" : "info";
  const details = { landlord: landlord.id, change: id, kind, status: settlement.status, error };
  log(level, "a change was taken to the ERP", details);
}

async function tellRejected(
  { landlord }: Delivery,
  store: Store,
  { accountId, kind }: KeptChange,
  { reason }: { readonly reason: string },
): Promise<void> {
  const account = await store.accounts.byId(landlord.id, accountId);
  if (!account) return;
  await post(
    store,
    landlord,
    account.email,
    changeRejected(landlord, account.language, { kind, reason }),
  );
}
