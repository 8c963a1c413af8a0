import { mail } from "../kernel/letter.ts";

export interface TimedLink {
  readonly link: string;
  readonly hours: number;
}

/** To an address that somebody wants to register with: the link that makes the account. */
export const confirmRegistration = mail<TimedLink>({
  fr: ({ name }, { link, hours }) => ({
    subject: `Confirmez votre inscription – ${name}`,
    before: [
      `Vous avez demandé la création de votre espace chez ${name}.`,
      "Pour finir votre inscription, confirmez votre adresse électronique :",
    ],
    link: { href: link, label: "Confirmer mon adresse électronique" },
    after: [
      `Ce lien est valable ${hours} h et ne sert qu'une fois. S'il ne s'ouvre pas, copiez-le dans votre navigateur.`,
      "Si cette demande ne vient pas de vous, ignorez ce message : aucun compte ne sera créé.",
    ],
  }),
  en: ({ name }, { link, hours }) => ({
    subject: `Confirm your registration – ${name}`,
    before: [
      `You asked for an account at ${name}.`,
      "To complete your registration, confirm your e-mail address:",
    ],
    link: { href: link, label: "Confirm my e-mail address" },
    after: [
      `This link is valid for ${hours} h and works once. If it does not open, copy it into your browser.`,
      "If you did not ask for this, ignore this message: no account will be made.",
    ],
  }),
});

/** To an address that has an account, when somebody registers with it again. */
export const alreadyRegistered = mail<{ link: string | null }>({
  fr: ({ name }, { link }) => ({
    subject: `Vous avez déjà un compte – ${name}`,
    before: [
      `Une inscription chez ${name} a été demandée avec cette adresse électronique, mais vous avez déjà un compte.`,
      "Connectez-vous avec votre mot de passe. Si vous ne le connaissez plus, choisissez « Mot de passe oublié ».",
    ],
    link: link === null ? null : { href: link, label: "Ouvrir mon espace" },
    after: ["Si cette demande ne vient pas de vous, ignorez ce message : rien n'a changé."],
  }),
  en: ({ name }, { link }) => ({
    subject: `You already have an account – ${name}`,
    before: [
      `Somebody asked to register at ${name} with this e-mail address, but you already have an account.`,
      "Sign in with your password. If you no longer know it, choose “Forgotten password”.",
    ],
    link: link === null ? null : { href: link, label: "Open my space" },
    after: ["If you did not ask for this, ignore this message: nothing has changed."],
  }),
});

/** To the address of an account whose password somebody says they forgot. */
export const passwordReset = mail<TimedLink>({
  fr: ({ name }, { link, hours }) => ({
    subject: `Choisissez un nouveau mot de passe – ${name}`,
    before: [`Un nouveau mot de passe a été demandé pour votre espace chez ${name}.`],
    link: { href: link, label: "Choisir un nouveau mot de passe" },
    after: [
      `Ce lien est valable ${hours} h et ne sert qu'une fois. Les liens reçus auparavant ne sont plus valables.`,
      "Si cette demande ne vient pas de vous, ignorez ce message : votre mot de passe reste le même.",
    ],
  }),
  en: ({ name }, { link, hours }) => ({
    subject: `Choose a new password – ${name}`,
    before: [`A new password was asked for, for your account at ${name}.`],
    link: { href: link, label: "Choose a new password" },
    after: [
      `This link is valid for ${hours} h and works once. Links received before are no longer valid.`,
      "If you did not ask for this, ignore this message: your password stays as it is.",
    ],
  }),
});

/** To the address of an account, after its password was changed or reset. */
export const passwordChanged = mail<{ at: string }>({
  fr: ({ name }, { at }) => ({
    subject: `Votre mot de passe a été changé – ${name}`,
    before: [`Le mot de passe de votre espace chez ${name} a été changé le ${at}.`],
    link: null,
    after: [
      "Vos autres appareils ont été déconnectés.",
      "Si ce n'est pas vous, choisissez tout de suite « Mot de passe oublié », puis prévenez-nous.",
    ],
  }),
  en: ({ name }, { at }) => ({
    subject: `Your password was changed – ${name}`,
    before: [`The password of your account at ${name} was changed on ${at}.`],
    link: null,
    after: [
      "Your other devices have been signed out.",
      "If this was not you, choose “Forgotten password” at once, then tell us.",
    ],
  }),
});

