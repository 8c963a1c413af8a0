import { mail } from "../../kernel/letter.ts";

/** To the address of an account, when a copy of its data was asked for: it may be somebody else. */
export const exportAsked = mail<{ at: string }>({
  fr: ({ name }, { at }) => ({
    subject: `Une copie de vos données a été demandée – ${name}`,
    before: [`Une copie des données de votre espace chez ${name} a été demandée le ${at}.`],
    link: null,
    after: ["Si ce n'est pas vous, changez tout de suite votre mot de passe, puis prévenez-nous."],
  }),
  en: ({ name }, { at }) => ({
    subject: `A copy of your data was asked for – ${name}`,
    before: [`A copy of the data of your account at ${name} was asked for on ${at}.`],
    link: null,
    after: ["If this was not you, change your password at once, then tell us."],
  }),
});

interface Unused {
  readonly months: number;
  /** A day, as the person reads it. */
  readonly on: string;
}

/** To the address of an account that nobody uses, before it is erased. */
export const accountUnused = mail<Unused>({
  fr: ({ name, portalUrl }, { months, on }) => ({
    subject: `Votre espace va être effacé – ${name}`,
    before: [
      `Personne ne s'est connecté à votre espace chez ${name} depuis plus de ${months} mois. Comme vos données ne sont pas gardées plus longtemps que nécessaire, il sera effacé le ${on}, avec tout ce qu'il contient.`,
      "Pour le garder, il suffit de vous y connecter avant cette date.",
    ],
    link: portalUrl === undefined ? null : { href: portalUrl, label: "Ouvrir mon espace" },
    after: [
      "Votre bail et le dossier que votre bailleur tient lui-même n'en seront pas changés, et vous pourrez toujours créer un nouvel espace.",
    ],
  }),
  en: ({ name, portalUrl }, { months, on }) => ({
    subject: `Your account will be erased – ${name}`,
    before: [
      `Nobody has signed in to your account at ${name} for more than ${months} months. As your data is not kept for longer than needed, it will be erased on ${on}, with all that is in it.`,
      "To keep it, just sign in before that day.",
    ],
    link: portalUrl === undefined ? null : { href: portalUrl, label: "Open my space" },
    after: [
      "Your lease, and the file that your landlord keeps, will be unchanged, and you can make a new account at any time.",
    ],
  }),
});
