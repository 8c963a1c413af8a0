/** How Pavois writes values, and what they are here. Pure; throws BAD_RESPONSE for what cannot be. */
import { z } from "zod";
import type { Address, Money, Period } from "../../ports/values.ts";
import { optionalText, text } from "../../transport/fields.ts";

/** xs:date, whose zone nobody needs. */
export const day = z
  .string()
  .transform((value) => value.trim().replace(/(?<=^\d{4}-\d\d-\d\d)(Z|[+-]\d\d:\d\d)$/, ""))
  .pipe(z.iso.date());
export const optionalDay = day.nullish().transform((value) => value ?? null);

export const flag = z.enum(["true", "false", "1", "0"]).transform((v) => v === "true" || v === "1");

/** xs:decimal without a sign, `489.6`, to `489.60`. Read as text: a float would lose cents. */
export const amount = z.string().transform((value, context) => {
  const [, whole, fraction = ""] = /^\s*\+?0*(\d+)(?:\.(\d*?)0*)?\s*$/.exec(value) ?? [];
  if (whole === undefined || fraction.length > 2) {
    context.addIssue({ code: "custom", message: "expected an amount in euros" });
    return z.NEVER;
  }
  return `${whole}.${fraction.padEnd(2, "0")}`;
});

export const optionalAmount = amount.nullish().transform((value) => value ?? null);
export const direction = z.enum(["D", "C"]);

export const euros = (value: string): Money => ({ amount: value, currency: "EUR" });

/** Montant and Sens: D is owed by the tenant, C owed to the tenant. */
export function owed(value: string, sens: z.infer<typeof direction>): Money {
  return euros(sens === "C" && value !== "0.00" ? `-${value}` : value);
}

/** What amounts come to, exactly. */
export function sumOf(amounts: readonly string[]): string {
  const cents = amounts.reduce((sum, each) => sum + BigInt(each.replace(".", "")), 0n);
  const digits = String(cents).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export const addressRecord = z
  .object({
    Ligne1: text,
    Ligne2: optionalText,
    Ligne3: optionalText,
    CodePostal: text,
    Ville: text,
    /** Only foreign addresses say it. */
    CodePays: optionalText,
  })
  .transform(({ Ligne1, Ligne2, Ligne3, CodePostal, Ville, CodePays }): Address => ({
    lines: [Ligne1, Ligne2, Ligne3].filter((line) => line !== null),
    postalCode: CodePostal,
    city: Ville,
    country: CodePays ?? "FR",
  }));

export const periodRecord = z
  .object({ Debut: day, Fin: day })
  .transform(({ Debut, Fin }): Period => ({ from: Debut, to: Fin }));

const paymentMethods = {
  PRELEVEMENT: "DIRECT_DEBIT",
  CARTE: "CARD",
  VIREMENT: "TRANSFER",
  CHEQUE: "CHEQUE",
  ESPECES: "OTHER",
} as const;
export const paymentMethod = z
  .enum(["PRELEVEMENT", "CARTE", "VIREMENT", "CHEQUE", "ESPECES"])
  .transform((mode) => paymentMethods[mode]);
