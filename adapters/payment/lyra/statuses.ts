/** What Lyra calls the states of a transaction, in the form's notifications and over REST alike. */

/**
 * The form asks for immediate capture without validation by hand, so that AUTHORISED is captured by
 * itself: then the person has paid. The statuses that wait for somebody or something are WAITING.
 */
const meanings = {
  ACCEPTED: "PAID",
  AUTHORISED: "PAID",
  CAPTURED: "PAID",
  AUTHORISED_TO_VALIDATE: "WAITING",
  WAITING_AUTHORISATION: "WAITING",
  WAITING_AUTHORISATION_TO_VALIDATE: "WAITING",
  UNDER_VERIFICATION: "WAITING",
  INITIAL: "WAITING",
  WAITING_FOR_PAYMENT: "WAITING",
  REFUSED: "REFUSED",
  NOT_CREATED: "REFUSED",
  ABANDONED: "ABANDONED",
  EXPIRED: "EXPIRED",
  CANCELLED: "REVERSED",
  CAPTURE_FAILED: "REVERSED",
} as const;

export type Meaning = (typeof meanings)[keyof typeof meanings];

/** Null for a status that is not known. */
export function meaningOf(status: string): Meaning | null {
  return Object.hasOwn(meanings, status) ? meanings[status as keyof typeof meanings] : null;
}
