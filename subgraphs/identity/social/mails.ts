import { mail } from "../../kernel/letter.ts";

/** To the address of an account, after it was linked to one elsewhere: another way to sign in. */
export const socialLinked = mail<{ label: string }>({
  fr: ({ name }, { label }) => ({
    subject: `Connexion par ${label} activée – ${name}`,
    before: [
      `Votre espace chez ${name} est désormais lié à un compte ${label}, avec lequel on peut s'y connecter.`,
      "Votre mot de passe reste valable.",
    ],
    link: null,
    after: [
      "Si ce n'est pas vous, retirez ce compte dans votre profil, changez tout de suite votre mot de passe, puis prévenez-nous.",
    ],
  }),
  en: ({ name }, { label }) => ({
    subject: `Sign-in by ${label} turned on – ${name}`,
    before: [
      `Your account at ${name} is now linked to a ${label} account, which can be used to sign in.`,
      "Your password remains valid.",
    ],
    link: null,
    after: [
      "If this was not you, remove that account in your profile, change your password at once, then tell us.",
    ],
  }),
});

/** To the address of an account, after a link to one elsewhere was taken away. */
export const socialUnlinked = mail<{ label: string }>({
  fr: ({ name }, { label }) => ({
    subject: `Connexion par ${label} désactivée – ${name}`,
    before: [
      `Votre espace chez ${name} n'est plus lié à un compte ${label}.`,
      "Connectez-vous désormais avec votre mot de passe.",
    ],
    link: null,
    after: ["Si ce n'est pas vous, changez tout de suite votre mot de passe, puis prévenez-nous."],
  }),
  en: ({ name }, { label }) => ({
    subject: `Sign-in by ${label} turned off – ${name}`,
    before: [
      `Your account at ${name} is no longer linked to a ${label} account.`,
      "Sign in with your password from now on.",
    ],
    link: null,
    after: ["If this was not you, change your password at once, then tell us."],
  }),
});
