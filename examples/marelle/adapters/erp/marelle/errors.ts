/** From marelle's Faults to the closed table. Its own words go into `cause` only. */
import { z } from "zod";
import { PortError, type ErrorCode } from "../../ports/errors.ts";
import { SoapFault } from "../../transport/soap.ts";

/** Rethrows what a call came to: a Fault as PortError, the rest as it is. */
export const refusing =
  (operation: string) =>
  (error: unknown): never => {
    throw error instanceof SoapFault ? faultError(operation, error) : error;
  };

const Detail = z.object({ Erreur: z.object({ Code: z.string() }) });

/** Each is said before anything is applied. */
const codes: Readonly<Record<string, ErrorCode>> = {
  INCONNU: "NOT_FOUND",
  INVALIDE: "INVALID_INPUT",
  CLOS: "CONFLICT",
};

function faultError(operation: string, fault: SoapFault): PortError {
  const known = codes[Detail.safeParse(fault.detail).data?.Erreur.Code ?? ""];
  const cause = new Error(`marelle ${fault.code}: ${fault.reason}`);
  const what = `${operation}: a Fault`;
  return new PortError(known ?? codeOf(fault), what, { cause, notApplied: known !== undefined });
}

function codeOf({ code }: SoapFault): ErrorCode {
  // It says that what we sent is wrong.
  return code.endsWith(":Client") ? "INTERNAL" : "UNAVAILABLE";
}
