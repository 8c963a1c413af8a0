import { fieldMessages } from "../kernel/change-faults.ts";
import type { Messages } from "../kernel/user-errors.ts";

/** What is wrong with whom somebody means, or with why. */
export const personMessages = {
  ACCOUNT_UNKNOWN: {
    fr: "Aucun compte de votre organisme ne correspond.",
    en: "No account of your organisation answers to this.",
  },
  TOO_SHORT: {
    fr: "« {label} » est trop court : {count} caractères au moins.",
    en: "“{label}” is too short: {count} characters at least.",
  },
  ...fieldMessages,
} as const satisfies Messages;

export const settleMessages = {
  RECEIPT_UNKNOWN: {
    fr: "Il n'y a pas de modification avec ce numéro.",
    en: "There is no change with this receipt.",
  },
  NOT_TO_BE_SETTLED: {
    fr: "Cette modification suit son cours ou est terminée : il n'y a rien à décider de la sorte.",
    en: "This change is on its way, or at its end: there is nothing to decide of it in this way.",
  },
  ...fieldMessages,
} as const satisfies Messages;
