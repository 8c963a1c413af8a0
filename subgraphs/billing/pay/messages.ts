import { keyMessages } from "../../kernel/change-faults.ts";
import { currentPasswordMessages } from "../../kernel/current-password.ts";
import type { Messages } from "../../kernel/user-errors.ts";

export const startPaymentMessages = {
  ...keyMessages,
  AMOUNT_INVALID: {
    fr: "Indiquez un montant en euros, avec deux décimales au plus.",
    en: "Give an amount in euros, with two decimals at most.",
  },
  AMOUNT_TOO_SMALL: {
    fr: "Le montant minimum est de {minimum} €.",
    en: "The least amount is {minimum} €.",
  },
  AMOUNT_TOO_LARGE: {
    fr: "Le montant maximum est de {maximum} €.",
    en: "The greatest amount is {maximum} €.",
  },
  NOT_THE_WHOLE: {
    fr: "Votre bailleur n'accepte que le paiement de la totalité de la somme due.",
    en: "Your landlord takes the whole of what is owed only.",
  },
  CONTRACT_BLOCKED: {
    fr: "Ce contrat ne peut pas être payé en ligne. Contactez votre bailleur.",
    en: "This contract cannot be paid online. Contact your landlord.",
  },
  EMAIL_REFUSED: {
    fr: "Le service de paiement n'accepte pas l'adresse électronique de votre compte. Changez-la, puis recommencez.",
    en: "The payment service does not take your account's e-mail address. Change it, then try again.",
  },
  PROVIDER_UNAVAILABLE: {
    fr: "Le service de paiement ne répond pas. Rien n'a été débité : recommencez plus tard.",
    en: "The payment service does not answer. Nothing was taken: try again later.",
  },
  TOO_MANY_ATTEMPTS: currentPasswordMessages.TOO_MANY_ATTEMPTS,
} as const satisfies Messages;
