/** A WS-Security UsernameToken. */
import { createHash, randomBytes } from "node:crypto";
import { writeText } from "./soap-text.ts";

export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** Whether the password is proved by a digest, and never sent. */
  readonly digest: boolean;
}

const oasis = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss";

/** With a nonce and a time of its own, where the password is proved by a digest. */
export function securityHeader({ username, password, digest }: Credentials, now: Date): string {
  const created = `${now.toISOString().slice(0, 19)}Z`;
  const nonce = randomBytes(16);
  const proof = createHash("sha1")
    .update(nonce)
    .update(created + password)
    .digest("base64");
  const kind = digest ? "PasswordDigest" : "PasswordText";
  const secret = digest ? proof : writeText(password);
  const once = digest
    ? `<wsse:Nonce EncodingType="${oasis}-soap-message-security-1.0#Base64Binary">${nonce.toString("base64")}</wsse:Nonce>`
    : "";
  return (
    `<wsse:Security xmlns:wsse="${oasis}-wssecurity-secext-1.0.xsd" xmlns:wsu="${oasis}-wssecurity-utility-1.0.xsd">` +
    `<wsse:UsernameToken><wsse:Username>${writeText(username)}</wsse:Username>` +
    `<wsse:Password Type="${oasis}-username-token-profile-1.0#${kind}">${secret}</wsse:Password>` +
    `${once}<wsu:Created>${created}</wsu:Created></wsse:UsernameToken></wsse:Security>`
  );
}
