/** What an answer of syndeo says: a status inside a 200, or an error whose body tells which. */
import { z } from "zod";
import type { Io } from "../../ports/adapter.ts";
import { PortError, type ErrorCode } from "../../ports/errors.ts";
import { decodeText } from "../../transport/decode.ts";
import { labelled } from "../../transport/failure.ts";
import { parseJson } from "../../transport/json.ts";
import { statusError } from "../../transport/status.ts";
import { Instant } from "./values.ts";

/** `refusal` is syndeo's own code, `DEADLOCK` where its database gave up. */
export type Outcome =
  | { readonly publishedAt: string; readonly data: unknown }
  | { readonly refusal: string };

export interface Bytes {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly bytes: Uint8Array;
}

const Refus = z.object({
  Status: z.literal("KO"),
  Code: z.string(),
  Message: z.string().nullish(),
});
const Reponse = z.object({ Status: z.literal("OK"), PublieLe: Instant, Donnees: z.unknown() });

/** Throws for every other status, and BAD_RESPONSE for what is neither OK nor KO. */
export function outcomeOf(io: Io, label: string, answer: Bytes): Outcome {
  if (answer.status === 404) throw new PortError("BAD_RESPONSE", `${label}: no such address`);
  if (![200, 400, 500].includes(answer.status)) throw statusError(io, label, answer);
  const body = jsonOf(label, answer);
  const refus = Refus.safeParse(body);
  if (answer.status === 200) {
    if (refus.success) return { refusal: refus.data.Code };
    const reponse = Reponse.safeParse(body);
    if (reponse.success) return { publishedAt: reponse.data.PublieLe, data: reponse.data.Donnees };
    throw new PortError("BAD_RESPONSE", `${label}: an answer that says neither OK nor KO`);
  }
  const { Code, Message } = refus.data ?? {};
  if (answer.status === 400 && Message?.startsWith("Deadlock found"))
    return { refusal: "DEADLOCK" };
  if (answer.status === 500 && Code === "VALEUR") return { refusal: Code };
  throw statusError(io, label, answer);
}

/** Undefined for an error that is not JSON: its status says enough. */
function jsonOf(label: string, { status, headers, bytes }: Bytes): unknown {
  const contentType = headers["content-type"] ?? "";
  try {
    if (!isJson(headers))
      throw new PortError("BAD_RESPONSE", "an answer of another type than JSON");
    return parseJson(decodeText(bytes, contentType, "json"));
  } catch (error) {
    if (status !== 200) return undefined;
    throw labelled(error, label);
  }
}

export const isJson = (headers: Record<string, string>): boolean =>
  /^\s*application\/json\s*(;|$)/i.test(headers["content-type"] ?? "");

const codes: Record<string, ErrorCode> = {
  DEADLOCK: "UNAVAILABLE",
  SESSION: "UNAVAILABLE",
  VALEUR: "INVALID_INPUT",
};

/** The PortError for a refusal that the caller can do nothing with. syndeo's words stay outside. */
export function refusalError(label: string, refusal: string): PortError {
  const code = codes[refusal] ?? "BAD_RESPONSE";
  const cause = new Error(refusal.slice(0, 50));
  const notApplied = refusal === "SESSION" || refusal === "DEADLOCK";
  return new PortError(code, `${label}: refused`, { cause, notApplied });
}

/** For what fails before anything that changes something was sent. */
export function neverSent(error: unknown): never {
  if (!(error instanceof PortError)) throw error;
  const { code, message, cause, answered, reason, retryAt } = error;
  throw new PortError(code, message, { cause, answered, reason, retryAt, notApplied: true });
}
