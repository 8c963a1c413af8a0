/** syndeo's ways to write amounts, moments and texts, as shapes that read them. */
import { z } from "zod";
import type { Money } from "../../ports/values.ts";
import { exactAmount } from "../../transport/amount.ts";

/** Spaces of any kind: no-break ones of two widths stand in syndeo's amounts. */
const written = /^(?:([+\-\u2212])\s*)?(\d{1,3}(?:\s\d{3})*|\d+),(\d{2})$/;

/**
 * `+ 3 643,13` to `3643.13`, `- 12,00` to `-12.00`. Only nothing has no sign: any other amount
 * without one does not say whose it is. Digits are moved, never counted with.
 */
export const Montant = z.string().transform((text, context) => {
  const [, sign, groups = "", cents = ""] = written.exec(text.trim()) ?? [];
  const whole = groups.replace(/\s/g, "");
  if (/^\d{1,12}$/.test(whole)) {
    const amount = exactAmount(sign !== undefined && sign !== "+", whole, cents);
    if (sign !== undefined || amount === "0.00") return amount;
  }
  context.addIssue({ code: "custom", message: "expected an amount like + 3 643,13" });
  return z.NEVER;
});

/** `3643.13` to `+ 3 643,13`, as syndeo reads it: positive ones only, null for others. */
export function writtenMontant(amount: string): string | null {
  if (!/^\d{1,9}\.\d\d$/.test(amount) || !/[1-9]/.test(amount)) return null;
  const [units = "", cents = ""] = amount.split(".");
  const whole = units.replace(/^0+(?=\d)/, "").replace(/\B(?=(\d{3})+$)/g, "\u202f");
  return `+\u00a0${whole},${cents}`;
}

/** The day of a moment on the clock that syndeo looks at, `2026-11-20`. */
export const dayAt = (moment: string, timeZone: string): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone }).format(new Date(moment));

/** Of the clock on the wall, without a zone. */
export const Instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);

/** An empty text is no text. */
export const OptionalText = z
  .string()
  .trim()
  .max(10_000)
  .nullable()
  .transform((text) => text || null);

/** An amount whose sign is the port's own. */
export const euros = (amount: string): Money => ({ amount, currency: "EUR" });

/** What is owed by the person, from what is owed to the person; and back. */
export function opposite(amount: string): Money {
  if (amount === "0.00") return euros(amount);
  return euros(amount.startsWith("-") ? amount.slice(1) : `-${amount}`);
}
