import { mail } from "../../kernel/letter.ts";

interface Copy {
  readonly link: string;
  readonly days: number;
}

/** To a person who asked their landlord, by letter or at the desk, for a copy of their data. */
export const copyOfData = mail<Copy>({
  fr: ({ name }, { link, days }) => ({
    subject: `La copie de vos données – ${name}`,
    before: [
      `Vous avez demandé à ${name} une copie de vos données personnelles (RGPD, art. 15). Ce lien vous permet de la télécharger, une seule fois, pendant ${days} jours :`,
    ],
    link: { href: link, label: "Télécharger mes données" },
    after: [
      "Ne transmettez ce lien à personne : qui l'ouvre obtient toutes vos données.",
      "Si vous n'avez rien demandé, prévenez-nous.",
    ],
  }),
  en: ({ name }, { link, days }) => ({
    subject: `The copy of your data – ${name}`,
    before: [
      `You asked ${name} for a copy of your personal data (GDPR, art. 15). With this link you can download it, once, for ${days} days:`,
    ],
    link: { href: link, label: "Download my data" },
    after: [
      "Give this link to nobody: whoever opens it gets all your data.",
      "If you asked for nothing, tell us.",
    ],
  }),
});
