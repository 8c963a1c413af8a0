/**
 * Asks an ERP again for what it said it applied: it may have been restored from a back-up, or have
 * said yes and done nothing. Sends nothing.
 */
import type { Changes, ChangePort, LookUp } from "../adapters/ports/changes.ts";
import { PortError } from "../adapters/ports/errors.ts";
import type { Ports } from "../adapters/ports/port.ts";
import type { AppliedChange } from "../store/change-review.ts";
import type { KeptChange } from "../store/change-row.ts";
import type { Store } from "../store/store.ts";
import { changeKinds } from "../subgraphs/kernel/change-kinds.ts";

/** THERE: the ERP still has it. LOST: it certainly has not. UNCLEAR: it cannot be told. */
export type Verdict = "THERE" | "LOST" | "UNCLEAR";

export interface Reviewed {
  readonly change: KeptChange;
  readonly verdict: Verdict;
  /** Why it cannot be told, or what the ERP says of a lost one; null where there is nothing to say. */
  readonly reason: string | null;
}

export interface Review {
  readonly store: Store;
  readonly landlord: string;
  readonly ports: Ports;
  readonly since: Date;
  readonly signal: AbortSignal;
}

const pageSize = 100;

/** Each change that was applied since then, in the order of submission, one question at a time. */
export async function* reviewApplied(review: Review): AsyncGenerator<Reviewed> {
  const { store, landlord, since, signal } = review;
  let after: string | null = null;
  for (;;) {
    const page: AppliedChange[] = await store.changes.appliedSince(landlord, since, {
      limit: pageSize,
      after,
    });
    for (const applied of page) {
      if (signal.aborted) return;
      yield { change: applied.change, ...(await judge(review, applied)) };
    }
    if (page.length < pageSize) return;
    after = page.at(-1)!.change.id;
  }
}

type Judged = Pick<Reviewed, "verdict" | "reason">;
const unclear = (reason: string): Judged => ({ verdict: "UNCLEAR", reason });

async function judge(review: Review, { change, payload, followed }: AppliedChange) {
  const port = portOf(review.ports, change.kind);
  if (!port) return unclear("the ERP takes no such change");
  if (payload === null) return unclear("what was asked is not kept any more");
  if (port.repeat === "COMPARE" && followed) return unclear("a later change wrote over it");
  try {
    return judged(await port.lookUp(submissionOf(change, payload), callOf(review, change)));
  } catch (error) {
    if (error instanceof PortError) return unclear(`the ERP could not be asked (${error.code})`);
    throw error;
  }
}

function judged(found: LookUp): Judged {
  switch (found.state) {
    case "APPLIED":
    case "PENDING":
      return { verdict: "THERE", reason: null };
    case "REJECTED":
      return { verdict: "LOST", reason: `the ERP says that it refused it (${found.reason})` };
    case "ABSENT":
      return { verdict: "LOST", reason: null };
    case "UNKNOWABLE":
      return unclear("the ERP cannot be asked for such a change");
  }
}

function portOf(ports: Ports, kind: string): Changes<unknown> | null {
  const token = changeKinds[kind as keyof typeof changeKinds] as ChangePort<unknown> | undefined;
  return token && ports.served.includes(token.name) ? ports.use(token) : null;
}

const submissionOf = (change: KeptChange, payload: string) => ({
  operationId: change.id,
  personKey: change.personKey,
  contractKey: change.contractKey,
  submittedAt: change.submittedAt.toISOString(),
  payload: JSON.parse(payload) as unknown,
  open: () => {
    throw new PortError("INTERNAL", "The files of an applied change are not kept.");
  },
});

const callOf = ({ signal }: Review, { id }: KeptChange) => ({ signal, requestId: `review-${id}` });
