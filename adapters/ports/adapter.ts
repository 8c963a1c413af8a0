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
  /** Certificates in PEM: those that alone may vouch for the landlord's ERP. Absent: the usual ones. */
  readonly ca?: string | null | undefined;
  /** Hears of each exchange that ended, whole: for recordings. Absent in service. */
  readonly onExchange?: ((exchange: RawExchange) => void) | undefined;
}

/** What was sent to an ERP and what came back, as it was: holds secrets and personal data. */
export interface RawExchange {
  readonly method: string;
  /** Whole, with its query. */
  readonly url: string;
  /** Names in lower case. */
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: Uint8Array;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** As it came, decompressed. */
  readonly body: Uint8Array;
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
  /** What the ERP says of its own interface; absent where it says nothing. */
  readonly description?: Description<NoInfer<S>>;
  connect(settings: S, io: Io): Promise<Connected> | Connected;
}

/** The ERP's own description of its interface: the one that the adapter was written for, and today's. */
export interface Description<S = unknown> {
  readonly kind: "wsdl" | "openapi";
  /** The copy in the adapter's folder. */
  readonly file: URL;
  /** The copy holds only the operations that the adapter needs: further ones are no difference. */
  readonly partial?: boolean;
  /** Where the landlord's ERP shows its own; null where it shows none. */
  live(
    settings: S,
  ): { readonly url: string; readonly headers: Readonly<Record<string, string>> } | null;
  /**
   * Which ports hang on which operation: a SOAP operation by its name, a REST one as
   * `GET /contracts/{id}`. A port by its name, `*` for all of them. A test compares it with what the
   * ports really call.
   */
  readonly uses: Readonly<Record<string, readonly string[]>>;
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
