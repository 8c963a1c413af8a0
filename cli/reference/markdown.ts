/** Tables and paragraphs of the reference. */
import type { Field } from "./fields.ts";

export const code = (text: string) => `\`${text}\``;

const cell = (text: string) => text.replaceAll("|", "\\|").replace(/\n+(- )?/g, "<br>");

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Paragraphs with an empty line between; empty ones are left out. */
export const page = (...parts: readonly string[]): string =>
  `${parts.filter((part) => part !== "").join("\n\n")}\n`;

export const generated = (from: string) =>
  `<!-- Written by \`npm run docs\` from ${from}. Change it there. -->`;

/** `one of A, B` with what it is called there, where the page of ports describes that. */
export function kindOf({ kind, refersTo }: Field, known: ReadonlySet<string>): string {
  if (refersTo === null || !known.has(refersTo)) return kind;
  const list = kind.startsWith("a list") ? "a list of " : "";
  return `${list}[${refersTo}](#values)${kind.endsWith("or null") ? ", or null" : ""}`;
}

export function wordDefault({ needed, byDefault, fields }: Field): string {
  if (needed) return "needed";
  // Of a map each field has its own.
  if (byDefault === undefined || (fields.length > 0 && !Array.isArray(byDefault))) return "";
  return code(JSON.stringify(byDefault));
}
