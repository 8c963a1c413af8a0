import { PortError, type ErrorCode } from "../adapters/ports/errors.ts";
import type { ClaimedChange, Settlement } from "../store/change-queue.ts";
import { endChange } from "../subgraphs/kernel/change-end.ts";
import type { Delivery } from "./deliver.ts";

/** What the log says of each delivery: the last such line of a change tells where it stood. */
export const taken = "a change was taken to the ERP";

/**
 * Notes how a delivery ended, with what follows from it, in one transaction. Nothing of it when
 * somebody else holds the change by now.
 */
export async function settleAndTell(
  delivery: Delivery,
  claimed: ClaimedChange,
  settlement: Settlement,
): Promise<void> {
  const { store, log, landlord, now } = delivery;
  const { change, payload } = claimed;
  const released = await store.transaction(async (bound) => {
    if (!(await bound.changes.settle(claimed, settlement))) return null;
    if (settlement.status !== "APPLIED" && settlement.status !== "REJECTED") return 0;
    const ended = { change: { ...change, ...settlement }, payload, at: now() };
    return endChange(bound, landlord, ended);
  });
  const { id, kind } = change;
  if (released === null) {
    log("warn", "somebody else holds a change by now", { landlord: landlord.id, change: id, kind });
    return;
  }
  if (settlement.status === "APPLIED") forgetReads(delivery, change);
  if (released > 0) delivery.filesReleased();
  delivery.settled?.(settlement.status);
  const code = "error" in settlement ? settlement.error : undefined;
  const level = settlement.status === "NEEDS_ATTENTION" ? "error" : code ? "warn" : "info";
  const details = { landlord: landlord.id, change: id, kind, status: settlement.status, code };
  log(level, taken, details);
}

/** What was kept of them is as they were before the change. */
function forgetReads(
  { ports }: Delivery,
  { personKey, contractKey }: ClaimedChange["change"],
): void {
  ports.forget?.(contractKey === null ? [personKey] : [personKey, contractKey]);
}

export const codeOf = (error: unknown): ErrorCode =>
  error instanceof PortError ? error.code : "INTERNAL";
