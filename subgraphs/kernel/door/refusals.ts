/** What is refused at the door, before anything of it is executed: codes beside those of `errorTable`. */
export const doorTable = {
  TOO_LARGE: { retryable: false, meaning: "The request is larger than any of ours." },
  TOO_COMPLEX: {
    retryable: false,
    meaning: "The operation asks for too much at once: ask for less, or in several requests.",
  },
  NOT_LISTED: {
    retryable: false,
    meaning: "Only registered operations are executed here, and this one is not.",
  },
  BUSY: { retryable: true, meaning: "Too much is under way; try again after `Retry-After`." },
} as const satisfies Record<string, { retryable: boolean; meaning: string }>;

export type DoorCode = keyof typeof doorTable;
