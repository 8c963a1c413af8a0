/** Shapes of fields that many ERPs write alike. */
import { z } from "zod";

/** Mandatory text. */
export const text = z.string().trim().min(1);

/** Text that may be absent, nil or empty: null in all three cases. */
export const optionalText = z
  .string()
  .trim()
  .nullish()
  .transform((value) => value || null);

/** A code of the ERP's to what it stands for here; another code does not fit. */
export function codeOf<T extends string>(meanings: Readonly<Record<string, T>>) {
  return z
    .string()
    .trim()
    .transform((value, context): T => {
      const meaning = Object.hasOwn(meanings, value) ? meanings[value] : undefined;
      if (meaning !== undefined) return meaning;
      context.addIssue({ code: "custom", message: "expected a known code" });
      return z.NEVER;
    });
}
