/**
 * Takes one change to the ERP. Whatever may have been sent before is asked for first; it is sent
 * again only when the ERP certainly has nothing of it.
 */
import type {
  ChangePort,
  Changes,
  FileRef,
  Outcome,
  Submission,
} from "../adapters/ports/changes.ts";
import { PortError } from "../adapters/ports/errors.ts";
import type { Call, Ports } from "../adapters/ports/port.ts";
import type { ClaimedChange, Settlement } from "../store/change-queue.ts";
import type { ChangeStatus } from "../store/change-row.ts";
import type { Store } from "../store/store.ts";
import { changeKinds, isPaidAlready } from "../subgraphs/kernel/change-kinds.ts";
import type { Landlord } from "../subgraphs/kernel/landlord.ts";
import { isStillTheirs } from "./ownership.ts";
import { nextCheck, nextTry } from "./waits.ts";
import { stillUnconfirmed, unlessShown } from "./read-back.ts";
import { codeOf, settleAndTell } from "./settle.ts";

export interface Delivery {
  readonly store: Store;
  readonly landlord: Landlord;
  readonly ports: Ports;
  readonly now: () => Date;
  /** The bytes of a file that was uploaded. */
  openFile(uploadId: string): AsyncIterable<Uint8Array>;
  /** Called when files were let go of: they may be removed from the disk. */
  filesReleased(): void;
  /** Hears where each delivery left its change. */
  settled?(status: ChangeStatus): void;
  /** Gets neither payload nor anything else personal. */
  log(level: "info" | "warn" | "error", message: string, details: Record<string, unknown>): void;
}

/** OK: the ERP gave a clear answer. DOWN: it could not be reached, or did not answer. */
export type Reached = "OK" | "DOWN";

/** So often a change is sent again before somebody has to look at it. */
const mostAttempts = 10;

/** How long a change is held: room for three looks and a try, and for the ERP to be done with it. */
export const leaseMs = ({ erp }: Landlord): number => 4 * erp.deadlineMs + erp.settleMs + 5_000;

export async function deliver(delivery: Delivery, claimed: ClaimedChange): Promise<Reached> {
  const { change } = claimed;
  const port = portOf(delivery, change.kind);
  if (!port) {
    await settleAndTell(delivery, claimed, { status: "NEEDS_ATTENTION", error: "NOT_SUPPORTED" });
    return "OK";
  }
  const submission = submissionOf(delivery, claimed);
  const call = { signal: new AbortController().signal, requestId: `change-${change.id}` };
  if (claimed.maybeSent) {
    const found = await lookUp(delivery, claimed, port, submission, call);
    if (found !== "ABSENT") return found;
  }
  const refused = await unlessTheirs(delivery, claimed, call);
  if (refused) return refused;
  return send(delivery, claimed, port, submission, call);
}

function portOf({ ports }: Delivery, kind: string): Changes<unknown> | null {
  const token = changeKinds[kind as keyof typeof changeKinds] as ChangePort<unknown> | undefined;
  return token && ports.served.includes(token.name) ? ports.use(token) : null;
}

const submitting = (kind: string): string =>
  `${changeKinds[kind as keyof typeof changeKinds].name}.submit`;

function submissionOf(
  { openFile }: Delivery,
  { change, payload }: ClaimedChange,
): Submission<unknown> {
  return {
    operationId: change.id,
    personKey: change.personKey,
    contractKey: change.contractKey,
    submittedAt: change.submittedAt.toISOString(),
    payload: JSON.parse(payload) as unknown,
    open: (file: FileRef) => openFile(file.uploadId),
  };
}

