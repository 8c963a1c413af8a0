/** Values as the text of an element or an attribute. */
import { PortError } from "../ports/errors.ts";
import { notXmlCharacter } from "./xml-guard.ts";

/** Throws INVALID_INPUT for text that XML cannot hold, INTERNAL for what is no single value. */
export function writeText(value: unknown): string {
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (typeof value !== "string") {
    throw new PortError("INTERNAL", "An argument that is not plain data");
  }
  if (notXmlCharacter.test(value)) {
    throw new PortError("INVALID_INPUT", "A text with characters that XML cannot hold");
  }
  return writeMarkup(value);
}

/** Escaped for either place: a parser gives back what was given, line ends included. */
export const writeMarkup = (text: string): string =>
  text.replace(/[&<>"'\r\n\t]/g, (character) => escapes[character]!);

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "\r": "&#13;",
  "\n": "&#10;",
  "\t": "&#9;",
};
