/** A second try of a read, where it costs a sick ERP little. */
import { setTimeout as wait } from "node:timers/promises";
import { PortError, type ErrorCode } from "../ports/errors.ts";
import type { Call } from "../ports/port.ts";

/** One call more for each ten: an ERP that fails never sees much more than it would see in health. */
const perCall = 0.1;
const mostSaved = 10;

const worthwhile = new Set<ErrorCode>(["UNAVAILABLE", "BAD_RESPONSE"]);

export interface RetryBudget {
  /** Notes a call. */
  earn(): void;
  /** Whether there is a second try to be had; it is used up then. */
  spend(): boolean;
}

export function createRetryBudget(): RetryBudget {
  let saved = 0;
  return {
    earn: () => {
      saved = Math.min(mostSaved, saved + perCall);
    },
    spend: () => {
      if (saved < 1) return false;
      saved -= 1;
      return true;
    },
  };
}

/**
 * Runs `job`, and once more when it failed at once, with what may pass, and the budget allows. All
 * of it under the signal of `call`, which has the deadline.
 */
export async function withRetry<T>(
  call: Call,
  deadlineMs: number,
  budget: RetryBudget,
  job: (call: Call) => Promise<T>,
): Promise<T> {
  const startedAt = performance.now();
  budget.earn();
  try {
    return await job(call);
  } catch (error) {
    const quick = performance.now() - startedAt < deadlineMs / 4;
    if (!quick || call.signal.aborted || !mayPass(error) || !budget.spend()) throw error;
    await wait(50 + Math.random() * 150, undefined, { signal: call.signal });
    return job(call);
  }
}

const mayPass = (error: unknown): boolean =>
  error instanceof PortError && worthwhile.has(error.code) && error.reason === null;
