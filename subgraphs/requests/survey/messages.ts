import { fieldMessages, fileMessages, keyMessages } from "../../kernel/change-faults.ts";
import type { Fault } from "../../kernel/user-errors.ts";

export const draftMessages = {
  ...fieldMessages,
  ...fileMessages,
  SURVEY_CLOSED: {
    fr: "Cette enquête est close : contactez votre bailleur.",
    en: "This survey is closed: contact your landlord.",
  },
  SURVEY_VALIDATED: {
    fr: "Votre réponse à cette enquête est déjà validée.",
    en: "Your answer to this survey has been validated already.",
  },
  TOO_MANY_MEMBERS: {
    fr: "Un foyer compte {count} personnes au plus ici : contactez votre bailleur.",
    en: "A household has {count} people at most here: contact your landlord.",
  },
  UNKNOWN_MEMBER: {
    fr: "Cette personne ne fait plus partie de l'enquête : rechargez la page.",
    en: "This person is no longer part of the survey: reload the page.",
  },
  SAME_MEMBER_TWICE: {
    fr: "La même personne est là deux fois.",
    en: "The same person is there twice.",
  },
  IN_THE_FUTURE: {
    fr: "« {label} » ne peut pas être dans l'avenir.",
    en: "“{label}” cannot be in the future.",
  },
} as const;
export type DraftFault = Fault<keyof typeof draftMessages>;

export const answerMessages = {
  ...keyMessages,
  ...draftMessages,
  NOBODY: {
    fr: "Indiquez au moins une personne du foyer.",
    en: "Name at least one person of the household.",
  },
  NOT_CERTIFIED: {
    fr: "Certifiez que votre déclaration est exacte.",
    en: "Certify that what you state is true.",
  },
  MISSING_TAX_NOTICE: {
    fr: "L'avis d'imposition de {label} manque.",
    en: "The tax notice of {label} is missing.",
  },
} as const;
export type AnswerFault = Fault<keyof typeof answerMessages>;

export const labels = {
  householdStatus: { fr: "Situation familiale", en: "Household" },
  surname: { fr: "Nom", en: "Surname" },
  givenName: { fr: "Prénom", en: "Given name" },
  birthDate: { fr: "Date de naissance", en: "Date of birth" },
  occupation: { fr: "Activité", en: "Occupation" },
  taxIncome: { fr: "Revenu fiscal de référence", en: "Reference tax income" },
} as const;
