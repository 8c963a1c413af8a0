/** From Intitulo's result codes and Faults to the closed table. Its own words go into `cause` only. */
import type { Rejection } from "../../ports/changes.ts";
import { PortError, type ErrorCode } from "../../ports/errors.ts";
import type { SoapFault } from "../../transport/soap.ts";

/** Tells, in the log, what only we or the landlord can mend. */
export type Alarm = (message: string) => void;

const alarms: Record<string, string> = {
  BAD_CREDENTIALS: "Intitulo refuses our credentials",
  PERMISSION_DENIED: "Intitulo gives our account no right to an operation",
};

/** A `result_code` other than OK and NOT_FOUND, which comes inside a 200. */
export function resultError(
  operation: string,
  code: string,
  label: string,
  alarm: Alarm,
): PortError {
  const words = alarms[code];
  if (words !== undefined) alarm(`${words}: ${operation}`);
  const cause = new Error(`Intitulo ${code}: ${label}`);
  // Credentials and rights are looked at before anything else.
  const notApplied = words !== undefined;
  const message = `${operation}: result ${shown(code)}`;
  const reason = code === "BAD_CREDENTIALS" ? "CREDENTIALS" : null;
  return new PortError(codeOfResult(code), message, {
    cause,
    notApplied,
    answered: !notApplied,
    reason,
  });
}

const rejections: Record<string, Rejection> = {
  BAD_PARAMETERS: "INVALID",
  BAD_VALUE: "INVALID",
  NOT_FOUND: "UNKNOWN_THING",
  NOT_HOLDER: "NOT_POSSIBLE",
  CONTRACT_CLOSED: "NOT_POSSIBLE",
};

/** Why a change was refused; null for a `result_code` that is no clear refusal. */
export const rejectionOf = (code: string): Rejection | null =>
  Object.hasOwn(rejections, code) ? rejections[code]! : null;

function codeOfResult(code: string): ErrorCode {
  // Our account's trouble is no fault of the person's.
  if (code in alarms) return "UNAVAILABLE";
  // The number of an error of its database, or a failure that it has no name for.
  if (code === "KO" || /^-?\d+$/.test(code) || code.startsWith("DB_ERROR")) return "UNAVAILABLE";
  if (code === "BAD_PARAMETERS") return "INTERNAL";
  return "BAD_RESPONSE";
}

/** In messages there is no room for whatever an ERP may put into a code. */
const shown = (code: string) => (/^[A-Z0-9_-]{1,40}$/.test(code) ? code : "of an unknown form");

/** Without its detail, where Intitulo leaves paths and queries. */
export function faultError(operation: string, fault: SoapFault): PortError {
  const side = fault.code.split(":").at(-1) ?? "";
  const cause = new Error(`Intitulo ${side}: ${fault.reason}`);
  return new PortError(codeOfFault(side), `${operation}: Fault ${shown(side.toUpperCase())}`, {
    cause,
    answered: true,
  });
}

function codeOfFault(side: string): ErrorCode {
  if (side === "Server") return "UNAVAILABLE";
  // It says that what we sent is wrong.
  if (["Client", "VersionMismatch", "MustUnderstand"].includes(side)) return "INTERNAL";
  return "BAD_RESPONSE";
}
