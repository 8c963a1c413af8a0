import type { Survey } from "../adapters/ports/surveys.ts";
import type { Language } from "../subgraphs/kernel/landlord.ts";
import { mail } from "../subgraphs/kernel/letter.ts";

type Facts = Pick<Survey, "kind" | "year" | "dueDate">;

const dayOf = (day: string, language: Language) =>
  new Intl.DateTimeFormat(language === "fr" ? "fr-FR" : "en-GB", {
    timeZone: "UTC",
    dateStyle: "long",
  }).format(new Date(day));

/** To whoever has not answered yet. */
export const surveyReminder = mail<Facts>({
  fr: ({ name, portalUrl }, { kind, year, dueDate }) => ({
    subject: `Enquête ${kind} ${year} : réponse attendue avant le ${dayOf(dueDate, "fr")} – ${name}`,
    before: [
      `Votre réponse à l'enquête ${kind} ${year} n'est pas encore arrivée. Elle est attendue avant le ${dayOf(dueDate, "fr")}.`,
      "Vous pouvez y répondre dans votre espace. Préparez l'avis d'imposition de chaque adulte du foyer.",
    ],
    link: portalUrl === undefined ? null : { href: portalUrl, label: "Ouvrir mon espace" },
    after: ["Si vous venez de répondre, ne tenez pas compte de ce message."],
  }),
  en: ({ name, portalUrl }, { kind, year, dueDate }) => ({
    subject: `Survey ${kind} ${year}: answer due by ${dayOf(dueDate, "en")} – ${name}`,
    before: [
      `Your answer to the survey ${kind} ${year} has not come yet. It is due by ${dayOf(dueDate, "en")}.`,
      "You can answer in your space. Have the tax notice of each adult of the household at hand.",
    ],
    link: portalUrl === undefined ? null : { href: portalUrl, label: "Open my space" },
    after: ["If you have just answered, pay no heed to this message."],
  }),
});
