/** From PayFiP's typed faults to the closed table. Its own words go into `cause` only. */
import { PortError } from "../../ports/errors.ts";
import { SoapFault } from "../../transport/soap.ts";

const kinds = [
  "FonctionnelleErreur",
  "TechDysfonctionnementErreur",
  "TechIndisponibiliteErreur",
  "TechProtocolaireErreur",
] as const;
type Kind = (typeof kinds)[number];

export interface TypedFault {
  readonly kind: Kind;
  /** `P1`, `P5`, `M3` … */
  readonly code: string;
}

/** The typed fault in a Fault's detail; null when there is none. */
export function typedFault(error: unknown): TypedFault | null {
  if (!(error instanceof SoapFault)) return null;
  const detail = (error.detail ?? {}) as Record<string, { code?: unknown } | null>;
  const kind = kinds.find((name) => Object.hasOwn(detail, name));
  if (!kind) return null;
  const code = detail[kind]?.code;
  return { kind, code: typeof code === "string" ? code.trim() : "" };
}

/**
 * A Fault as a PortError; other errors as they are. A functional one says that what we sent, or our
 * account, is not right: nothing was begun, and the same will not do better.
 */
export function faultError(operation: string, error: unknown): unknown {
  if (!(error instanceof SoapFault)) return error;
  const fault = typedFault(error);
  const cause = new Error(`PayFiP ${fault?.kind ?? error.code}: ${fault?.code || error.reason}`);
  const name = `${operation}: ${fault?.kind ?? "a Fault"} ${codeForLogs(fault)}`.trim();
  if (fault?.kind === "FonctionnelleErreur" || fault?.kind === "TechProtocolaireErreur") {
    return new PortError("INTERNAL", name, { cause, notApplied: true });
  }
  const closed = fault?.kind === "TechIndisponibiliteErreur";
  return new PortError("UNAVAILABLE", name, { cause, notApplied: closed });
}

const codeForLogs = (fault: TypedFault | null) =>
  fault && /^[A-Z]\d{1,3}$/.test(fault.code) ? fault.code : "";
