/** Bank details as people type them: the IBAN in groups, in lower case, with dots or hyphens. */
import { isSEPACountry, isValidBIC, isValidIBAN } from "ibantools";
import type { BankAccountChange } from "../../../adapters/ports/billing-changes.ts";
import { fieldMessages } from "../../kernel/change-faults.ts";
import { textFaults } from "../../kernel/text-input.ts";
import type { Fault, Messages } from "../../kernel/user-errors.ts";
import { ribKeyFits } from "./rib.ts";

export const bankMessages = {
  ...fieldMessages,
  IBAN_INVALID: {
    fr: "Cet IBAN n'est pas valable. Recopiez celui de votre RIB, en entier.",
    en: "This IBAN is not valid. Copy the one on your bank details, in full.",
  },
  IBAN_COUNTRY_NOT_SEPA: {
    fr: "Ce compte n'est pas tenu dans l'espace SEPA. Donnez un compte de cet espace.",
    en: "This account is not held in the SEPA area. Give one that is.",
  },
  BIC_INVALID: {
    fr: "Ce BIC n'est pas valable. Recopiez celui de votre RIB : 8 ou 11 caractères.",
    en: "This BIC is not valid. Copy the one on your bank details: 8 or 11 characters.",
  },
} as const satisfies Messages;
type BankFault = Fault<keyof typeof bankMessages>;

export interface TypedBankDetails {
  readonly iban: string;
  readonly bic?: string | null;
  readonly holder: string;
}

const holderLabel = { fr: "Titulaire du compte", en: "Account holder" };
const longestHolder = 70;
/** No IBAN is longer, whatever stands between its groups. */
const longestTyped = 100;

/** The bank details as an ERP gets them, or all that is wrong with them. */
export function readBankDetails(
  typed: TypedBankDetails,
): { readonly details: BankAccountChange } | { readonly faults: readonly BankFault[] } {
  const iban = plain(typed.iban).replace(/^IBAN:?/, "");
  const bic = plain(typed.bic ?? "");
  const faults = [
    ...ibanFaults(iban),
    ...(bic === "" || isValidBIC(bic) ? [] : [wrong("BIC_INVALID", "bic")]),
    ...textFaults(typed.holder, ["holder"], holderLabel, longestHolder),
  ];
  if (faults.length > 0) return { faults };
  return { details: { iban, bic: bic === "" ? null : bic, holder: typed.holder.trim() } };
}

const plain = (text: string): string =>
  text
    .slice(0, longestTyped)
    .replace(/[\s.\-‐-―]/gu, "")
    .toUpperCase();

const wrong = <Code extends BankFault["code"]>(code: Code, field: string): Fault<Code> => ({
  code,
  field: [field],
});

function ibanFaults(iban: string): BankFault[] {
  const country = iban.slice(0, 2);
  if (!isValidIBAN(iban)) return [wrong("IBAN_INVALID", "iban")];
  if (!isSEPACountry(country)) return [wrong("IBAN_COUNTRY_NOT_SEPA", "iban")];
  const french = country === "FR" || country === "MC";
  return french && !ribKeyFits(iban) ? [wrong("IBAN_INVALID", "iban")] : [];
}
