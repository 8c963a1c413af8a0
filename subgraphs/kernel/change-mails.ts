import { rejectionTexts } from "./change-faults.ts";
import type { Texts } from "./landlord.ts";
import { mail } from "./letter.ts";

const asked: Readonly<Record<string, Texts>> = {
  PERSONAL_DATA: { fr: "vos données personnelles", en: "your personal data" },
  PROFESSIONAL_SITUATION: {
    fr: "votre situation professionnelle",
    en: "your professional situation",
  },
  OCCUPANTS: { fr: "les occupants de votre logement", en: "the occupants of your dwelling" },
  BILLING_ADDRESS: { fr: "votre adresse de facturation", en: "your billing address" },
  INSURANCE: { fr: "votre assurance habitation", en: "your home insurance" },
  CARD_PAYMENT: { fr: "votre paiement par carte", en: "your card payment" },
  BANK_ACCOUNT: { fr: "vos coordonnées bancaires", en: "your bank details" },
  DIRECT_DEBIT: { fr: "votre prélèvement automatique", en: "your direct debit" },
  SERVICE_REQUEST: { fr: "votre demande", en: "your request" },
  SURVEY: { fr: "votre réponse à l'enquête", en: "your answer to the survey" },
};

const reasonOf = (reason: string): Texts =>
  rejectionTexts[reason as keyof typeof rejectionTexts] ?? rejectionTexts.OTHER;

/** To whoever asked for a change that the landlord's system has refused, be it days later. */
export const changeRejected = mail<{ kind: string; reason: string }>({
  fr: ({ name }, { kind, reason }) => ({
    subject: `Votre modification n'a pas été prise en compte – ${name}`,
    before: [
      `Vous aviez demandé un changement concernant ${asked[kind]?.fr ?? "votre dossier"}. Il n'a pas été pris en compte.`,
      reasonOf(reason).fr,
    ],
    link: null,
    after: ["Vous pouvez la suivre, et la refaire, dans votre espace."],
  }),
  en: ({ name }, { kind, reason }) => ({
    subject: `Your change was not applied – ${name}`,
    before: [
      `You asked for a change of ${asked[kind]?.en ?? "your file"}. It was not applied.`,
      reasonOf(reason).en,
    ],
    link: null,
    after: ["You can see it, and ask again, in your space."],
  }),
});
