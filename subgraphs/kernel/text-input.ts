import type { fieldMessages } from "./change-faults.ts";
import type { Texts } from "./landlord.ts";
import type { Fault } from "./user-errors.ts";

type TextFault = Fault<keyof typeof fieldMessages>;

/** What is wrong with a text that was typed: empty, or longer than `most` characters. */
export function textFaults(
  typed: string,
  field: readonly string[],
  label: Texts,
  most: number,
): TextFault[] {
  const text = typed.trim();
  if (text === "") return [{ code: "REQUIRED", field, values: { label } }];
  if (text.length > most) return [{ code: "TOO_LONG", field, values: { label, count: most } }];
  // Control characters have no place in a field of one line, and no ERP takes them.
  return /[\p{Cc}\p{Cs}]/u.test(text) ? [{ code: "INVALID_FORMAT", field, values: { label } }] : [];
}

/** The same for a name: it has a letter. */
export function nameFaults(
  typed: string,
  field: readonly string[],
  label: Texts,
  most: number,
): TextFault[] {
  const faults = textFaults(typed, field, label, most);
  if (faults.length > 0 || /\p{L}/u.test(typed)) return faults;
  return [{ code: "INVALID_FORMAT", field, values: { label } }];
}

/** The same for a text of several lines. */
export function linesFaults(
  typed: string,
  field: readonly string[],
  label: Texts,
  most: number,
): TextFault[] {
  return textFaults(linesOf(typed).replaceAll(/[\n\t]/g, " "), field, label, most);
}

/** The text as it is sent on: one kind of line end, nothing around it. */
export const linesOf = (typed: string): string => typed.replaceAll(/\r\n?/g, "\n").trim();
