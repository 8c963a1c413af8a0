/**
 * Opaque ids. An id is the kind of a thing and its ERP keys, sealed with AES-SIV under a key of the
 * landlord: always the same for the same thing, unreadable, and neither forgeable nor of any use
 * under another landlord. Knowing an id gives no right: ownership is checked on every use.
 */
import { aessiv } from "@noble/ciphers/aes.js";
import { createHmac } from "node:crypto";

export interface Ids {
  /** `kind` is the GraphQL type, `keys` what the ERP needs to find the thing. */
  seal(kind: string, ...keys: string[]): string;
  /** The keys, or null when this is not an id of that kind at this landlord. */
  open(kind: string, id: string): string[] | null;
}

/**
 * Sealing costs some 30 µs, and a page opens the same few ids in each subgraph: what was sealed is
 * remembered both ways, up to so many ids, then forgotten all at once.
 */
const remembered = 20_000;

/** `secret`: 32 bytes or more, the same for all processes, for ever: ids are kept by clients. */
export function createIds(secret: Uint8Array, landlord: string): Ids {
  const key = createHmac("sha512", secret).update(`ids of ${landlord}`).digest();
  // One object for each use: the library refuses to encrypt twice with the same one.
  const cipher = (kind: string) => aessiv(key, Buffer.from(kind));
  const idOf = new Map<string, string>();
  const plainOf = new Map<string, string>();

  const remember = (kind: string, plain: string, id: string) => {
    if (idOf.size >= remembered) {
      idOf.clear();
      plainOf.clear();
    }
    idOf.set(`${kind} ${plain}`, id);
    plainOf.set(`${kind} ${id}`, plain);
    return id;
  };

  return {
    seal(kind, ...keys) {
      const plain = JSON.stringify(keys);
      const known = idOf.get(`${kind} ${plain}`);
      if (known !== undefined) return known;
      return remember(
        kind,
        plain,
        Buffer.from(cipher(kind).encrypt(Buffer.from(plain))).toString("base64url"),
      );
    },
    open(kind, id) {
      if (!/^[\w-]{24,2000}$/.test(id)) return null;
      const plain = plainOf.get(`${kind} ${id}`) ?? decrypt(() => cipher(kind), id);
      if (plain === null) return null;
      remember(kind, plain, id);
      return JSON.parse(plain) as string[];
    },
  };
}

function decrypt(cipher: () => ReturnType<typeof aessiv>, id: string): string | null {
  const sealed = Buffer.from(id, "base64url");
  // Base64 has spare bits at its end: only one spelling of the same bytes is an id.
  if (sealed.toString("base64url") !== id) return null;
  try {
    return Buffer.from(cipher().decrypt(sealed)).toString();
  } catch {
    return null;
  }
}
