import { PortError, type ErrorCode } from "../ports/errors.ts";

/** Why an exchange was stopped by us. */
export type Stop = "caller" | "deadline" | "silent" | "unread" | "closed";

const stops: Record<Stop, [ErrorCode, string]> = {
  caller: ["TIMEOUT", "given up by the caller"],
  deadline: ["TIMEOUT", "not finished in time"],
  silent: ["TIMEOUT", "silent for too long in the middle of the answer"],
  unread: ["TIMEOUT", "nobody read on for too long"],
  closed: ["UNAVAILABLE", "the client was closed"],
};

export interface Moment {
  /** `landlord: GET /contracts/*`, for the message. */
  readonly label: string;
  readonly stop: Stop | null;
  /** Whether the status and headers of an answer had come. */
  readonly answering: boolean;
}

/**
 * What went wrong on the wire, as a PortError:
 * - stopped by a deadline, by silence, for want of a reader or by the caller: TIMEOUT; by
 *   `close()`: UNAVAILABLE;
 * - no answer came (refused, DNS, TLS, cut before the headers): UNAVAILABLE. Except for a refused
 *   connection, DNS and TLS, the request may have been received;
 * - a PortError (a limit that was passed): itself, with the label;
 * - an answer came that is not HTTP, or was cut, or cannot be decompressed: BAD_RESPONSE.
 */
export function wireError(error: unknown, moment: Moment): PortError {
  if (moment.stop) {
    const [code, words] = stops[moment.stop];
    return new PortError(code, `${moment.label}: ${words}`);
  }
  if (error instanceof PortError) return labelled(error, moment.label);
  const reason = codeOf(error);
  const unusable = moment.answering || reason.startsWith("HPE_");
  const words = unusable ? "the answer was cut or is not HTTP" : "no answer";
  const notApplied = !unusable && neverConnected.test(reason);
  return new PortError(
    unusable ? "BAD_RESPONSE" : "UNAVAILABLE",
    `${moment.label}: ${words} (${reason})`,
    { cause: plainCause(error), notApplied },
  );
}

/** No connection was made, so that nothing of the request can have been received. */
const neverConnected =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|ENETDOWN|ERR_IP_BLOCKED|ERR_TLS_\w+|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+)$/;

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "unknown";
}

/** Without the request and its headers, which an axios error carries along. */
function plainCause(error: unknown): Error {
  return new Error(error instanceof Error ? `${codeOf(error)}: ${error.message}` : String(error));
}

/** The same PortError with `label` before its message, once; other errors as they are. */
export function labelled<E>(error: E, label: string): E | PortError {
  if (!(error instanceof PortError) || error.message.startsWith(label)) return error;
  const { code, cause, notApplied, answered, reason, retryAt } = error;
  const options = { cause, notApplied, answered, reason, retryAt };
  return new PortError(code, `${label}: ${error.message}`, options);
}
