/**
 * The closed table of errors. Adapters throw `PortError` with one of these codes and nothing else;
 * whatever else escapes an adapter is a defect and becomes INTERNAL.
 *
 * `retryable` says whether the same call, unchanged, may succeed later.
 */
export const errorTable = {
  INVALID_INPUT: { retryable: false, meaning: "A value that was sent is not acceptable." },
  FORBIDDEN: { retryable: false, meaning: "The person is not signed in, or may not do this." },
  NOT_FOUND: { retryable: false, meaning: "There is no such thing for this person." },
  CONFLICT: { retryable: false, meaning: "The thing has changed or exists already." },
  NOT_SUPPORTED: { retryable: false, meaning: "This landlord does not offer this." },
  RATE_LIMITED: { retryable: true, meaning: "Too many calls; wait, then try again." },
  TIMEOUT: { retryable: true, meaning: "The landlord's system did not answer in time." },
  UNAVAILABLE: {
    retryable: true,
    meaning: "The landlord's system cannot be reached or is closed.",
  },
  BAD_RESPONSE: {
    retryable: true,
    meaning: "The landlord's system answered with something unusable.",
  },
  OUTCOME_UNKNOWN: {
    retryable: false,
    meaning: "A change was sent; nobody knows yet if it was applied.",
  },
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
  readonly reason: Reason | null;
  /** From when on it may be tried again, where that is known. */
  readonly retryAt: Date | null;

  constructor(code: ErrorCode, message: string, options: PortErrorOptions = {}) {
    const { notApplied = false, reason = null, retryAt = null, ...rest } = options;
    super(message, rest);
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
  readonly reason?: Reason | null;
  readonly retryAt?: Date | null;
}
