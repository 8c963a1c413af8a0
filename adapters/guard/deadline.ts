import { PortError } from "../ports/errors.ts";
import type { Call } from "../ports/port.ts";

/**
 * Runs `job` under the caller's signal and a deadline of its own. Answers as soon as either fires,
 * even when the adapter does not listen to its signal. Throws nothing but PortError.
 */
export async function withDeadline<T>(
  call: Call,
  deadlineMs: number,
  place: string,
  job: (call: Call) => Promise<T>,
): Promise<T> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), deadlineMs);
  const signal = AbortSignal.any([call.signal, deadline.signal]);
  let onAbort = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(new PortError("TIMEOUT", `${place}: no answer within the deadline`));
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    const work = job({ ...call, signal });
    work.catch(() => {}); // When the deadline wins, what the adapter says later is nobody's error.
    return await Promise.race([work, aborted]);
  } catch (error) {
    if (error instanceof PortError) throw error;
    if (signal.aborted)
      throw new PortError("TIMEOUT", `${place}: no answer within the deadline`, { cause: error });
    throw new PortError("INTERNAL", `${place}: the adapter threw something that is no PortError`, {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}
