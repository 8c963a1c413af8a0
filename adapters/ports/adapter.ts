import type { z } from "zod";
import type { Served } from "./port.ts";

/** What the house gives to an adapter when it connects one landlord. */
export interface Io {
  /** The landlord's id, for logs. */
  readonly landlord: string;
  /**
   * Runs `job` when one of the landlord's places for calls to its ERP is free. Transports send each
   * exchange through it, so that an ERP that bears two calls at once never gets a third.
   * Rejects with UNAVAILABLE when too many wait already, and with TIMEOUT when `signal` fires
   * before a place came free. A place is held until the returned promise settles.
   */
  limit<T>(signal: AbortSignal, job: () => Promise<T>): Promise<T>;
  /** Technical log. Never pass secrets or personal data: redaction is a second line, not the first. */
  log(level: "debug" | "warn" | "error", message: string, details?: Record<string, unknown>): void;
  now(): Date;
}

/**
 * One ERP product. `settings` is the shape of `erp.settings` in a landlord's file; values that are
 * secret are given there as the name of an environment variable, and arrive here already resolved.
 *
 * `secrets` lists which of the settings are secret.
 */
export interface Adapter<S = unknown> {
  /** The product's name: the same as its folder under `adapters/erp/`. */
  readonly id: string;
  readonly settings: z.ZodType<S>;
  readonly secrets: readonly string[];
  connect(settings: S, io: Io): Promise<Connected> | Connected;
}

export interface Connected {
  readonly ports: readonly Served[];
  /** Closes sockets; resolves when nothing is left open. */
  close(): Promise<void>;
}

/** Keeps the type of the settings for `connect` while the list of adapters need not know it. */
export function defineAdapter<S>(adapter: Adapter<S>): Adapter {
  return adapter;
}
