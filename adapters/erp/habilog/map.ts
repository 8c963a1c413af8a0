/** How Habilog writes values, and what they are here. Pure; what does not fit is a zod issue. */
import { z } from "zod";
import type { Address, Money } from "../../ports/values.ts";
import { exactAmount } from "../../transport/amount.ts";
import { codeOf, optionalText, text } from "../../transport/fields.ts";
import { momentOnWall } from "../../transport/wall-clock.ts";

/** In which Habilog's clocks stand. */
export const timeZone = "Europe/Paris";

/** `20/11/2026` */
export const day = z
  .string()
  .trim()
  .transform((value) => value.replace(/^(\d\d)\/(\d\d)\/(\d{4})$/, "$3-$2-$1"))
  .pipe(z.iso.date());

/** Blank for no day. */
export const optionalDay = optionalText.pipe(day.nullable());

/** O or N. */
export const flag = z
  .string()
  .trim()
  .toUpperCase()
  .pipe(z.enum(["O", "N"]))
  .transform((letter) => letter === "O");

/** A day and `22:15` of the clock on the wall to a moment with its zone. */
export const momentOf = (onDay: string, hour: string): string =>
  momentOnWall(`${onDay}T${hour}:00`, timeZone);

const written = /^(-?)(\d{1,3}(?:[ \u00A0\u202F]\d{3})*|\d+),(\d\d)(-?)$/;

/**
 * `1 234,56` to `1234.56`, with a space, a no-break space or nothing between the thousands and a
 * minus on either side, not on both. `opposite` is for amounts that Habilog signs the other way.
 */
function amountOf(opposite: boolean) {
  return z
    .string()
    .trim()
    .transform((value, context) => {
      const [, left, whole = "", fraction = "", right] = written.exec(value) ?? [];
      if (!whole || (left && right)) {
        context.addIssue({ code: "custom", message: "expected an amount in euros" });
        return z.NEVER;
      }
      const negative = Boolean(left || right);
      return euros(exactAmount(negative !== opposite, whole.replace(/\D/g, ""), fraction));
    });
}

const euros = (amount: string): Money => ({ amount, currency: "EUR" });

export const amount = amountOf(false);
export const oppositeAmount = amountOf(true);

export const paymentMethod = codeOf({
  PRLV: "DIRECT_DEBIT",
  CB: "CARD",
  VIR: "TRANSFER",
  CHQ: "CHEQUE",
  ESP: "OTHER",
});

/** Voie holds all lines of the street, each filled up with spaces. Pays is blank for France. */
export const addressRecord = z
  .object({ Voie: z.string(), CodePostal: text, Ville: text, Pays: optionalText })
  .transform(({ Voie, CodePostal, Ville, Pays }): Address => ({
    lines: Voie.split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
    postalCode: CodePostal,
    city: Ville,
    country: Pays ?? "FR",
  }));
