/**
 * Opaque ids. An id is the kind of a thing and its ERP keys, sealed with AES-SIV under a key of the
 * landlord: always the same for the same thing, unreadable, and neither forgeable nor of any use
 * under another landlord. Knowing an id gives no right: ownership is checked on every use.
 */
import { createHmac } from "node:crypto";
import { aessiv } from "@noble/ciphers/aes.js";

export interface Ids {
  /** `kind` is the GraphQL type, `keys` what the ERP needs to find the thing. */
  seal(kind: string, ...keys: string[]): string;
  /** The keys, or null when this is not an id of that kind at this landlord. */
  open(kind: string, id: string): string[] | null;
}

/** `secret`: 32 bytes or more, the same for all processes, for ever: ids are kept by clients. */
export function createIds(secret: Uint8Array, landlord: string): Ids {
  const key = createHmac("sha512", secret).update(`id:${landlord}`).digest();
  const cipherFor = new Map<string, ReturnType<typeof aessiv>>();
  const cipher = (kind: string) => {
    let found = cipherFor.get(kind);
    if (!found) cipherFor.set(kind, (found = aessiv(key, Buffer.from(kind))));
    return found;
  };
  return {
    seal: (kind, ...keys) =>
      Buffer.from(cipher(kind).encrypt(Buffer.from(JSON.stringify(keys)))).toString("base64url"),
    open: (kind, id) => openSealed(() => cipher(kind), id),
  };
}

function openSealed(cipher: () => ReturnType<typeof aessiv>, id: string): string[] | null {
  if (!/^[\w-]{20,1000}$/.test(id)) return null;
  try {
    const plain = Buffer.from(cipher().decrypt(Buffer.from(id, "base64url"))).toString();
    return JSON.parse(plain) as string[];
  } catch {
    return null;
  }
}
