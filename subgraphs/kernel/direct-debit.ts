/** Direct debits in a landlord's file. */
import { z } from "zod";

/**
 * Whether the check digits of an ICS are right: they cover the country and the national part, and
 * leave out the three characters that the creditor chooses.
 */
function isCreditorIdentifier(text: string): boolean {
  const [, country, check, national] =
    /^([A-Z]{2})(\d{2})[A-Z\d]{3}([A-Z\d]{1,28})$/.exec(text) ?? [];
  if (!country || !check || !national) return false;
  const digits = `${national}${country}${check}`.replace(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  return BigInt(digits) % 97n === 1n;
}

export const DirectDebitTerms = z.strictObject({
  /** Days of the month on which a direct debit may fall; empty when the landlord lets none be chosen. */
  days: z.array(z.int().min(1).max(28)),
  /** Who debits, as mandates name it; nobody can subscribe online without. */
  creditor: z
    .strictObject({
      name: z.string().min(1).max(70),
      /** Identifiant créancier SEPA (ICS). */
      identifier: z
        .string()
        .refine(
          isCreditorIdentifier,
          "expected an ICS with right check digits, like FR72ZZZ123456",
        ),
    })
    .optional(),
});
