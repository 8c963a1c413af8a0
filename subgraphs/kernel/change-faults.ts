import type { Messages } from "./user-errors.ts";

/** Faults that every mutation with an idempotency key may answer. */
export const keyMessages = {
  IDEMPOTENCY_KEY_INVALID: {
    fr: "L'identifiant de la demande n'est pas valable : rechargez la page, puis recommencez.",
    en: "The request's key is not valid: 8 to 200 visible characters of ASCII.",
  },
  IDEMPOTENCY_KEY_REUSED: {
    fr: "Une autre demande porte déjà cet identifiant : rechargez la page, puis recommencez.",
    en: "This key was used for another request: take a new one for a new request.",
  },
} as const satisfies Messages;

/** What is said of single fields, wherever they are. */
export const fieldMessages = {
  REQUIRED: { fr: "« {label} » est à remplir.", en: "“{label}” must be filled in." },
  TOO_LONG: {
    fr: "« {label} » est trop long : {count} caractères au plus.",
    en: "“{label}” is too long: {count} characters at most.",
  },
  INVALID_FORMAT: {
    fr: "« {label} » n'est pas écrit comme attendu.",
    en: "“{label}” is not written as expected.",
  },
} as const satisfies Messages;

/** What is said of files that go along. */
export const fileMessages = {
  UPLOAD_NOT_USABLE: {
    fr: "Ce fichier n'est plus disponible : envoyez-le de nouveau.",
    en: "This file cannot be used any more: send it again.",
  },
} as const satisfies Messages;

/** What a rejection by the landlord's system means, as the person reads it. */
export const rejectionTexts = {
  INVALID: {
    fr: "Votre bailleur n'accepte pas une des valeurs demandées. Vérifiez-les, puis recommencez.",
    en: "Your landlord does not accept one of the values. Check them, then ask again.",
  },
  CHANGED_MEANWHILE: {
    fr: "Cette information a été modifiée entre-temps. Relisez-la, puis recommencez si besoin.",
    en: "This was changed by somebody else in the meantime. Read it again, then ask again if needed.",
  },
  UNKNOWN_THING: {
    fr: "Ce que vous vouliez modifier n'existe plus.",
    en: "What you wanted to change is not there any more.",
  },
  ALREADY_EXISTS: {
    fr: "C'est déjà enregistré chez votre bailleur.",
    en: "Your landlord has it already.",
  },
  NOT_POSSIBLE: {
    fr: "Votre contrat ne le permet pas actuellement. Contactez votre bailleur.",
    en: "Your contract does not allow it at present. Contact your landlord.",
  },
  OTHER: {
    fr: "Votre bailleur a refusé cette demande. Contactez-le.",
    en: "Your landlord refused this. Contact them.",
  },
} as const satisfies Messages;
