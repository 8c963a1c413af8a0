/**
 * What is kept unreadable at rest: AES-256-GCM under a key derived from the store's secret. An
 * envelope names its key, so that a new secret can seal while a former one still opens.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
} from "node:crypto";

export interface Cipher {
  /** `context` says what the value is for; it must be the same to open it. */
  seal(context: string, plain: string): string;
  /** Throws `SealError` when the key is not known, or the text or its context has been changed. */
  open(context: string, sealed: string): string;
  /** A keyed hash, for values that are only compared. */
  fingerprint(context: string, value: string): string;
  /** What everything begins with that the current secret sealed. */
  readonly sealedPrefix: string;
}

export class SealError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "SealError";
  }
}

interface Keys {
  readonly id: string;
  readonly sealing: Buffer;
  readonly hashing: Buffer;
}

/**
 * The secrets hold 32 bytes or more each, else this throws. `former` only open. Fingerprints are made
 * with `hashingKey`, in base64url; without one, with a key of the secret's.
 */
export function createCipher(
  secret: Uint8Array,
  former: readonly Uint8Array[] = [],
  hashingKey?: string,
): Cipher {
  const current = deriveKeys(secret);
  const byId = new Map([...former.map(deriveKeys), current].map((keys) => [keys.id, keys]));
  const hashing = hashingKey === undefined ? current.hashing : Buffer.from(hashingKey, "base64url");
  return {
    seal: (context, plain) => seal(current, context, plain),
    open: (context, sealed) => open(byId, context, sealed),
    fingerprint: (context, value) =>
      createHmac("sha256", hashing).update(`${context}\0${value}`).digest("base64url"),
    sealedPrefix: `1.${current.id}.`,
  };
}

/** Null for what no secret at hand opens: one such value must not stand in the way of all others. */
export function openedIfAny(cipher: Cipher, context: string, sealed: string): string | null {
  try {
    return cipher.open(context, sealed);
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}

/**
 * What the secret that sealed this makes fingerprints with, in base64url. Throws `SealError` when it
 * is not among those given.
 */
export function hashingKeyOf(sealed: string, secrets: readonly Uint8Array[]): string {
  const [, id] = sealed.split(".");
  const keys = secrets.map(deriveKeys).find((one) => one.id === id);
  if (!keys) throw new SealError("Sealed with a secret that this process was not given.");
  return keys.hashing.toString("base64url");
}

/** SHA-256 as base64url: how random tokens are stored. Not for values that can be guessed. */
export function sha256(value: string): string {
  return createHash("sha256").update(value).digest("base64url");
}

/** 256 random bits as base64url, 43 characters. */
export function randomToken(): string {
  return randomBytes(32).toString("base64url");
}

function deriveKeys(secret: Uint8Array): Keys {
  if (secret.length < 32) throw new Error("The store's secret is shorter than 32 bytes.");
  const derive = (use: string) =>
    Buffer.from(hkdfSync("sha256", secret, "", `trousseau store ${use}`, 32));
  return {
    id: derive("key id").subarray(0, 6).toString("base64url"),
    sealing: derive("sealing"),
    hashing: derive("hashing"),
  };
}

function seal(keys: Keys, context: string, plain: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keys.sealing, nonce).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return ["1", keys.id, nonce.toString("base64url"), body.toString("base64url")].join(".");
}

function open(byId: ReadonlyMap<string, Keys>, context: string, sealed: string): string {
  const [version, id = "", nonce = "", body = ""] = sealed.split(".");
  if (version !== "1") throw new SealError("Sealed in a form that is not known.");
  const keys = byId.get(id);
  if (!keys) throw new SealError("Sealed with a secret that this process was not given.");
  const bytes = Buffer.from(body, "base64url");
  try {
    const decipher = createDecipheriv(
      "aes-256-gcm",
      keys.sealing,
      Buffer.from(nonce, "base64url"),
      { authTagLength: 16 },
    )
      .setAAD(Buffer.from(context))
      .setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString();
  } catch (cause) {
    throw new SealError("A sealed value has been changed, or is of another context.", { cause });
  }
}
