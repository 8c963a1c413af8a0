import { PortError } from "../ports/errors.ts";

/**
 * The text of an answer. What says the character set, in this order: a byte order mark, the XML
 * prolog (`xml` only), `charset` in the Content-Type, UTF-8. Bytes that do not fit, and sets that
 * are not known, are BAD_RESPONSE: nothing is replaced by U+FFFD.
 *
 * `ISO-8859-1` is read as windows-1252, as browsers do: it only differs where ISO-8859-1 has
 * control characters, and where an ERP sends these bytes it means `’`, `€` or `œ`.
 */
export function decodeText(
  bytes: Uint8Array,
  contentType: string | undefined,
  kind: "xml" | "json",
): string {
  return createDecoder(bytes, contentType, kind)(bytes, false);
}

/** `more` says that the text goes on: the first bytes of a character may wait for the others. */
export type Decode = (bytes: Uint8Array, more: boolean) => string;

/** For text that comes in pieces: `start`, its first hundreds of bytes, says the character set. */
export function createDecoder(
  start: Uint8Array,
  contentType: string | undefined,
  kind: "xml" | "json",
): Decode {
  const prolog = kind === "xml" ? encodingOfProlog(start) : undefined;
  const label = encodingOfMark(start) ?? prolog ?? charsetOf(contentType) ?? "utf-8";
  const decoder = orRefused(() => new TextDecoder(label, { fatal: true }));
  return (bytes, more) => orRefused(() => decoder.decode(bytes, { stream: more }));
}

function orRefused<T>(decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    throw new PortError("BAD_RESPONSE", "An answer that is not text in the encoding it names", {
      cause: error,
    });
  }
}

function encodingOfMark(bytes: Uint8Array): string | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return "utf-8";
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  return undefined;
}

function encodingOfProlog(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  // `<?` in two bytes each: the prolog itself tells how it is written.
  if (a === 0x3c && b === 0 && c === 0x3f && d === 0) return "utf-16le";
  if (a === 0 && b === 0x3c && c === 0 && d === 0x3f) return "utf-16be";
  const start = Buffer.from(bytes.subarray(0, 300)).toString("latin1");
  return /^<\?xml\s[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1];
}

/** The `charset` of a Content-Type, without its quotes. */
export function charsetOf(contentType: string | undefined): string | undefined {
  return /;\s*charset\s*=\s*"?([\w.:-]+)"?/i.exec(contentType ?? "")?.[1];
}

/** The character sets that an answer names, the one that counts first. */
export const charsetsOf = (bytes: Uint8Array, contentType: string | undefined): string[] =>
  [encodingOfMark(bytes), encodingOfProlog(bytes), charsetOf(contentType)].filter(
    (label) => label !== undefined,
  );