async function lookUp(
  delivery: Delivery,
  claimed: ClaimedChange,
  port: Changes<unknown>,
  submission: Submission<unknown>,
  call: Call,
): Promise<Reached | "ABSENT"> {
  const { status, attempts, unconfirmedSince } = claimed.change;
  const settle = (settlement: Settlement) => settleAndTell(delivery, claimed, settlement);
  try {
    const found = await port.lookUp(submission, call);
    if (found.state === "UNKNOWABLE") {
      await settle({ status: "NEEDS_ATTENTION", error: "OUTCOME_UNKNOWN" });
    } else if (found.state !== "ABSENT") {
      await settle(settlementOf(delivery, claimed, found));
    } else if (unconfirmedSince !== null) {
      await settle(stillUnconfirmed(delivery, claimed, unconfirmedSince));
    } else if (attempts >= mostAttempts || (claimed.restored && port.repeat === "COMPARE")) {
      await settle({ status: "NEEDS_ATTENTION", error: "OUTCOME_UNKNOWN" });
    } else return "ABSENT";
    return "OK";
  } catch (error) {
    const nextAttemptAt = nextTry(delivery, claimed.change);
    const still = status === "SENT" ? "SENT" : "UNKNOWN";
    await settle({ status: still, error: codeOf(error), nextAttemptAt });
    return "DOWN";
  }
}

/** Null when it is theirs to change: then it is to be sent. */
async function unlessTheirs(
  delivery: Delivery,
  claimed: ClaimedChange,
  call: Call,
): Promise<Reached | null> {
  try {
    if (await isStillTheirs(delivery, claimed.change, call)) return null;
  } catch (error) {
    const status = claimed.maybeSent ? "UNKNOWN" : "ACCEPTED";
    const nextAttemptAt = nextTry(delivery, claimed.change);
    await settleAndTell(delivery, claimed, { status, error: codeOf(error), nextAttemptAt });
    return "DOWN";
  }
  await settleAndTell(delivery, claimed, { status: "REJECTED", reason: "NOT_POSSIBLE" });
  return "OK";
}

async function send(
  delivery: Delivery,
  claimed: ClaimedChange,
  port: Changes<unknown>,
  submission: Submission<unknown>,
  call: Call,
): Promise<Reached> {
  const { store, now, landlord } = delivery;
  const settle = (settlement: Settlement) => settleAndTell(delivery, claimed, settlement);
  // Too late for the ERP to be done with it under this lease: left to the next delivery, which looks
  // first where it may have been sent. The store may have been slow, too.
  const { deadlineMs, settleMs } = landlord.erp;
  const pausedUntil = delivery.ports.pausedUntil?.(submitting(claimed.change.kind));
  if (pausedUntil) {
    // It would be turned away: that is no attempt.
    const nextAttemptAt = new Date(Math.max(pausedUntil.getTime(), now().getTime() + 1_000));
    const status = claimed.maybeSent ? "UNKNOWN" : "ACCEPTED";
    await settle({ status, error: "UNAVAILABLE", nextAttemptAt });
    return "DOWN";
  }
  const inTime = () => claimed.leaseEndsAt.getTime() - now().getTime() > deadlineMs + settleMs;
  if (!inTime() || !(await store.changes.sending(claimed)) || !inTime()) return "OK";
  try {
    const said = await port.submit(submission, call);
    const unshown = await unlessShown(delivery, said, port, submission, call);
    await settle(unshown ?? settlementOf(delivery, claimed, said));
    return "OK";
  } catch (error) {
    const code = codeOf(error);
    if (error instanceof PortError && error.notApplied) {
      const nextAttemptAt = nextTry(delivery, claimed.change);
      await settle({ status: "ACCEPTED", error: code, nextAttemptAt });
    } else if (port.repeat === "NONE") {
      await settle({ status: "NEEDS_ATTENTION", error: code });
    } else {
      const nextAttemptAt = new Date(now().getTime() + landlord.erp.settleMs);
      await settle({ status: "UNKNOWN", error: code, nextAttemptAt });
    }
    return "DOWN";
  }
}

function settlementOf(delivery: Delivery, { change }: ClaimedChange, outcome: Outcome): Settlement {
  switch (outcome.state) {
    case "APPLIED": {
      const said = change.unconfirmedSince === null ? null : change.reference;
      return { status: "APPLIED", reference: outcome.reference ?? said };
    }
    case "REJECTED":
      return isPaidAlready(change.kind)
        ? { status: "NEEDS_ATTENTION", error: "CONFLICT" }
        : { status: "REJECTED", reason: outcome.reason };
    case "PENDING": {
      const effectiveBy = outcome.effectiveBy === null ? null : new Date(outcome.effectiveBy);
      const nextAttemptAt = nextCheck(delivery, change);
      return { status: "SENT", reference: outcome.reference, effectiveBy, nextAttemptAt };
    }
  }
}
