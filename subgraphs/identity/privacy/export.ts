/**
 * A copy of all that is held of the viewer (RGPD, art. 15 and 20): JSON with a readable index. It is
 * made when it is fetched, and never kept.
 */
import type { AccountExport } from "../../../store/export.ts";
import type { RequestContext, Viewer } from "../../kernel/context.ts";
import { currentPasswordCodes, withCurrentPassword } from "../../kernel/current-password.ts";
import { fail } from "../../kernel/errors.ts";
import { fileLink, type FileLink } from "../../kernel/file-links.ts";
import type { Texts } from "../../kernel/landlord.ts";
import { deniedUntil, tooMany } from "../../kernel/limits.ts";
import { signedIn } from "../../kernel/ownership.ts";
import { post } from "../../kernel/post.ts";
import type { Fault } from "../messages.ts";
import { heldByErp } from "./held-by-erp.ts";
import { exportAsked } from "./mails.ts";
import type { Section } from "./section.ts";
import { withoutKeys } from "./without-keys.ts";

export const exportCodes = currentPasswordCodes;

/** A link to the copy, for whoever asked; the account's owner is told by mail. */
export async function requestExport(
  context: RequestContext,
  viewer: Viewer,
  { currentPassword }: { readonly currentPassword: string },
): Promise<{ download: FileLink } | { faults: readonly Fault<(typeof exportCodes)[number]>[] }> {
  const { landlord, store, now } = context;
  const checked = await withCurrentPassword(context, viewer, currentPassword);
  if ("fault" in checked) return { faults: [checked.fault] };
  const until = await deniedUntil(context, [["dataExport", viewer.accountId]]);
  if (until) return { faults: [tooMany(context, until)] };
  const { email, language } = checked.account;
  const at = new Intl.DateTimeFormat(language === "fr" ? "fr-FR" : "en-GB", {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: landlord.timeZone,
  }).format(now());
  await post(store, landlord, email, exportAsked(landlord, language, { at }));
  return { download: fileLink(context, "exports", viewer.accountId) };
}

/** The landlord's system is asked for everything: longer than for a page. */
const wholeMs = 60_000;

interface Copy {
  readonly fileName: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/** The copy itself. NOT_FOUND for another account's, or one that has gone. */
export async function openExport(context: RequestContext, accountId: string): Promise<Copy> {
  const { landlord, store, signal, now } = context;
  const viewer = signedIn(context);
  // A copy of everything is for the person alone.
  const own = viewer.accountId === accountId && !viewer.support;
  const held = own ? await store.exports.ofAccount(landlord.id, accountId) : null;
  if (!held) throw fail(context, "NOT_FOUND");
  const budget = AbortSignal.any([signal, AbortSignal.timeout(wholeMs)]);
  const patient: RequestContext = { ...context, loaders: new Map(), budget };
  const sections = [...heldByHouse(held), ...(await heldByErp(patient))];
  const copy = { ...introduction(landlord.name, now(), sections), sections };
  const bytes = Buffer.from(`${JSON.stringify(withoutKeys(copy), null, 2)}\n`);
  return {
    fileName: `mes-donnees-${landlord.id}.json`,
    mediaType: "application/json",
    sizeBytes: bytes.length,
    body: pieces(bytes),
  };
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function introduction(landlord: string, now: Date, sections: readonly Section[]) {
  return {
    lisezMoi: {
      fr: `Copie de vos données, demandée dans votre espace chez ${landlord} (RGPD, art. 15 et 20). « portail » : ce que l'espace garde lui-même. « bailleur » : ce que le système de votre bailleur en dit ; il peut en détenir davantage, à lui demander. Ce que le bailleur sait d'autres personnes n'y est que dans la mesure où votre espace vous le montre.`,
      en: `A copy of your data, asked for in your account at ${landlord} (GDPR, art. 15 and 20). "portail": what the portal itself keeps. "bailleur": what your landlord's system tells; it may hold more, ask your landlord. Of other people it has only what your account shows you.`,
    },
    faitLe: now.toISOString(),
    sommaire: sections.map(
      ({ titre, title, origine, etat }) => `${titre} / ${title} (${origine}, ${etat})`,
    ),
  };
}

const titles: Readonly<Record<keyof AccountExport, Texts>> = {
  account: { fr: "Compte", en: "Account" },
  signInNames: { fr: "Identifiants", en: "Names to sign in with" },
  consents: { fr: "Accords donnés", en: "Consents" },
  socialAccounts: { fr: "Comptes liés", en: "Linked accounts" },
  sessions: { fr: "Connexions", en: "Sessions" },
  supportViews: { fr: "Consultations par le bailleur", en: "Looked at by the landlord" },
  supportActs: { fr: "Actes du bailleur", en: "What the landlord's people did" },
  changes: { fr: "Demandes de modification", en: "Changes asked for" },
  payments: { fr: "Paiements en ligne", en: "Payments online" },
  files: { fr: "Fichiers envoyés", en: "Files sent" },
  surveyDrafts: { fr: "Brouillons d'enquête", en: "Drafts of survey answers" },
  followedRequests: { fr: "Demandes suivies", en: "Requests that are followed" },
  surveyReminders: { fr: "Rappels d'enquête", en: "Reminders of surveys" },
  contractsLastSeen: { fr: "Contrats vus en dernier", en: "Contracts last seen" },
  mailsNotSent: { fr: "Courriels en attente", en: "Mails not sent yet" },
};

const heldByHouse = (held: AccountExport): Section[] =>
  Object.entries(titles).map(([name, { fr, en }]) => ({
    titre: fr,
    title: en,
    origine: "portail",
    etat: "OK",
    donnees: held[name as keyof AccountExport],
  }));
