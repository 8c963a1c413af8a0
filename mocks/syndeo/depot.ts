/** Files that wait for the request to which they belong. Kept in memory, for an hour. */
import { createHash, randomBytes } from "node:crypto";

interface SentFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

export interface Depot {
  /** The token of the file; the same one, and another file, for a reference that was there before. */
  put(reference: string, name: string, bytes: Buffer): string;
  take(token: string): SentFile | undefined;
  forget(): void;
}

const keptMs = 3_600_000;

export function createDepot(now: () => Date): Depot {
  const tokens = new Map<string, string>();
  const files = new Map<string, { file: SentFile; until: number }>();
  return {
    put: (reference, name, bytes) => {
      const token = tokens.get(reference) ?? randomBytes(16).toString("hex");
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      tokens.set(reference, token);
      files.set(token, {
        file: { name, sizeBytes: bytes.length, sha256 },
        until: now().getTime() + keptMs,
      });
      return token;
    },
    take: (token) => {
      const kept = files.get(token);
      return kept && kept.until > now().getTime() ? kept.file : undefined;
    },
    forget: () => {
      tokens.clear();
      files.clear();
    },
  };
}

const beginnings: Record<string, (bytes: Buffer) => boolean> = {
  "image/jpeg": (bytes) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])),
  "image/png": (bytes) => bytes.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47])),
  "image/heic": (bytes) => bytes.subarray(4, 8).toString("latin1") === "ftyp",
};

const mostBytes = 10_000_000;

/** The bytes; null for what is no base64, too big, or of another type than it says. */
export function bytesOf(content: string, type: string): Buffer | null {
  if (content.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(content)) return null;
  const bytes = Buffer.from(content, "base64");
  return bytes.length <= mostBytes && beginnings[type]!(bytes) ? bytes : null;
}
