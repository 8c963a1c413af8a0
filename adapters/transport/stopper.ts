/** Why and when an exchange is stopped by us. */
import type { Stop } from "./failure.ts";

/** In milliseconds. */
export interface Pace {
  /** Until the status and headers of the answer have come. */
  readonly headMs: number;
  /** How long the ERP may be silent while the next bytes are wanted. */
  readonly silentMs: number;
  /** How long nobody may want the next bytes: a slow reader is not the ERP's fault. */
  readonly unreadMs: number;
  /** For the whole exchange, whatever comes and is read. */
  readonly wholeMs: number;
}

/** One signal for all reasons to stop, which remembers the first. */
export interface Stopper {
  readonly signal: AbortSignal;
  stop(): Stop | null;
  /** The head has come: from now on, somebody should read. */
  answering(): void;
  /** The next bytes are wanted. */
  wanting(): void;
  /** They came, and are with whoever reads. */
  given(): void;
  /** Nothing more is to be stopped. */
  done(): void;
}

export function createStopper(caller: AbortSignal, closing: AbortSignal, pace: Pace): Stopper {
  const controller = new AbortController();
  let first: Stop | null = null;
  let ended = false;
  const stopWith = (reason: Stop) => () => {
    first ??= reason;
    controller.abort();
  };
  const onCaller = stopWith("caller");
  const onClosing = stopWith("closed");
  const whole = setTimeout(stopWith("deadline"), pace.wholeMs);
  let phase = setTimeout(stopWith("deadline"), pace.headMs);
  const enter = (reason: Stop, ms: number) => {
    clearTimeout(phase);
    if (!ended) phase = setTimeout(stopWith(reason), ms);
  };
  caller.addEventListener("abort", onCaller);
  closing.addEventListener("abort", onClosing);
  if (caller.aborted) onCaller();
  if (closing.aborted) onClosing();
  return {
    signal: controller.signal,
    stop: () => first,
    answering: () => enter("unread", pace.unreadMs),
    wanting: () => enter("silent", pace.silentMs),
    given: () => enter("unread", pace.unreadMs),
    done() {
      ended = true;
      clearTimeout(phase);
      clearTimeout(whole);
      caller.removeEventListener("abort", onCaller);
      closing.removeEventListener("abort", onClosing);
    },
  };
}
