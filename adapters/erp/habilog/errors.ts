/** From Habilog's ways to say no to the closed table. Its own words go into `cause` only. */
import type { Rejection } from "../../ports/changes.ts";
import { PortError, type ErrorCode } from "../../ports/errors.ts";
import type { SoapFault } from "../../transport/soap.ts";

/** Tells, in the log, what only we or the landlord can mend. */
export type Alarm = (message: string) => void;

/** Habilog's way to refuse credentials is an answer with nothing inside. */
export function emptyResult(operation: string, alarm: Alarm): PortError {
  alarm("Habilog answers with nothing: that is how it refuses our credentials");
  return new PortError("UNAVAILABLE", `${operation}: an empty result`, { reason: "CREDENTIALS" });
}

/** An error message that stands for an empty list. */
export const meansNothingFound = (message: string): boolean =>
  /^aucun enregistrement\b/i.test(message);

/** Any other error message inside a 200. What closes Habilog to us closes it to changes as well. */
export function messageError(operation: string, message: string, alarm: Alarm): PortError {
  const error = (code: ErrorCode, what: string, notApplied: boolean) => {
    const cause = new Error(`Habilog: ${message}`);
    return new PortError(code, `${operation}: ${what}`, { cause, notApplied });
  };
  if (/^traitement de nuit\b/i.test(message)) {
    return error("UNAVAILABLE", "closed for the night", true);
  }
  if (!/^base inconnue\b/i.test(message)) return error("BAD_RESPONSE", "an error message", false);
  alarm("Habilog does not know our base");
  return error("UNAVAILABLE", "unknown base", true);
}

const refusals: readonly [Rejection, RegExp][] = [
  [
    "INVALID",
    /^(zone obligatoire|caractère non admis|dates? incorrecte|dates incohérentes|date de naissance dans le futur|code postal in|iban incorrect|montant incorrect|jour de prélèvement non proposé|fichier illisible|fichier trop volumineux)/i,
  ],
  ["UNKNOWN_THING", /^((contrat|tiers|occupant) inconnu|aucun mandat actif)/i],
  ["ALREADY_EXISTS", /^(mandat déjà actif|référence externe déjà enregistrée)/i],
  ["NOT_POSSIBLE", /^(contrat résilié|tiers non signataire du contrat|titulaire non modifiable)/i],
];

/** Why Habilog refuses a change; null for an error message that says nothing about one. */
export const refusalOf = (message: string): Rejection | null =>
  refusals.find(([, pattern]) => pattern.test(message))?.[0] ?? null;

/** Why the night refused: it did, whether or not we know the words. */
export const nightRejection = (reason: string | null): Rejection =>
  refusalOf(reason ?? "") ?? "OTHER";

/** The number that stands where a document was expected, for what is not there. */
export const nobodyFound = "-2";

const numbers: Record<string, string> = {
  "-1": "Habilog gives our account no right to search",
  "-3": "The licence of Habilog's portal is over",
  "-4": "Habilog refuses our credentials",
};

/** Any other number. */
export function numberError(operation: string, number: string, alarm: Alarm): PortError {
  const what = numbers[number];
  if (what !== undefined) alarm(what);
  const code = what === undefined ? "BAD_RESPONSE" : "UNAVAILABLE";
  const reason = number === "-4" ? "CREDENTIALS" : null;
  return new PortError(code, `${operation}: answered ${number}`, { reason });
}

/** A Fault. Without its detail in the cause: Habilog leaves queries there. */
export function faultError(operation: string, fault: SoapFault): PortError {
  const side = fault.code.split(":").at(-1) ?? "";
  const own = ownCode(fault.detail);
  const cause = new Error(`Habilog ${side}: ${fault.reason}`);
  // Too many at once, or a message that does not fit: it is turned away before it is looked at.
  const notApplied = own === "OCCUPE" || own === "SCHEMA";
  return new PortError(faultCode(side, own), `${operation}: Fault ${side}`, {
    cause,
    notApplied,
    answered: !notApplied,
  });
}

function faultCode(side: string, own: unknown): ErrorCode {
  if (own === "OCCUPE") return "RATE_LIMITED";
  if (side === "Server") return "UNAVAILABLE";
  // It says that what we sent is wrong.
  if (["Client", "VersionMismatch", "MustUnderstand"].includes(side)) return "INTERNAL";
  return "BAD_RESPONSE";
}

function ownCode(detail: unknown): unknown {
  const { Erreur } = (detail ?? {}) as { Erreur?: { Code?: unknown } | null };
  return Erreur?.Code;
}
