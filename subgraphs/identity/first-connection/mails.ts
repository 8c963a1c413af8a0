import { mail } from "../../kernel/letter.ts";
import type { TimedLink } from "../mails.ts";

/** To the address that somebody gave at their first connection: the link that opens the account. */
export const confirmFirstConnection = mail<TimedLink>({
  fr: ({ name }, { link, hours }) => ({
    subject: `Confirmez votre adresse – ${name}`,
    before: [
      `Vous vous êtes connecté pour la première fois à votre espace chez ${name}.`,
      "Pour l'activer, confirmez votre adresse électronique :",
    ],
    link: { href: link, label: "Confirmer mon adresse électronique" },
    after: [
      `Ce lien est valable ${hours} h et ne sert qu'une fois. S'il ne s'ouvre pas, copiez-le dans votre navigateur.`,
      "Si cette demande ne vient pas de vous, ignorez ce message : aucun compte ne sera créé.",
    ],
  }),
  en: ({ name }, { link, hours }) => ({
    subject: `Confirm your address – ${name}`,
    before: [
      `You connected for the first time to your space at ${name}.`,
      "To open it, confirm your e-mail address:",
    ],
    link: { href: link, label: "Confirm my e-mail address" },
    after: [
      `This link is valid for ${hours} h and works once. If it does not open, copy it into your browser.`,
      "If you did not ask for this, ignore this message: no account will be made.",
    ],
  }),
});

/** To the address that the landlord has on file, when another was given at the first connection. */
export const firstConnectionElsewhere = mail<{ email: string }>({
  fr: ({ name }, { email }) => ({
    subject: `Première connexion à votre espace – ${name}`,
    before: [
      `Une première connexion à votre espace chez ${name} a été faite avec votre identifiant et une autre adresse électronique : ${email}.`,
    ],
    link: null,
    after: ["Si ce n'est pas vous, prévenez-nous tout de suite."],
  }),
  en: ({ name }, { email }) => ({
    subject: `First connection to your space – ${name}`,
    before: [
      `Somebody connected for the first time to your space at ${name}, with your identifier and another e-mail address: ${email}.`,
    ],
    link: null,
    after: ["If this was not you, tell us at once."],
  }),
});
