/** Writes the document in the string. Pure; null for what Intitulo's columns cannot hold. */
import { phoneOf } from "../../transport/phone.ts";
import { notXmlCharacter } from "../../transport/xml-guard.ts";

/** An element; undefined for none; null for one that cannot be. */
export type Written = string | null | undefined;

/** How many characters each column holds. */
export const columns = { surname: 60, givenName: 40, email: 100, line: 38, city: 40 } as const;

/** Its columns hold characters of three bytes at most, in one line. */
const unstorable = /[\p{Cc}\u{10000}-\u{10FFFF}]/u;

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

export function element(name: string, text: string, most = Infinity): Written {
  if (text.trim() === "" || text.length > most) return null;
  if (unstorable.test(text) || notXmlCharacter.test(text)) return null;
  return `<${name}>${text.replace(/[&<>]/g, (character) => escapes[character]!)}</${name}>`;
}

export function box(name: string, inner: readonly Written[]): string | null {
  if (inner.includes(null)) return null;
  return `<${name}>${inner.join("")}</${name}>`;
}

/** As people write it in France, with its country elsewhere; null for what would not be read back. */
export function writtenPhone(phone: string): string | null {
  const written = phone.replace(/^\+33(?=[1-9]\d{8}$)/, "0");
  return phoneOf(written) === phone && written.length <= 20 ? written : null;
}
