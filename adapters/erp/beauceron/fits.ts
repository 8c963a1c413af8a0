/** What beauceron's fields can hold. It counts characters, not bytes, and takes no broken ones. */
import type { FileRef } from "../../ports/changes.ts";

export const lengths = {
  name: 60,
  holder: 70,
  address: 38,
  email: 100,
  description: 4000,
} as const;

const mostFileBytes = 10 * 1024 * 1024;

/** One line. */
export const fitsLine = (text: string | null, longest: number = lengths.name): boolean =>
  text === null || (fitsText(text, longest) && !/\p{Cc}/u.test(text));

/** Text of several lines. */
export function fitsText(text: string, longest: number): boolean {
  const { length } = Array.from(text);
  const isWhole = text.isWellFormed() && !text.includes("\0");
  return isWhole && length <= longest && text.trim() !== "";
}

export const fitsFile = (file: FileRef | null): boolean =>
  file === null || file.sizeBytes <= mostFileBytes;
