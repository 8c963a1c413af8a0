import type { Io } from "../ports/adapter.ts";
import { PortError, type ErrorCode } from "../ports/errors.ts";

export interface Head {
  readonly status: number;
  readonly headers: Record<string, string>;
}

/** What a status means that was not expected. Our credentials refused is no fault of the person. */
export function codeOfStatus(status: number): ErrorCode {
  if (status === 401 || status === 403) return "UNAVAILABLE";
  if (status === 404) return "NOT_FOUND";
  if (status === 408 || status === 504) return "TIMEOUT";
  if (status === 429) return "RATE_LIMITED";
  return status >= 500 ? "UNAVAILABLE" : "BAD_RESPONSE";
}

/** The PortError for a status; 202 with a page is what some ERPs send when they are down. */
export function statusError(io: Io, label: string, head: Head): PortError {
  const { status } = head;
  if (status === 202 && isHtml(head)) {
    return new PortError("UNAVAILABLE", `${label}: answered 202 with a page`);
  }
  if (status === 401 || status === 403) {
    io.log("error", "The ERP refuses our credentials", { label, status });
  }
  // The ERP turned the call away before it looked at it.
  const notApplied = status === 401 || status === 403 || status === 429;
  // A 403 may concern one operation only.
  const reason = status === 401 ? "CREDENTIALS" : null;
  return new PortError(codeOfStatus(status), `${label}: answered ${status}`, {
    notApplied,
    // By the ERP itself; 502 and its like come from whatever stands before it.
    answered: status === 500,
    reason,
  });
}

export function isHtml({ headers }: Head): boolean {
  return /^\s*(text\/html|application\/xhtml)/i.test(headers["content-type"] ?? "");
}
