import type { ErrorCode } from "../ports/errors.ts";
import type { Call } from "../ports/port.ts";
import type { BreakerSettings, BreakerState } from "./breaker.ts";
import type { Cache } from "./cache.ts";

/** A method of a port, whatever it takes and gives. */
export type Ask = (key: unknown, call: Call) => Promise<unknown>;

/** `place` is the port and its method. Calls that the guard turned away did not reach the ERP, and are not told. */
export type OnCall = (place: string, outcome: ErrorCode | "OK", ms: number) => void;

/** How the guard keeps from asking an ERP that cannot answer. */
export interface Restraint {
  readonly breaker: BreakerSettings;
  /** Until when reads are refused, for the night; null: they are not. */
  closedUntil(): Date | null;
}

export interface GuardOptions {
  readonly landlord: string;
  /** How long one call may take, waiting for a place included. */
  readonly deadlineMs: number;
  log(level: "warn" | "error", message: string, details: Record<string, unknown>): void;
  /** Hears of each call. */
  onCall?: OnCall | undefined;
  /** Hears of answers that hold what is somebody else's. */
  onForeign?: ((place: string) => void) | undefined;
  /** Hears of the ERP's own breaker. */
  onBreaker?: ((state: BreakerState) => void) | undefined;
  /** Absent: each call goes to the ERP, once, however it fares. */
  readonly restraint?: Restraint | undefined;
  /** Absent: nothing is kept, and equal reads are not joined. */
  readonly cache?: Cache | undefined;
}
