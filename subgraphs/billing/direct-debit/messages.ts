import { keyMessages } from "../../kernel/change-faults.ts";
import { currentPasswordMessages } from "../../kernel/current-password.ts";
import type { Messages } from "../../kernel/user-errors.ts";
import { bankMessages } from "../bank/bank-input.ts";

const dayMessages = {
  DAY_NOT_OFFERED: {
    fr: "Choisissez un des jours de prélèvement que propose votre bailleur.",
    en: "Choose one of the debit days that your landlord offers.",
  },
} as const satisfies Messages;

const noDirectDebit = {
  NO_DIRECT_DEBIT: {
    fr: "Aucun prélèvement automatique n'est en vigueur pour ce contrat.",
    en: "No direct debit is in force for this contract.",
  },
} as const satisfies Messages;

export const subscribeMessages = {
  ...keyMessages,
  ...bankMessages,
  ...currentPasswordMessages,
  ...dayMessages,
  MANDATE_NOT_ACCEPTED: {
    fr: "Pour être prélevé, il faut accepter le mandat.",
    en: "To pay by direct debit, you must accept the mandate.",
  },
  ALREADY_SUBSCRIBED: {
    fr: "Un prélèvement automatique est déjà en vigueur pour ce contrat.",
    en: "A direct debit is already in force for this contract.",
  },
  CONTRACT_ENDED: {
    fr: "Ce contrat est terminé : il ne peut plus être payé par prélèvement.",
    en: "This contract has ended: it cannot be paid by direct debit any more.",
  },
} as const satisfies Messages;

export const changeDayMessages = {
  ...keyMessages,
  ...dayMessages,
  ...noDirectDebit,
  DAY_UNCHANGED: {
    fr: "C'est déjà votre jour de prélèvement.",
    en: "This is your debit day already.",
  },
} as const satisfies Messages;

export const stopMessages = { ...keyMessages, ...noDirectDebit } as const satisfies Messages;
