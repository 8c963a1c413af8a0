import type { Call, Ports } from "../adapters/ports/port.ts";
import type { Store } from "../store/store.ts";
import type { Landlord } from "../subgraphs/kernel/landlord.ts";

/** What one landlord's notifications need. */
export interface Notifier {
  readonly store: Store;
  readonly landlord: Landlord;
  readonly ports: Ports;
  readonly now: () => Date;
  /** Gets nothing personal. */
  log(level: "info" | "warn" | "error", message: string, details: Record<string, unknown>): void;
}

/** Calls of nobody's: nobody can give them up either; the guard has its deadline. */
export const callFor = (what: string): Call => ({
  signal: new AbortController().signal,
  requestId: `notification-${what}`,
});

/** Longer than a look's calls may take: three, one after the other. */
export const lookMs = ({ landlord }: Notifier): number => 3 * landlord.erp.deadlineMs + 10_000;

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** Between three quarters and the whole of it, so that looks spread. */
export const about = (ms: number): number => Math.round(ms * (0.75 + Math.random() / 4));
