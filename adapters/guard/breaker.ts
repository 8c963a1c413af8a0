/**
 * Leaves an ERP alone that fails, for its sake and for those who would wait in vain. There is one
 * breaker for each method, so that one broken operation is not asked in vain, and one for the ERP,
 * which opens when several methods fail. What we sent wrong, and callers who left, do not count; of
 * what may lie in one person's record, see `blame.ts`.
 */
import {
  CircuitState,
  DelegateBackoff,
  SamplingBreaker,
  circuitBreaker,
  handleWhen,
  isBrokenCircuitError,
  type CircuitBreakerPolicy,
  type IBreaker,
  type IHalfOpenAfterBackoffContext,
} from "cockatiel";
import { PortError, type ErrorCode } from "../ports/errors.ts";
import type { Call } from "../ports/port.ts";
import { createBlame } from "./blame.ts";

export interface BreakerSettings {
  /** Calls that must have been made within the window before their failures count; or fail in a row. */
  readonly leastCalls: number;
  /** More than this share of them failed: it opens. Between 0 and 1. */
  readonly failureRatio: number;
  readonly windowMs: number;
  /** How long it stays open at first: twice as long after each probe that failed. */
  readonly pauseMs: number;
  readonly longestPauseMs: number;
  /** How long where the ERP refuses our credentials: asking again might lock them. */
  readonly credentialsPauseMs: number;
}

/** HALF_OPEN: the next call is the one that tries. */
export type BreakerState = "CLOSED" | "OPEN" | "HALF_OPEN";

export interface Breaker {
  /** Runs `job`, or throws UNAVAILABLE at once. `place` is the port and its method, `key` what it asks. */
  run<T>(place: string, key: unknown, call: Call, job: () => Promise<T>): Promise<T>;
  /** Until when nothing goes to the ERP at all, or by this method; null: it does. */
  openUntil(place?: string): Date | null;
  /** Whether the ERP, or this method, is being tried with one call: no time for a second try. */
  isProbing(place: string): boolean;
  /** Whether both the ERP and this method are asked as ever: the next call tries nothing. */
  isClosed(place: string): boolean;
}

interface BreakerOptions {
  readonly landlord: string;
  readonly deadlineMs: number;
  log(level: "warn" | "error", message: string, details: Record<string, unknown>): void;
  onState?: ((state: BreakerState) => void) | undefined;
}

/** What a call tells about the ERP. */
type Verdict = "UP" | "DOWN" | "NOTHING";

export function createBreaker(settings: BreakerSettings, options: BreakerOptions): Breaker {
  const { landlord, deadlineMs } = options;
  const failing = createFailing(settings.windowMs);
  const blame = createBlame();
  let refused = false;
  const whole = createCircuit(settings, {
    isFailure: (error) => blame.countsFor("whole", error),
    opens: (tooMany) => refused || (tooMany && failing.several()),
    onState: (state) => {
      refused = false;
      if (state === "CLOSED") failing.clear();
      options.onState?.(state);
    },
    tell: (state) => tell(options, "error", `the ERP's breaker is now ${state}`, { state }),
  });
  const createOwn = (port: string) =>
    createCircuit(settings, {
      isFailure: (error) => blame.countsFor("own", error),
      opens: (tooMany) => tooMany,
      tell: (state) => tell(options, "warn", `a method's breaker is now ${state}`, { port, state }),
    });
  const byPlace = new Map<string, Circuit>();
  const circuitOf = (place: string): Circuit => {
    const circuit = byPlace.get(place) ?? createOwn(place);
    byPlace.set(place, circuit);
    return circuit;
  };

  const note = (place: string, key: unknown, call: Call, thrown: PortError) => {
    const { answered, reason } = behind(thrown);
    blame.failed(thrown, answered ? { place, key, call } : null);
    if (blame.countsFor("own", thrown)) failing.note(place);
    refused ||= reason === "CREDENTIALS";
  };
  options.onState?.("CLOSED");
  return {
    run: async (place, key, call, job) => {
      const own = circuitOf(place);
      // Looked at before either is entered: a probe of the one may not be lost to the other.
      const until = whole.openUntil() ?? own.openUntil();
      if (until) throw refusal(landlord, place, until);
      const judged = () => judge(job, call, deadlineMs, (error) => note(place, key, call, error));
      try {
        const settled = await whole.run(() => own.run(judged));
        blame.worked({ place, key, call });
        if ("refusal" in settled) throw settled.refusal;
        return settled.value;
      } catch (error) {
        if (!isBrokenCircuitError(error)) throw error;
        throw refusal(landlord, place, new Date(Date.now() + settings.pauseMs));
      }
    },
    openUntil: (place) =>
      whole.openUntil() ?? (place === undefined ? null : circuitOf(place).openUntil()),
    isProbing: (place) => whole.isProbing() || circuitOf(place).isProbing(),
    isClosed: (place) => whole.isClosed() && circuitOf(place).isClosed(),
  };
}

/** Which methods failed within the window. */
function createFailing(windowMs: number) {
  const failedAt = new Map<string, number>();
  return {
    note: (place: string) => failedAt.set(place, Date.now()),
    clear: () => failedAt.clear(),
    several: () => {
      const since = Date.now() - windowMs;
      return [...failedAt.values()].filter((at) => at >= since).length > 1;
    },
  };
}

function tell(
  { landlord, log }: BreakerOptions,
  level: "warn" | "error",
  message: string,
  details: Record<string, unknown>,
): void {
  log(details["state"] === "OPEN" ? level : "warn", message, { landlord, ...details });
}

