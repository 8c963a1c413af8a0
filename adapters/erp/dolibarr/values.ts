/** Dolibarr's ways to write ids, amounts, moments and texts, as shapes that read them. */
import { z } from "zod";
import type { Money } from "../../ports/values.ts";
import { exactAmount } from "../../transport/amount.ts";
import { fromCents, toCents } from "../../transport/cents.ts";
import { textOfHtml } from "../../transport/html.ts";

/** How Dolibarr numbers things: `"12"` where it reads them, `12` where it has just made one. */
export const idPattern = /^[1-9]\d{0,9}$/;
export const Id = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(idPattern));

/** A code of a state or a kind: text in one answer, a number in another, nothing in a third. */
export const Code = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((code) => (code === null || code === undefined ? "" : String(code)));

const decimal = /^(-?)(\d{1,12})(?:\.(\d+))?$/;

/** `"735.50000000"`, `735.5` and `"0"` to `735.50`, `735.50` and `0.00`: digits are moved, never counted with. */
export const Decimal = z.union([z.string(), z.number()]).transform((written, context) => {
  const [, sign, whole = "", fraction = ""] = decimal.exec(String(written)) ?? [];
  if (/^\d\d?0*$|^$/.test(fraction) && whole !== "") {
    return exactAmount(sign === "-", whole, fraction);
  }
  context.addIssue({ code: "custom", message: "expected an amount like 735.50000000" });
  return z.NEVER;
});

/** Seconds since 1970; an empty text is no moment. */
export const Stamp = z
  .union([z.int(), z.string().regex(/^-?\d{1,12}$|^$/)])
  .nullish()
  .transform((stamp) =>
    stamp === null || stamp === undefined || stamp === "" ? null : Number(stamp),
  );

/** Where an editor wrote it, lines end by tags; otherwise as in any text. */
const hasLinesByTags = (text: string) => /<(?:br|p|div|li)\b/i.test(text);
const withLines = (text: string) => (hasLinesByTags(text) ? text : text.replace(/\r?\n/g, "<br>"));

/** Text without tags, its entities read; null where nothing is left. Lines stay. */
export const Words = z
  .string()
  .max(100_000)
  .nullish()
  .transform((text) => textOfHtml(withLines(text ?? "")).slice(0, 10_000) || null);

/**
 * Text that is read back as it is. What would be taken for a tag or an entity makes it HTML, whole:
 * Dolibarr shows its people a text as HTML as soon as one entity is in it, and joins its lines.
 */
export function asMessage(text: string): string {
  if (!/[<>]|&#?\w+;/.test(text)) return text;
  const html = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return html.replace(/\r?\n/g, "<br>\n");
}

/** A list or an object: PHP writes an empty object as `[]`. */
export const Fields = z
  .union([
    z.record(z.string(), z.unknown()),
    z
      .array(z.unknown())
      .max(0)
      .transform(() => ({})),
  ])
  .nullish()
  .transform((fields): Readonly<Record<string, unknown>> => fields ?? {});

const formats = new Map<string, Intl.DateTimeFormat>();

/** The day on the wall of the ERP: a pure date of Dolibarr's is midnight there. */
export function dayOf(seconds: number, timeZone: string): string {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat("sv-SE", { timeZone });
  formats.set(timeZone, format);
  return format.format(new Date(seconds * 1000));
}

export const dayOrNull = (seconds: number | null, timeZone: string): string | null =>
  seconds === null ? null : dayOf(seconds, timeZone);

export const momentOf = (seconds: number): string => new Date(seconds * 1000).toISOString();

export const euros = (amount: string): Money => ({ amount, currency: "EUR" });

const centsOf = (amount: string): bigint => BigInt(toCents(amount));
function amountOf(cents: bigint): string {
  const amount = fromCents(String(cents < 0n ? -cents : cents));
  return cents < 0n ? `-${amount}` : amount;
}

export const sumOf = (amounts: readonly string[]): string =>
  amountOf(amounts.reduce((sum, amount) => sum + centsOf(amount), 0n));
export const opposite = (amount: string): string => amountOf(-centsOf(amount));
/** -1, 0 or 1. */
export const signOf = (amount: string): number => {
  const cents = centsOf(amount);
  return cents === 0n ? 0 : cents < 0n ? -1 : 1;
};
export const lesserOf = (a: string, b: string): string => (centsOf(a) <= centsOf(b) ? a : b);
