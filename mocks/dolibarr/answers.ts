/** Dolibarr's habits on the wire: Restler's errors, nginx's pages. */
import type { MockAnswer } from "../kit/product.ts";

const phrases: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

const headers = {
  "content-type": "application/json; charset=utf-8",
  "cache-control": "no-cache, must-revalidate",
  expires: "0",
  "x-powered-by": "Luracast Restler v3.1.0",
  "content-language": "fr",
};

export const ok = (data: unknown): MockAnswer => ({
  status: 200,
  headers: { ...headers },
  body: JSON.stringify(data),
});

/** `details` stand under `0`, `1` … beside the message: what the database said. */
export function problem(status: number, message = "", details: readonly string[] = []): MockAnswer {
  const phrase = phrases[status]!;
  const error = {
    code: status,
    message: message === "" ? phrase : `${phrase}: ${message}`,
    ...Object.fromEntries(details.map((detail, i) => [String(i), detail])),
  };
  const debug = {
    source: "api_objects.class.php:216 at call stage",
    stages: {
      success: ["get", "route", "negotiate", "authenticate", "validate"],
      failure: ["call", "message"],
    },
  };
  return { status, headers: { ...headers }, body: JSON.stringify({ error, debug }, null, 4) };
}

export const missing = (what: string) => problem(404, `${what} not found`);
export const deadlock = () =>
  problem(400, "Deadlock found when trying to get lock; try restarting transaction");

export const page = (status: number, title: string): MockAnswer => ({
  status,
  headers: { "content-type": "text/html; charset=UTF-8" },
  body: `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
});

/** The address of no module. */
export const noApi = (): MockAnswer => ({
  status: 501,
  headers: { "content-type": "text/html; charset=UTF-8" },
  body: "API not found (failed to include API file)",
});
