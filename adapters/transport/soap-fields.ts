/** Shapes of what XML Schema declares, over the texts and lists of `soap-data.ts`. */
import { z } from "zod";

/** `xs:boolean`. */
export const flag = z
  .string()
  .trim()
  .pipe(z.enum(["true", "false", "1", "0"]))
  .transform((value) => value === "true" || value === "1");

/** `xs:int` and smaller kinds: a number. Larger ones and decimals stay text, so as not to lose digits. */
export const whole = z
  .string()
  .trim()
  .regex(/^[+-]?\d{1,10}$/)
  .transform(Number);

/** An element that may come any number of times: none is an empty list, one a list of one. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => {
    if (value === undefined || value === null) return [];
    return Array.isArray(value) ? (value as unknown[]) : [value];
  }, z.array(item));
