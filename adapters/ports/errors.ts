/**
 * The closed table of errors. Adapters throw `PortError` with one of these codes and nothing else;
 * whatever else escapes an adapter is a defect and becomes INTERNAL.
 *
 * `retryable` says whether the same call, unchanged, may succeed later.
 */
export const errorTable = {
  /** The ERP says of a value that was sent to it that it cannot be. */
  INVALID_INPUT: { retryable: false, meaning: "A value that was sent is not acceptable." },
  /** Never by an adapter: who may do what is decided before. Its own credentials refused are UNAVAILABLE. */
  FORBIDDEN: { retryable: false, meaning: "The person is not signed in, or may not do this." },
  /** The ERP knows no such thing, where the port has no null to say so. */
  NOT_FOUND: { retryable: false, meaning: "There is no such thing for this person." },
  /** What was to be read or changed is held, or has changed since. */
  CONFLICT: { retryable: false, meaning: "The thing has changed or exists already." },
  /** Never by an adapter: it leaves a port out that it cannot serve. */
  NOT_SUPPORTED: { retryable: false, meaning: "This landlord does not offer this." },
  /** The ERP turns the call away because there are too many (429, server busy). */
  RATE_LIMITED: { retryable: true, meaning: "Too many calls; wait, then try again." },
  /** No answer in time, or the caller's signal fired. */
  TIMEOUT: { retryable: true, meaning: "The landlord's system did not answer in time." },
  /** Nothing answers, the ERP is closed or in maintenance, or it refuses our credentials. */
  UNAVAILABLE: {
    retryable: true,
    meaning: "The landlord's system cannot be reached or is closed.",
  },
  /** An answer that is cut, is a page, or does not hold what its description says. */
  BAD_RESPONSE: {
    retryable: true,
    meaning: "The landlord's system answered with something unusable.",
  },
  /** Never by an adapter: it is what the house makes of a change that failed without `notApplied`. */
  OUTCOME_UNKNOWN: {
    retryable: false,
    meaning: "A change was sent; nobody knows yet if it was applied.",
  },
  /** Never on purpose: whatever an adapter throws that is no PortError. */
  INTERNAL: { retryable: false, meaning: "A defect on our side." },
} as const satisfies Record<string, { retryable: boolean; meaning: string }>;

export type ErrorCode = keyof typeof errorTable;

/**
 * What is behind an UNAVAILABLE, where it is known:
 * - `CREDENTIALS`: the ERP refuses ours. Asking again may lock them.
 * - `BUSY`: too many calls wait for the ERP already.
 * - `BROKEN`: the ERP failed too often just now, so it is left alone for a while.
 * - `CLOSED`: it is in its nightly window.
 */
export type Reason = "CREDENTIALS" | "BUSY" | "BROKEN" | "CLOSED";

/**
 * `message` is for the log of whoever runs the gateway: it never reaches a client, and holds no
 * secret and no personal data. The ERP's own words go into `cause`.
 */
export class PortError extends Error {
  readonly code: ErrorCode;
  /**
   * Whether it is certain that the ERP applied nothing of what was sent: the connection was refused,
   * or the ERP said so (busy, wrong credentials). A write that fails without this is OUTCOME_UNKNOWN.
   */
  readonly notApplied: boolean;
  /**
   * Whether the ERP was there, and answered with the failure: it may fail so on one person's record,
   * and well serve all others. So is each BAD_RESPONSE.
   */
  readonly answered: boolean;
  readonly reason: Reason | null;
  /** From when on it may be tried again, where that is known. */
  readonly retryAt: Date | null;

  constructor(code: ErrorCode, message: string, options: PortErrorOptions = {}) {
    const {
      notApplied = false,
      answered = false,
      reason = null,
      retryAt = null,
      ...rest
    } = options;
    super(message, rest);
    this.answered = answered || code === "BAD_RESPONSE";
    this.reason = reason;
    this.retryAt = retryAt;
    this.name = "PortError";
    this.code = code;
    this.notApplied = notApplied;
  }

  get retryable(): boolean {
    return errorTable[this.code].retryable;
  }

  /** Whether the house answered by itself: nothing of the call reached the ERP. */
  get notAsked(): boolean {
    return this.reason !== null && this.reason !== "CREDENTIALS";
  }
}

export interface PortErrorOptions {
  readonly cause?: unknown;
  readonly notApplied?: boolean;
  readonly answered?: boolean;
  readonly reason?: Reason | null;
  readonly retryAt?: Date | null;
}
