import { PortError } from "../ports/errors.ts";
import type { Call } from "../ports/port.ts";

/**
 * Runs `job` under the caller's signal and a deadline of its own. Answers as soon as either fires,
 * even when the adapter does not listen to its signal. Throws nothing but PortError. What `goesOn`
 * after the answer, such as a body that is still to be read, ends with the caller.
 */
export async function withDeadline<T>(
  call: Call,
  deadlineMs: number,
  place: string,
  job: (call: Call) => Promise<T>,
  goesOn = false,
): Promise<T> {
  // By hand: a signal that is made of others costs as much as all the rest of the guard.
  const own = new AbortController();
  let giveUp = () => {};
  const late = new Promise<never>((_resolve, reject) => {
    giveUp = () => {
      reject(new PortError("TIMEOUT", `${place}: no answer within the deadline`));
      own.abort(call.signal.reason);
    };
  });
  if (call.signal.aborted) giveUp();
  else call.signal.addEventListener("abort", giveUp, { once: true });
  const timer = setTimeout(giveUp, deadlineMs);
  try {
    const work = job({ ...call, signal: own.signal });
    work.catch(() => {}); // When the deadline wins, what the adapter says later is nobody's error.
    return await Promise.race([work, late]);
  } catch (error) {
    if (error instanceof PortError) throw error;
    if (own.signal.aborted)
      throw new PortError("TIMEOUT", `${place}: no answer within the deadline`, { cause: error });
    throw new PortError("INTERNAL", `${place}: the adapter threw something that is no PortError`, {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
    if (!goesOn) call.signal.removeEventListener("abort", giveUp);
  }
}
