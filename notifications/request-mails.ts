import type { RequestStatus, ServiceRequest } from "../adapters/ports/requests.ts";
import type { Landlord, Language, Texts } from "../subgraphs/kernel/landlord.ts";
import { mail } from "../subgraphs/kernel/letter.ts";
import type { RequestStep } from "../subgraphs/kernel/request-steps.ts";

const statusTexts: Readonly<Record<RequestStatus, Texts>> = {
  RECEIVED: { fr: "reçue", en: "received" },
  IN_PROGRESS: { fr: "en cours de traitement", en: "in progress" },
  SCHEDULED: { fr: "intervention planifiée", en: "a visit is scheduled" },
  WAITING_FOR_TENANT: { fr: "en attente d'une réponse de votre part", en: "waiting for you" },
  DONE: { fr: "terminée", en: "done" },
  CANCELLED: { fr: "annulée", en: "cancelled" },
};

/** What a mail tells of: never more than the request's own screen shows. */
export interface Progress {
  readonly request: Pick<ServiceRequest, "number" | "reason" | "place">;
  readonly step: RequestStep;
}

const dayOf = (at: string, { timeZone }: Landlord, language: Language) =>
  new Intl.DateTimeFormat(language === "fr" ? "fr-FR" : "en-GB", {
    timeZone,
    dateStyle: "long",
  }).format(new Date(at));

const aboutOf = ({ reason, place }: Progress["request"]) =>
  place === null ? reason : `${reason} – ${place}`;

const portal = ({ portalUrl }: Landlord, label: string) =>
  portalUrl === undefined ? null : { href: portalUrl, label };

/** One step of a request, to whoever follows it. */
export const requestProgress = mail<Progress>({
  fr: (landlord, { request, step }) => ({
    subject: `Votre demande n° ${request.number} : ${statusTexts[step.status].fr} – ${landlord.name}`,
    before: [
      `Votre demande n° ${request.number} (${aboutOf(request)}) a avancé le ${dayOf(step.at, landlord, "fr")} : ${statusTexts[step.status].fr}.`,
      ...(step.comment === null ? [] : [`« ${step.comment} »`]),
    ],
    link: portal(landlord, "Ouvrir mon espace"),
    after: ["Vous pouvez suivre cette demande dans votre espace."],
  }),
  en: (landlord, { request, step }) => ({
    subject: `Your request no. ${request.number}: ${statusTexts[step.status].en} – ${landlord.name}`,
    before: [
      `Your request no. ${request.number} (${aboutOf(request)}) has moved on, on ${dayOf(step.at, landlord, "en")}: ${statusTexts[step.status].en}.`,
      ...(step.comment === null ? [] : [`“${step.comment}”`]),
    ],
    link: portal(landlord, "Open my space"),
    after: ["You can follow this request in your space."],
  }),
});
