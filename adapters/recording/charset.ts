/** Text of an exchange and back, in the character set in which it came. */
import { charsetsOf } from "../transport/decode.ts";

export interface Written {
  readonly text: string;
  /** Signs that the set does not have become question marks. */
  encode(text: string): Buffer;
}

/** Never throws: bytes that do not fit what was announced are read as windows-1252. */
export function readText(bytes: Uint8Array, contentType: string | undefined): Written {
  for (const label of [...charsetsOf(bytes, contentType), "utf-8", "windows-1252"]) {
    const text = decoded(bytes, label);
    if (text !== null) return { text, encode: encoderFor(label) };
  }
  throw new Error("windows-1252 reads any bytes");
}

function decoded(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function encoderFor(label: string): (text: string) => Buffer {
  const { encoding } = new TextDecoder(label);
  if (encoding === "utf-8") return (text) => Buffer.from(text);
  if (encoding === "utf-16le") return (text) => Buffer.from(text, "utf16le");
  if (encoding === "utf-16be") return (text) => Buffer.from(text, "utf16le").swap16();
  const table = new Map<string, number>();
  const one = new TextDecoder(label);
  for (let byte = 255; byte >= 0; byte -= 1) table.set(one.decode(Uint8Array.of(byte)), byte);
  return (text) => Buffer.from(Array.from(text, (sign) => table.get(sign) ?? 0x3f));
}
