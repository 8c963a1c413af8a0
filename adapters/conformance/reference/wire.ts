/** The exchange between the reference adapter and its ERP, which stands in the same memory. */
import { setTimeout as wait } from "node:timers/promises";
import type { Io } from "../../ports/adapter.ts";
import { PortError, type ErrorCode } from "../../ports/errors.ts";
import type { Call } from "../../ports/port.ts";
import type { FaultKind, Lever } from "../lever.ts";

/** What the wire may be told to do wrong. */
export interface WireMistakes {
  /** Answers this fault with a code that it has not. */
  readonly misnames?: FaultKind;
  /** Says of a refused connection that nobody knows. */
  readonly unsure?: boolean;
  readonly staysBroken?: boolean;
  /** Throws what is no PortError. */
  readonly plain?: boolean;
  /** Puts this into its messages. */
  readonly tells?: "secret" | "keys";
  readonly unlimited?: boolean;
  /** Takes an ERP that is silent for one that is closed. */
  readonly impatient?: boolean;
  /** Hears no signal. */
  readonly deaf?: boolean;
  /** Never gives back the place of a call that failed. */
  readonly keepsPlaces?: boolean;
  /** Makes a call for each key, all at once, past the limit. */
  readonly splits?: boolean;
  /** Makes a call for each key, and one more. */
  readonly wasteful?: boolean;
}

export const secret = "reference-s3cret";

export interface Asked {
  readonly operation: string;
  readonly keys: readonly unknown[];
}

export interface Wire {
  exchange<T>(io: Io, call: Call, asked: Asked, job: () => T): Promise<T>;
  /** Changes that were applied, by port. */
  readonly applied: Map<string, number>;
  readonly lever: Lever;
}

interface State {
  fault: FaultKind | null;
  aimedAt: string | null;
  operations: string[];
  atOnce: number;
  mostAtOnce: number;
  broken: boolean;
}

const codes: Partial<Record<FaultKind, ErrorCode>> = {
  "cut-before": "UNAVAILABLE",
  "cut-after": "UNAVAILABLE",
  "html-202": "UNAVAILABLE",
  fault: "UNAVAILABLE",
  closed: "UNAVAILABLE",
  refuse: "UNAVAILABLE",
};
const silent = new Set<FaultKind>(["hang", "drip"]);
const slowMs = 20;

export function createWire(mistakes: WireMistakes, night: () => void): Wire {
  const state: State = {
    fault: null,
    aimedAt: null,
    operations: [],
    atOnce: 0,
    mostAtOnce: 0,
    broken: false,
  };
  const applied = new Map<string, number>();
  const exchange: Wire["exchange"] = async (io, call, asked, job) => {
    const run = () => atErp(state, mistakes, call, asked, job);
    if (mistakes.wasteful) for (const _key of asked.keys) await run();
    if (mistakes.splits) void Promise.all(asked.keys.map(run)).catch(() => {});
    if (mistakes.unlimited) return run();
    return io.limit(call.signal, () =>
      run().catch((error: unknown) => {
        if (!mistakes.keepsPlaces) throw error;
        return new Promise<never>(() => {});
      }),
    );
  };
  return { exchange, applied, lever: leverOn(state, applied, night) };
}

async function atErp<T>(
  state: State,
  mistakes: WireMistakes,
  call: Call,
  asked: Asked,
  job: () => T,
): Promise<T> {
  const { operation } = asked;
  const fault = takeFault(state, operation);
  state.operations.push(operation);
  state.atOnce += 1;
  state.mostAtOnce = Math.max(state.mostAtOnce, state.atOnce);
  try {
    // Others come in between, as over a network.
    await wait(fault === "slow" ? slowMs : 0);
    if (!mistakes.deaf) call.signal.throwIfAborted();
    if (fault && silent.has(fault)) await silence(call.signal, mistakes);
    if (fault === null || fault === "slow") return job();
    if (fault === "cut-after") job();
    state.broken = mistakes.staysBroken ?? false;
    throw errorOf(fault, mistakes, asked);
  } catch (error) {
    if (!call.signal.aborted || error instanceof PortError) throw error;
    throw new PortError("TIMEOUT", `${operation}: given up`);
  } finally {
    state.atOnce -= 1;
  }
}

function takeFault(state: State, operation: string): FaultKind | null {
  if (state.broken) return "fault";
  const { fault, aimedAt } = state;
  if (aimedAt === null) return fault;
  if (aimedAt !== operation) return null;
  state.fault = null;
  state.aimedAt = null;
  return fault;
}

/** Until the caller gives up. */
async function silence(signal: AbortSignal, { deaf, impatient }: WireMistakes): Promise<void> {
  if (impatient) throw new PortError("UNAVAILABLE", "no answer yet");
  await new Promise<void>((resolve) => {
    if (!deaf) signal.addEventListener("abort", () => resolve(), { once: true });
  });
  signal.throwIfAborted();
}

function errorOf(fault: FaultKind, mistakes: WireMistakes, { operation, keys }: Asked): Error {
  if (mistakes.plain) return new TypeError("not a function");
  const told = { secret, keys: JSON.stringify(keys) };
  const extra = mistakes.tells ? told[mistakes.tells] : "";
  const code = mistakes.misnames === fault ? "INTERNAL" : (codes[fault] ?? "BAD_RESPONSE");
  const notApplied = fault === "refuse" && !mistakes.unsure;
  return new PortError(code, `${operation}: ${fault} ${extra}`, { notApplied });
}

function leverOn(state: State, applied: Map<string, number>, night: () => void): Lever {
  return {
    misbehave: async (fault, operation) => {
      state.fault = fault;
      state.aimedAt = operation ?? null;
    },
    behave: async () => {
      state.fault = null;
      state.aimedAt = null;
    },
    calls: async () => ({
      operations: [...state.operations],
      atOnce: state.atOnce,
      mostAtOnce: state.mostAtOnce,
    }),
    forgetCalls: async () => {
      state.operations = [];
      state.mostAtOnce = state.atOnce;
    },
    applied: async (port) => applied.get(port) ?? 0,
    settle: async () => night(),
  };
}
