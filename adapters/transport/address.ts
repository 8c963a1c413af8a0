import { PortError } from "../ports/errors.ts";

/**
 * The URL of a request under `baseUrl`. Throws INVALID_INPUT for a path that would leave it: an
 * absolute URL, `//host`, `\\host`, `@host`, dot segments (also percent-encoded), a fragment,
 * control characters. A key that comes from data must be percent-encoded by the caller.
 */
export function addressOf(baseUrl: string, path: string, query: Record<string, string> = {}): URL {
  const base = new URL(baseUrl);
  if (!isSafePath(path))
    throw new PortError("INVALID_INPUT", "A path that may leave the ERP's address");
  const prefix = base.pathname.replace(/\/+$/, "");
  const url = new URL(`${base.origin}${prefix}${path || (prefix ? "" : "/")}`);
  if (!url.search && base.search) url.search = base.search;
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  if (url.origin !== base.origin || !url.pathname.startsWith(prefix)) {
    throw new PortError("INVALID_INPUT", "A path that leaves the ERP's address");
  }
  url.username = base.username;
  url.password = base.password;
  return url;
}

function isSafePath(path: string): boolean {
  if (path === "") return true;
  if (!path.startsWith("/") || path.startsWith("//")) return false;
  if (/[\\#\s\p{Cc}]/u.test(path)) return false;
  const segments = path.split("?")[0]!.split("/");
  return !segments.some((segment) => /^(\.|%2e){1,2}$/i.test(segment));
}

/**
 * A path as it may be written in a log: segments that look like a key (a digit, `%`, `@` in them)
 * become `*`, and the query is left out. Personal data belongs in the query or the body.
 */
export function pathForLogs(path: string): string {
  const segments = path.split("?")[0]!.split("/");
  return segments.map((segment) => (isKeyLike(segment) ? "*" : segment)).join("/");
}

function isKeyLike(segment: string): boolean {
  return !/^v\d+$/.test(segment) && (/[\d%@]/.test(segment) || segment.length > 40);
}
