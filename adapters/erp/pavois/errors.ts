/** From Pavois's two kinds of errors to the closed table. Its own words go into `cause` only. */
import type { Rejection } from "../../ports/changes.ts";
import { PortError, type ErrorCode } from "../../ports/errors.ts";
import type { SoapFault } from "../../transport/soap.ts";

/** Tells, in the log, what only we or the landlord can mend. */
type Alarm = (message: string) => void;

const noRight = "403";
/** The evening's batch runs: accounts are closed. */
const batch = "610";
/** A payment under a reference that it has a payment for. */
export const knownReference = "620";

/** What Pavois says when it refuses a change for good. */
export const rejections: Readonly<Record<string, Rejection>> = {
  "400": "INVALID",
  "404": "UNKNOWN_THING",
  "409": "ALREADY_EXISTS",
  "412": "CHANGED_MEANWHILE",
  "423": "NOT_POSSIBLE",
};

const businessCodes: Record<string, ErrorCode> = {
  "400": "INVALID_INPUT",
  /** It is our account that has no right: no fault of the person's. */
  [noRight]: "UNAVAILABLE",
  "404": "NOT_FOUND",
  [batch]: "UNAVAILABLE",
};

/** A `WebResponse` with Success false, which comes inside a 200. */
export function businessError(
  operation: string,
  code: string | null,
  message: string | null,
  alarm: Alarm,
): PortError {
  if (code === noRight) alarm(`Pavois gives our account no right to ${operation}`);
  const cause = new Error(`Pavois ${code ?? "without a code"}: ${message ?? ""}`);
  const known = businessCodes[code ?? ""] ?? "BAD_RESPONSE";
  const what = `${operation}: business error ${code ?? "unknown"}`;
  return new PortError(known, what, { cause, notApplied: code === noRight || code === batch });
}

const local = (name: string | null | undefined) => name?.split(":").at(-1) ?? "";

const busy = "ServeurOccupe";
const authentication = new Set(["FailedAuthentication", "InvalidSecurity", "MessageExpired"]);

/** `refused` says that Pavois does not take our credentials, or that the two clocks differ. */
export function faultError(
  operation: string,
  fault: SoapFault,
): { error: PortError; refused: boolean } {
  const [code, subcode] = [local(fault.code), local(fault.subcode)];
  const refused = authentication.has(subcode);
  const what = `${operation}: Fault ${code}${subcode && ` (${subcode})`}`;
  // Without the detail, where Pavois leaves stack traces and queries.
  const cause = new Error(`Pavois ${code}: ${fault.reason}`);
  // Turned away at the door. Any other Fault may have come when something was done already.
  const notApplied = refused || subcode === busy;
  const reason = refused ? "CREDENTIALS" : null;
  return {
    error: new PortError(faultCode(code, subcode, refused), what, {
      cause,
      notApplied,
      answered: !notApplied,
      reason,
    }),
    refused,
  };
}

function faultCode(code: string, subcode: string, refused: boolean): ErrorCode {
  if (subcode === busy) return "RATE_LIMITED";
  if (refused || code === "Receiver") return "UNAVAILABLE";
  // It says that what we sent is wrong.
  if (["Sender", "VersionMismatch", "MustUnderstand"].includes(code)) return "INTERNAL";
  return "BAD_RESPONSE";
}
