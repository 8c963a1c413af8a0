/** WS-Security UsernameToken with PasswordDigest: Base64(SHA-1(nonce + created + password)). */
import { createHash, timingSafeEqual } from "node:crypto";
import { passwordDigest, wsse, wsu } from "./namespaces.ts";
import type { XmlElement } from "../kit/xml.ts";

export interface SecurityOptions {
  username: string;
  password: string;
  now: () => Date;
}

/** How far a token's Created may lie from this ERP's clock. */
const skewMs = 5 * 60_000;

export interface Security {
  /** Null when the token is good; else what a Fault may say. Each nonce is good once. */
  refuse(header: XmlElement | undefined): SecurityRefusal | null;
  forget(): void;
}

interface SecurityRefusal {
  subcode: "InvalidSecurity" | "FailedAuthentication" | "MessageExpired";
  reason: string;
}

export function createSecurity({ username, password, now }: SecurityOptions): Security {
  /** Nonces seen, with the time after which their token is too old anyway. */
  const seen = new Map<string, number>();
  return {
    forget: () => seen.clear(),
    refuse: (header) => {
      const token = readToken(header);
      if (!token)
        return { subcode: "InvalidSecurity", reason: "UsernameToken absent ou incomplet" };
      const at = now().getTime();
      if (!(Math.abs(Date.parse(token.created) - at) <= skewMs)) {
        return { subcode: "MessageExpired", reason: "Created hors de la tolérance de 5 minutes" };
      }
      const expected = digestOf(token.nonce, token.created, password);
      if (token.username !== username || !same(token.digest, expected)) {
        return { subcode: "FailedAuthentication", reason: "Jeton refusé" };
      }
      for (const [nonce, until] of seen) if (until < at) seen.delete(nonce);
      if (seen.has(token.nonce)) return { subcode: "FailedAuthentication", reason: "Nonce rejoué" };
      seen.set(token.nonce, at + 2 * skewMs);
      return null;
    },
  };
}

/** `nonce` is Base64 text, as in the token. */
export function digestOf(nonce: string, created: string, password: string): string {
  return createHash("sha1")
    .update(Buffer.from(nonce, "base64"))
    .update(created + password)
    .digest("base64");
}

const childOf = (element: XmlElement | undefined, ns: string, name: string) =>
  element?.children.find((child) => child.ns === ns && child.name === name);

function readToken(header: XmlElement | undefined) {
  const token = childOf(childOf(header, wsse, "Security"), wsse, "UsernameToken");
  const username = childOf(token, wsse, "Username")?.text.trim();
  const password = childOf(token, wsse, "Password");
  const nonce = childOf(token, wsse, "Nonce")?.text.trim();
  const created = childOf(token, wsu, "Created")?.text.trim();
  const digest = password?.text.trim();
  if (!username || !digest || !nonce || !created) return null;
  // A password in clear is not taken, even the right one.
  if (password?.attributes.get("Type") !== passwordDigest) return null;
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(created)) return null;
  return { username, digest, nonce, created };
}

function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