function refusal(landlord: string, place: string, retryAt: Date): PortError {
  return new PortError("UNAVAILABLE", `${landlord}: ${place} is not asked, it failed too often`, {
    notApplied: true,
    reason: "BROKEN",
    retryAt,
  });
}

/** An error by which the ERP said something sensible is as good as an answer. */
type Settled<T> = { readonly value: T } | { readonly refusal: unknown };

async function judge<T>(
  job: () => Promise<T>,
  call: Call,
  deadlineMs: number,
  onDown: (error: PortError) => void,
): Promise<Settled<T>> {
  const startedAt = performance.now();
  try {
    return { value: await job() };
  } catch (error) {
    const verdict = verdictOf(error, call, performance.now() - startedAt > deadlineMs / 2);
    if (verdict === "UP") return { refusal: error };
    if (verdict === "DOWN") onDown(error as PortError);
    throw error;
  }
}

const down = new Set<ErrorCode>(["TIMEOUT", "UNAVAILABLE", "BAD_RESPONSE"]);
const up = new Set<ErrorCode>(["INVALID_INPUT", "FORBIDDEN", "NOT_FOUND", "CONFLICT"]);

/** `long`: it had had half of its deadline at least. */
function verdictOf(thrown: unknown, { signal }: Call, long: boolean): Verdict {
  if (!(thrown instanceof PortError)) return "NOTHING";
  const error = behind(thrown);
  if (error.notAsked) return "NOTHING";
  // The caller left. Where it was the time for the whole request that ran out, the ERP is slow, if
  // this call had a fair part of it.
  if (signal.aborted && !(long && isTimeUp(signal))) return "NOTHING";
  return down.has(error.code) ? "DOWN" : up.has(error.code) ? "UP" : "NOTHING";
}

/** Of a write it is the failure behind it that tells. */
const behind = (thrown: PortError): PortError =>
  thrown.cause instanceof PortError ? thrown.cause : thrown;

const isTimeUp = ({ reason }: AbortSignal) =>
  reason instanceof DOMException && reason.name === "TimeoutError";

interface Circuit {
  run<T>(job: () => Promise<T>): Promise<T>;
  openUntil(): Date | null;
  isProbing(): boolean;
  isClosed(): boolean;
}

interface CircuitOptions {
  /** Whether what was thrown is a failure of the ERP. */
  isFailure(error: unknown): boolean;
  /** Whether to open now; `tooMany` of the calls within the window have failed. */
  opens(tooMany: boolean): boolean;
  onState?(state: BreakerState): void;
  /** Hears when it opens at first, and when it closes again. */
  tell(state: BreakerState): void;
}

function createCircuit(settings: BreakerSettings, options: CircuitOptions): Circuit {
  const { isFailure, opens, onState, tell } = options;
  const { windowMs, leastCalls, failureRatio, pauseMs, longestPauseMs } = settings;
  const minimumRps = ((leastCalls - 0.5) / windowMs) * 1000;
  const window = new SamplingBreaker({ threshold: failureRatio, duration: windowMs, minimumRps });
  // However well it went before: the share alone would take half of the window to tell.
  let inARow = 0;
  const breaker: IBreaker = {
    state: null,
    success: (state) => {
      inARow = 0;
      window.success(state);
    },
    failure: (state) => {
      inARow += 1;
      return opens(window.failure(state) || inARow >= leastCalls);
    },
  };
  let until = 0;
  const halfOpenAfter = new DelegateBackoff<IHalfOpenAfterBackoffContext>(({ attempt, result }) => {
    const refused = "error" in result && isRefusal(result.error);
    const growing = Math.min(longestPauseMs, pauseMs * 2 ** (attempt - 1));
    const pause = refused ? settings.credentialsPauseMs : growing;
    // A moment more than the library's own reckoning, which begins after this one.
    until = Date.now() + pause + 5;
    return pause;
  });
  // A probe that tells nothing leaves it open.
  const handled = handleWhen(
    (error) => isFailure(error) || circuit.state === CircuitState.HalfOpen,
  );
  const circuit = circuitBreaker(handled, { breaker, halfOpenAfter });
  circuit.onBreak(() => onState?.("OPEN"));
  circuit.onHalfOpen(() => onState?.("HALF_OPEN"));
  circuit.onReset(() => onState?.("CLOSED"));
  tellTurns(circuit, tell);
  return {
    run: (job) => circuit.execute(job),
    openUntil: () => {
      // The one probe is under way.
      if (circuit.state === CircuitState.HalfOpen) return new Date(Date.now() + 1_000);
      return circuit.state === CircuitState.Open && Date.now() < until ? new Date(until) : null;
    },
    isProbing: () => circuit.state === CircuitState.HalfOpen,
    isClosed: () => circuit.state === CircuitState.Closed,
  };
}

const isRefusal = (error: unknown): boolean =>
  error instanceof PortError &&
  (error.reason === "CREDENTIALS" || (error.cause !== error && isRefusal(error.cause)));

/** Not each probe that failed: an ERP may be away for hours. */
function tellTurns(circuit: CircuitBreakerPolicy, tell: (state: BreakerState) => void): void {
  let open = false;
  circuit.onBreak(() => {
    if (!open) tell("OPEN");
    open = true;
  });
  circuit.onReset(() => {
    open = false;
    tell("CLOSED");
  });
}
