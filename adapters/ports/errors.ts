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

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; notApplied?: boolean } = {},
  ) {
    const { notApplied = false, ...rest } = options;
    super(message, rest);
    this.name = "PortError";
    this.code = code;
    this.notApplied = notApplied;
  }

  get retryable(): boolean {
    return errorTable[this.code].retryable;
  }
}
