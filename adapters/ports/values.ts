/** Values that more than one domain uses. Plain data; each is checked by the guard. */
import { z } from "zod";

/** Exact decimal text with two places, `-12.50`; never a float. Euro cents as text. */
export const Amount = z.string().regex(/^-?\d{1,12}\.\d{2}$/, "an amount like -12.50");
export type Amount = z.infer<typeof Amount>;

export const Money = z.strictObject({ amount: Amount, currency: z.literal("EUR") });
export type Money = z.infer<typeof Money>;

/** A day without time: `2026-11-20`. */
export const Day = z.iso.date();
export type Day = z.infer<typeof Day>;

/** A moment, with its zone: `2026-11-20T08:15:00+01:00` or `…Z`. */
export const Moment = z.iso.datetime({ offset: true });
export type Moment = z.infer<typeof Moment>;

/** How the ERP names a thing, trimmed. Never shown to a client. */
export const Key = z
  .string()
  .regex(/^[^\p{Cc}\p{Cs}]+$/u)
  .max(200);

/**
 * What no reader sees, and what makes others read something else than stands there: controls but tabs
 * and ends of lines, halves of characters, marks that turn the direction of writing.
 */
const unseen = /(?![\t\n\r])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu;

/** Text as a person may read it: decoded, trimmed, not empty, of what can be seen alone. */
export const Text = z
  .string()
  .overwrite((text) => text.replace(unseen, ""))
  .trim()
  .min(1)
  .max(10_000);

/** Text as somebody typed it, for the ERP: it arrives as it is, or is refused. */
export const Typed = z.string().trim().min(1).max(10_000);

export const Period = z.strictObject({ from: Day, to: Day });
export type Period = z.infer<typeof Period>;

const addressOf = (text: typeof Text) =>
  z.strictObject({
    /** Street lines as on an envelope, at least one. */
    lines: z.array(text).min(1),
    postalCode: text,
    city: text,
    /** ISO 3166-1 alpha-2. */
    country: z.string().regex(/^[A-Z]{2}$/),
  });

export const Address = addressOf(Text);
/** The same, as somebody typed it. */
export const TypedAddress = addressOf(Typed);
export type Address = z.infer<typeof Address>;

/** One page of a list that can grow. */
export interface PageRequest {
  /** 1 to 100. */
  readonly first: number;
  /** Where an earlier page ended (its `endCursor`), or null for the start. */
  readonly after: string | null;
}

/**
 * A page of a list. `endCursor` is what to send as `after` for the next page, null on an empty
 * page; `total` is null where the ERP does not tell it, or does not tell it truly.
 */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.strictObject({
    items: z.array(item),
    endCursor: z.string().max(500).nullable(),
    hasNextPage: z.boolean(),
    total: z.int().nonnegative().nullable(),
  });
}

export interface Page<T> {
  items: T[];
  endCursor: string | null;
  hasNextPage: boolean;
  total: number | null;
}