/** To the address of an account, when its owner asked which address that is. */
export const identifierReminder = mail<{ email: string }>({
  fr: ({ name }, { email }) => ({
    subject: `Votre identifiant de connexion – ${name}`,
    before: [
      `Vous avez demandé avec quel identifiant vous connecter à votre espace chez ${name}.`,
      `C'est cette adresse électronique : ${email}.`,
      "Si vous ne connaissez plus votre mot de passe, choisissez « Mot de passe oublié ».",
    ],
    link: null,
    after: ["Si cette demande ne vient pas de vous, ignorez ce message : rien n'a changé."],
  }),
  en: ({ name }, { email }) => ({
    subject: `What to sign in with – ${name}`,
    before: [
      `You asked what to sign in with to your account at ${name}.`,
      `It is this e-mail address: ${email}.`,
      "If you no longer know your password, choose “Forgotten password”.",
    ],
    link: null,
    after: ["If you did not ask for this, ignore this message: nothing has changed."],
  }),
});

/** To the address that an account is to have from now on. */
export const confirmEmailChange = mail<TimedLink>({
  fr: ({ name }, { link, hours }) => ({
    subject: `Confirmez votre nouvelle adresse – ${name}`,
    before: [
      `Cette adresse a été indiquée comme nouvelle adresse de connexion à votre espace chez ${name}.`,
    ],
    link: { href: link, label: "Confirmer cette adresse" },
    after: [
      `Ce lien est valable ${hours} h et ne sert qu'une fois. D'ici là, l'ancienne adresse reste valable.`,
      "Si cette demande ne vient pas de vous, ignorez ce message.",
    ],
  }),
  en: ({ name }, { link, hours }) => ({
    subject: `Confirm your new address – ${name}`,
    before: [`This address was given as the new sign-in address of an account at ${name}.`],
    link: { href: link, label: "Confirm this address" },
    after: [
      `This link is valid for ${hours} h and works once. Until then the old address stays valid.`,
      "If you did not ask for this, ignore this message.",
    ],
  }),
});

/** To the address that an account has, when another was asked for. */
export const emailChangeAsked = mail<{ newEmail: string }>({
  fr: ({ name }, { newEmail }) => ({
    subject: `Changement d'adresse demandé – ${name}`,
    before: [
      `Une nouvelle adresse de connexion à votre espace chez ${name} a été demandée : ${newEmail}.`,
      "Elle remplacera celle-ci quand elle aura été confirmée.",
    ],
    link: null,
    after: [
      "Si cette demande ne vient pas de vous, changez tout de suite votre mot de passe, puis prévenez-nous.",
    ],
  }),
  en: ({ name }, { newEmail }) => ({
    subject: `Change of address asked for – ${name}`,
    before: [
      `A new sign-in address was asked for, for your account at ${name}: ${newEmail}.`,
      "It will replace this one once it is confirmed.",
    ],
    link: null,
    after: ["If you did not ask for this, change your password at once, then tell us."],
  }),
});

/** To an address that has an account, when another account wants to move to it. */
export const emailInUse = mail<Record<string, never>>({
  fr: ({ name }) => ({
    subject: `Cette adresse a déjà un compte – ${name}`,
    before: [
      `Cette adresse a été indiquée comme nouvelle adresse d'un compte chez ${name}, mais elle a déjà le sien.`,
      "Une adresse ne peut servir qu'à un seul compte.",
    ],
    link: null,
    after: ["Si cette demande ne vient pas de vous, ignorez ce message : rien n'a changé."],
  }),
  en: ({ name }) => ({
    subject: `This address already has an account – ${name}`,
    before: [
      `This address was given as the new address of an account at ${name}, but it has an account of its own.`,
      "An address can serve one account only.",
    ],
    link: null,
    after: ["If you did not ask for this, ignore this message: nothing has changed."],
  }),
});
