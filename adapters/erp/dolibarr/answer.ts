/** What an answer of Dolibarr says: data, nothing of the kind, or a refusal. */
import { z } from "zod";
import type { Io } from "../../ports/adapter.ts";
import { PortError } from "../../ports/errors.ts";
import { decodeText } from "../../transport/decode.ts";
import { labelled } from "../../transport/failure.ts";
import { parseJson } from "../../transport/json.ts";
import { isHtml, statusError } from "../../transport/status.ts";

export type Refusal =
  /** No such object. */
  | "MISSING"
  /** Its database gave up a transaction: nothing of it stands. */
  | "DEADLOCK"
  /** A file of that name is there already. */
  | "FILE_EXISTS"
  /** More than what is left to pay. */
  | "TOO_MUCH"
  /** A ticket of that track id is there already. */
  | "KNOWN_TICKET"
  /** A value that it does not take. */
  | "VALUE";

export type Told = { readonly data: unknown } | { readonly refusal: Refusal };

export interface Bytes {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly bytes: Uint8Array;
}

/** `0`, `1` … hold what the database or a module said. */
const Problem = z.object({
  error: z.looseObject({ code: z.number(), message: z.string() }),
});

/** The status alone says little: 400 may be a deadlock, 500 a wrong value. */
const refusals: readonly [number, RegExp, Refusal][] = [
  // A wrong address is a bare `Not Found`.
  [404, /^Not Found: ./, "MISSING"],
  [400, /deadlock found/i, "DEADLOCK"],
  [500, /deadlock found/i, "DEADLOCK"],
  [400, /^Bad Request: File with name '.*' already exists/, "FILE_EXISTS"],
  [400, /is higher than remain to pay/, "TOO_MUCH"],
  [500, /Duplicate entry .* for key '(?:\w+\.)?uk_ticket_(?:track_id|ref)'/, "KNOWN_TICKET"],
  [500, /foreign key constraint fails|\bError(?:Bad|Wrong|Field)[A-Z]\w*/, "VALUE"],
  [
    400,
    /^Bad Request: (?:invalid value specified|`\w+` (?:missing|is required)|\w+ field missing)/i,
    "VALUE",
  ],
];

/** Throws for whatever is neither an answer of the API nor one of the refusals that are known. */
export function toldBy(io: Io, label: string, answer: Bytes): Told {
  const { status, headers, bytes } = answer;
  if (status === 200 && !isHtml(answer)) {
    return { data: dataOf(label, headers, bytes) };
  }
  // A module that is off answers 200 with a page, as does whatever stands before the ERP.
  if (status === 200) throw new PortError("UNAVAILABLE", `${label}: a page instead of an answer`);
  const words = wordsOf(label, answer);
  const refusal = refusals.find(([of, pattern]) => of === status && pattern.test(words))?.[2];
  if (refusal) return { refusal };
  if (status === 404) throw new PortError("BAD_RESPONSE", `${label}: no such address`);
  throw statusError(io, label, answer);
}

function dataOf(label: string, headers: Record<string, string>, bytes: Uint8Array): unknown {
  const type = headers["content-type"] ?? "";
  if (!/^\s*application\/json\s*(;|$)/i.test(type)) {
    throw new PortError("BAD_RESPONSE", `${label}: an answer of another type than JSON`);
  }
  try {
    return parseJson(decodeText(bytes, type, "json"));
  } catch (error) {
    throw labelled(error, label);
  }
}

/** Empty for an error that is not Dolibarr's own: its status says enough. */
function wordsOf(label: string, { status, headers, bytes }: Bytes): string {
  try {
    const { error } = Problem.parse(dataOf(label, headers, bytes));
    if (error.code !== status) return "";
    const details = Object.entries(error).flatMap(([key, value]) =>
      /^\d$/.test(key) && typeof value === "string" ? value : [],
    );
    return [error.message, ...details].join(" / ");
  } catch {
    return "";
  }
}

/** For what fails before anything that changes something was sent. */
export function neverSent(error: unknown): never {
  if (!(error instanceof PortError)) throw error;
  const { code, message, cause, answered, reason, retryAt } = error;
  throw new PortError(code, message, { cause, answered, reason, retryAt, notApplied: true });
}
