import pino, { type DestinationStream, type Logger } from "pino";
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
  const { name, message, stack } = error;
  const code = "code" in error ? { code: error.code } : {};
  return { type: name, message, ...code, ...(stack !== undefined && { stack }) };
}
