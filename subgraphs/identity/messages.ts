import { currentPasswordMessages } from "../kernel/current-password.ts";
import type { Language, Texts } from "../kernel/landlord.ts";
import { messageOf, type Messages, type Values } from "../kernel/user-errors.ts";

/** What a person reads when they can mend something, by code. `{name}` is filled in. */
const texts = {
  ...currentPasswordMessages,
  REQUIRED: { fr: "« {label} » est à remplir.", en: "“{label}” must be filled in." },
  INVALID_FORMAT: {
    fr: "« {label} » n'est pas écrit comme attendu.",
    en: "“{label}” is not written as expected.",
  },
  REFERENCE_INVALID: {
    fr: "Cette référence n'a pas la forme attendue. Recopiez celle de votre avis d'échéance.",
    en: "This reference does not look as expected. Copy the one on your rent notice.",
  },
  REFERENCE_UNKNOWN: {
    fr: "Cette référence n'existe pas chez votre bailleur. Recopiez celle de votre avis d'échéance.",
    en: "Your landlord knows no such reference. Copy the one on your rent notice.",
  },
  NAME_MISMATCH: {
    fr: "Ce nom n'est pas celui d'un signataire de ce contrat. Écrivez-le comme sur votre avis d'échéance.",
    en: "This is not the name of a signatory of this contract. Write it as on your rent notice.",
  },
  GIVEN_NAME_NEEDED: {
    fr: "Plusieurs signataires portent ce nom : indiquez aussi votre prénom, comme sur votre avis d'échéance.",
    en: "Several signatories bear this name: give your given name too, as on your rent notice.",
  },
  BIRTH_DATE_MISMATCH: {
    fr: "Cette date de naissance n'est pas celle que connaît votre bailleur.",
    en: "This is not the date of birth that your landlord has on file.",
  },
  BIRTH_DATE_NOT_ON_FILE: {
    fr: "Votre bailleur ne connaît pas votre date de naissance. Demandez-lui de compléter votre dossier.",
    en: "Your landlord does not have your date of birth. Ask them to complete your file.",
  },
  EMAIL_NOT_ON_FILE: {
    fr: "Votre bailleur n'a pas d'adresse électronique dans votre dossier, ou pas celle-ci. Demandez-lui de le mettre à jour.",
    en: "Your landlord has no e-mail address in your file, or not this one. Ask them to update it.",
  },
  ALREADY_REGISTERED: {
    fr: "Un compte existe déjà pour cette personne. Connectez-vous, ou choisissez « Mot de passe oublié ».",
    en: "This person already has an account. Sign in, or choose “Forgotten password”.",
  },
  EMAIL_INVALID: {
    fr: "Cette adresse électronique n'est pas valable.",
    en: "This e-mail address is not valid.",
  },
  EMAIL_CONFIRMATION_DIFFERS: {
    fr: "Les deux adresses électroniques sont différentes.",
    en: "The two e-mail addresses differ.",
  },
  EMAIL_UNCHANGED: {
    fr: "C'est déjà l'adresse de votre compte.",
    en: "This is the address of your account already.",
  },
  EMAIL_TAKEN: {
    fr: "Cette adresse est désormais celle d'un autre compte.",
    en: "This address now belongs to another account.",
  },
  PASSWORD_CONFIRMATION_DIFFERS: {
    fr: "Les deux mots de passe sont différents.",
    en: "The two passwords differ.",
  },
  PASSWORD_TOO_SHORT: {
    fr: "Le mot de passe doit compter au moins {count} caractères.",
    en: "The password must have {count} characters or more.",
  },
  PASSWORD_TOO_LONG: {
    fr: "Le mot de passe doit compter au plus {count} caractères.",
    en: "The password must have {count} characters at most.",
  },
  PASSWORD_CHARACTER_NOT_ALLOWED: {
    fr: "Le mot de passe contient un caractère qui ne peut pas être saisi partout.",
    en: "The password contains a character that cannot be typed everywhere.",
  },
  PASSWORD_NEEDS_UPPER: {
    fr: "Nombre de majuscules demandé dans le mot de passe : {count} au moins.",
    en: "Upper-case letters needed in the password: {count} or more.",
  },
  PASSWORD_NEEDS_LOWER: {
    fr: "Nombre de minuscules demandé dans le mot de passe : {count} au moins.",
    en: "Lower-case letters needed in the password: {count} or more.",
  },
  PASSWORD_NEEDS_DIGIT: {
    fr: "Nombre de chiffres demandé dans le mot de passe : {count} au moins.",
    en: "Digits needed in the password: {count} or more.",
  },
  PASSWORD_NEEDS_SPECIAL: {
    fr: "Nombre de caractères spéciaux demandé dans le mot de passe : {count} au moins.",
    en: "Special characters needed in the password: {count} or more.",
  },
  PASSWORD_NEEDS_MORE_CLASSES: {
    fr: "Le mot de passe doit mêler au moins {count} des quatre sortes de caractères : majuscules, minuscules, chiffres, caractères spéciaux.",
    en: "The password must mix {count} or more of the four kinds of characters: upper case, lower case, digits, special characters.",
  },
  PASSWORD_CONTAINS_EMAIL: {
    fr: "Le mot de passe ne doit pas contenir votre adresse électronique.",
    en: "The password must not contain your e-mail address.",
  },
  PASSWORD_CONTAINS_REFERENCE: {
    fr: "Le mot de passe ne doit pas contenir votre référence.",
    en: "The password must not contain your reference.",
  },
  PASSWORD_UNCHANGED: {
    fr: "Le nouveau mot de passe est le même que l'ancien.",
    en: "The new password is the same as the old one.",
  },
  CONSENT_REQUIRED: {
    fr: "Pour créer un compte, il faut accepter : {label}",
    en: "To create an account, you must accept: {label}",
  },
  CONSENT_OUTDATED: {
    fr: "Ce texte a changé entre-temps. Relisez-le : {label}",
    en: "This text has changed meanwhile. Read it again: {label}",
  },
  CONSENT_UNKNOWN: {
    fr: "Votre bailleur ne demande pas cet accord.",
    en: "Your landlord asks for no such consent.",
  },
  EMAIL_OR_PASSWORD_WRONG: {
    fr: "L'adresse électronique ou le mot de passe n'est pas le bon.",
    en: "The e-mail address or the password is not right.",
  },
  IDENTIFIER_INVALID: {
    fr: "Cet identifiant n'a pas la forme attendue. Recopiez celui de vos appels de fonds ou de loyer.",
    en: "This identifier does not look as expected. Copy the one on your calls for funds or rent.",
  },
  IDENTIFIER_OR_PASSWORD_WRONG: {
    fr: "L'identifiant ou le mot de passe n'est pas le bon.",
    en: "The identifier or the password is not right.",
  },
  SOCIAL_CODE_INVALID: {
    fr: "Cette connexion n'est plus valable. Recommencez depuis la page de connexion.",
    en: "This sign-in is no longer valid. Begin again from the sign-in page.",
  },
  SOCIAL_CANCELLED: {
    fr: "La connexion par {label} a été annulée.",
    en: "The sign-in by {label} was cancelled.",
  },
  SOCIAL_UNAVAILABLE: {
    fr: "{label} ne répond pas. Réessayez plus tard, ou connectez-vous avec votre mot de passe.",
    en: "{label} does not answer. Try again later, or sign in with your password.",
  },
  SOCIAL_REFUSED: {
    fr: "{label} n'a pas confirmé qui vous êtes. Réessayez, ou connectez-vous avec votre mot de passe.",
    en: "{label} did not confirm who you are. Try again, or sign in with your password.",
  },
  SOCIAL_ACCOUNT_UNKNOWN: {
    fr: "Ce compte {label} n'est pas encore lié à votre espace. Connectez-vous avec votre mot de passe, puis liez-le dans votre profil.",
    en: "This {label} account is not linked to your space yet. Sign in with your password, then link it in your profile.",
  },
  SOCIAL_ACCOUNT_TAKEN: {
    fr: "Ce compte {label} est déjà lié à un autre espace. Retirez-le d'abord de celui-là.",
    en: "This {label} account is linked to another space already. Remove it from that one first.",
  },
  SOCIAL_ALREADY_LINKED: {
    fr: "Un autre compte {label} est déjà lié à votre espace. Retirez-le d'abord.",
    en: "Another {label} account is linked to your space already. Remove it first.",
  },
  SOCIAL_NOT_LINKED: {
    fr: "Aucun compte {label} n'est lié à votre espace.",
    en: "No {label} account is linked to your space.",
  },
  STAFF_ACCOUNT: {
    fr: "Ce compte est celui d'un agent du bailleur : c'est le bailleur qui le retire.",
    en: "This account is of the landlord's staff: the landlord takes it away.",
  },
  SESSION_ENDED: {
    fr: "Votre session est terminée. Connectez-vous de nouveau.",
    en: "Your session has ended. Sign in again.",
  },
  LINK_UNKNOWN: {
    fr: "Ce lien n'est pas valable. Utilisez celui du dernier courriel reçu, en entier.",
    en: "This link is not valid. Use the one in the latest e-mail, in full.",
  },
  LINK_USED: { fr: "Ce lien a déjà servi.", en: "This link has been used already." },
  LINK_EXPIRED: {
    fr: "Ce lien n'est plus valable. Demandez-en un autre.",
    en: "This link is no longer valid. Ask for another.",
  },
} as const satisfies Record<string, Texts>;

export type MessageCode = keyof typeof texts;

/** Something that the person can mend. `field` is a path into the mutation's input. */
export interface Fault<Code extends MessageCode = MessageCode> {
  readonly code: Code;
  readonly field: readonly string[];
  readonly values?: Values;
}

/** The message of a code, ready to be shown. */
export const message = (code: MessageCode, language: Language, values?: Values): string =>
  messageOf(texts[code], language, values);

export const messagesOf = (codes: readonly MessageCode[]): Messages =>
  Object.fromEntries(codes.map((code) => [code, texts[code]]));
