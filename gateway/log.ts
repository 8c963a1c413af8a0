import pino, { type DestinationStream, type Logger } from "pino";
import { withoutValues } from "../subgraphs/kernel/document-text.ts";
import { scrub } from "./scrub.ts";

/**
 * Fields that must never be written, wherever they stand up to three levels deep. Code passes none of
 * them; this is the second line.
 */
const secretFields = [
  "authorization",
  "cookie",
  "password",
  "currentPassword",
  "newPassword",
  "token",
  "accessToken",
  "refreshToken",
  "email",
  "surname",
  "givenName",
  "birthDate",
  "phone",
  "iban",
  "reference",
];

const paths = ["", "*.", "*.*."].flatMap((depth) =>
  secretFields.map((field) => `${depth}${field}`),
);

/** JSON lines, each scrubbed as a whole. `destination` is standard output when absent. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    redact: { paths, censor: "[redacted]" },
    // Causes of an error hold the ERP's own words, which may be personal: names and codes only.
    serializers: { err: errorWithoutCause, error: errorWithoutCause },
  };
  const out = destination ?? pino.destination(1);
  return pino(options, { write: (line) => out.write(scrub(line)) });
}

export interface LoggedError {
  type: string;
  message: string;
  code?: unknown;
  stack?: string;
}

function errorWithoutCause(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: "not an error" };
  const code = "code" in error ? { code: error.code } : {};
  // What GraphQL says quotes what was sent. A stack begins with a message, of the cause for some.
  const message = withoutValues(error.message);
  const stack = error.stack?.split("\n").filter((line) => line.startsWith("    at "));
  return { type: error.name, message, ...code, ...(stack && { stack: stack.join("\n") }) };
}
