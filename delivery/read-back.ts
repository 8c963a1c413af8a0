/**
 * An ERP may say that a change is applied, and have done nothing. Where what stands there can be
 * compared with what was asked, nobody is told that it is done before the ERP shows it: it is asked
 * at once, and again for as long as the landlord's file allows; then a person must look. It is never
 * sent again by itself: what stands there may be what somebody else wrote since.
 */
import type { Changes, Outcome, Submission } from "../adapters/ports/changes.ts";
import type { ErrorCode } from "../adapters/ports/errors.ts";
import type { Call } from "../adapters/ports/port.ts";
import type { ClaimedChange, Settlement } from "../store/change-queue.ts";
import type { Delivery } from "./deliver.ts";
import { codeOf } from "./settle.ts";
import { nextLook } from "./waits.ts";

/** Null where the ERP shows what it said that it applied, or its word is enough. */
export async function unlessShown(
  delivery: Delivery,
  said: Outcome,
  port: Changes<unknown>,
  submission: Submission<unknown>,
  call: Call,
): Promise<Settlement | null> {
  const { readBackMinutes } = delivery.landlord.erp;
  if (said.state !== "APPLIED" || port.repeat !== "COMPARE" || readBackMinutes === 0) return null;
  const error = await whyNot(port, submission, call);
  if (error === null) return null;
  const { reference } = said;
  const unconfirmedSince = delivery.now();
  const nextAttemptAt = nextLook(delivery, unconfirmedSince);
  return { status: "UNKNOWN", error, nextAttemptAt, reference, unconfirmedSince };
}

async function whyNot(
  port: Changes<unknown>,
  submission: Submission<unknown>,
  call: Call,
): Promise<ErrorCode | null> {
  try {
    const { state } = await port.lookUp(submission, call);
    return state === "ABSENT" ? "OUTCOME_UNKNOWN" : null;
  } catch (error) {
    return codeOf(error);
  }
}

/** What becomes of one that was not confirmed before, after what the ERP shows now. */
export function stillUnconfirmed(
  delivery: Delivery,
  { change }: ClaimedChange,
  since: Date,
): Settlement {
  const { now, landlord, log } = delivery;
  const { id, kind, reference } = change;
  const minutes = landlord.erp.readBackMinutes;
  const error = "OUTCOME_UNKNOWN";
  if (now().getTime() - since.getTime() < minutes * 60_000) {
    const nextAttemptAt = nextLook(delivery, since);
    return { status: "UNKNOWN", error, nextAttemptAt, reference, unconfirmedSince: since };
  }
  log("error", "the ERP said that it applied a change, and does not show it: somebody must look", {
    landlord: landlord.id,
    change: id,
    kind,
    minutes,
  });
  return { status: "NEEDS_ATTENTION", error };
}
