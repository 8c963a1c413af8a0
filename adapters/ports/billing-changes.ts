import { z } from "zod";
import { changePort } from "./changes.ts";
import { BankDetails } from "./billing.ts";
import { Day, Moment, Money, Typed } from "./values.ts";

/** A payment that a payment provider says was made: it is to be booked in the ERP. */
export const CardPayment = z.strictObject({
  /** Positive. */
  amount: Money,
  paidAt: Moment,
  provider: z.enum(["PAYFIP", "LYRA"]),
  /** How the provider names it: unique for ever. */
  providerReference: z.string().regex(/^[A-Za-z0-9-]{1,60}$/),
});
export type CardPayment = z.infer<typeof CardPayment>;
/** Règlement par carte. Never sent twice: `repeat` may not be NONE. */
export const cardPayments = changePort("cardPayments", "CONTRACT", CardPayment);

const Iban = BankDetails.shape.iban;
const Bic = BankDetails.shape.bic;

/** RIB. `repeat` may not be NONE. */
export const BankAccountChange = z.strictObject({ iban: Iban, bic: Bic, holder: Typed.max(70) });
export type BankAccountChange = z.infer<typeof BankAccountChange>;
export const bankAccountChanges = changePort("bankAccountChanges", "CONTRACT", BankAccountChange);

const DebitDay = z.int().min(1).max(28);

export const DirectDebitChange = z.discriminatedUnion("action", [
  z.strictObject({
    action: z.literal("SUBSCRIBE"),
    /** Référence unique du mandat (RUM), made by us: 35 characters at most. */
    mandateReference: z.string().regex(/^[A-Z0-9-]{1,35}$/),
    signedOn: Day,
    iban: Iban,
    bic: Bic,
    holder: Typed.max(70),
    /** One of the landlord's days; null where it lets none be chosen. */
    day: DebitDay.nullable(),
  }),
  z.strictObject({ action: z.literal("CHANGE_DAY"), day: DebitDay }),
  z.strictObject({ action: z.literal("STOP") }),
]);
export type DirectDebitChange = z.infer<typeof DirectDebitChange>;
/** Prélèvement automatique. `repeat` may not be NONE. */
export const directDebitChanges = changePort("directDebitChanges", "CONTRACT", DirectDebitChange);
