/** How Intitulo writes values, and what they are here. Pure; what does not fit is a zod issue. */
import { z } from "zod";
import type { Address, Money } from "../../ports/values.ts";
import { exactAmount } from "../../transport/amount.ts";
import { codeOf, optionalText, text } from "../../transport/fields.ts";
import { momentOnWall } from "../../transport/wall-clock.ts";

/** In which Intitulo's clocks stand. */
const timeZone = "Europe/Paris";

/** One field has one way to write a day; another way, even a plausible one, does not fit. */
const dayWritten = (written: RegExp, iso: string) =>
  z
    .string()
    .trim()
    .refine((value) => written.test(value))
    .transform((value) => value.replace(written, iso))
    .pipe(z.iso.date());

/** `24/05/2019` */
export const slashedDay = dayWritten(/^(\d\d)\/(\d\d)\/(\d{4})$/, "$3-$2-$1");
/** `10.06.2019` */
export const dottedDay = dayWritten(/^(\d\d)\.(\d\d)\.(\d{4})$/, "$3-$2-$1");
/** `20190524` */
export const compactDay = dayWritten(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");

/** Empty for no day. */
export const optionalSlashedDay = optionalText.pipe(slashedDay.nullable());
export const optionalDottedDay = optionalText.pipe(dottedDay.nullable());

/** `2026-11-20T03:30:00Z`, whose Z is not true: it is what the clock on the wall shows. */
export const wallMoment = z
  .string()
  .trim()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?$/)
  .transform((value) => momentOnWall(value.replace("Z", ""), timeZone));

const parisDay = new Intl.DateTimeFormat("fr-FR", {
  timeZone,
  day: "2-digit",
  month: "2-digit",
  year: "numeric",
});
/** The day of a moment on the clock in Paris, `24/05/2019`. */
export const writtenSlashed = (moment: string): string => parisDay.format(new Date(moment));
/** `24/05/2019` to `20190524` */
export const compacted = (slashed: string): string => slashed.split("/").toReversed().join("");

const written = /^(-?)(\d{1,12}),(\d\d)$/;

/** `-1234,50` to `-1234.50`; a zero may have a minus. */
export const amount = z
  .string()
  .trim()
  .transform((value, context): Money => {
    const [, minus, whole, fraction] = written.exec(value) ?? [];
    if (whole !== undefined && fraction !== undefined) {
      return { amount: exactAmount(minus === "-", whole, fraction), currency: "EUR" };
    }
    context.addIssue({ code: "custom", message: "expected an amount in euros" });
    return z.NEVER;
  });

/** What is in `credit` lowers what is owed. */
export function negated({ amount: value, currency }: Money): Money {
  const opposite = value.startsWith("-") ? value.slice(1) : `-${value}`;
  return { amount: value === "0.00" ? value : opposite, currency };
}

export const paymentMethod = codeOf({
  PRE: "DIRECT_DEBIT",
  CB: "CARD",
  VIR: "TRANSFER",
  CHQ: "CHEQUE",
  LIQ: "OTHER",
});

/** `pays` is empty for France. */
export const addressRecord = z
  .object({ ligne: z.array(text).min(1), code_postal: text, ville: text, pays: optionalText })
  .transform(({ ligne, code_postal, ville, pays }): Address => ({
    lines: ligne,
    postalCode: code_postal,
    city: ville,
    country: pays ?? "FR",
  }));

/** `1234.50` to `1234,50`; null for nothing, less than nothing, and more than its column holds. */
export function writtenAmount({ amount: value }: Money): string | null {
  const fits = /^\d{1,7}\.\d\d$/.test(value) && /[1-9]/.test(value);
  return fits ? value.replace(".", ",") : null;
}
