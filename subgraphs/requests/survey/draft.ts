import { z } from "zod";
import { HouseholdStatus, Occupation, type Survey } from "../../../adapters/ports/surveys.ts";
import type { DraftPlace, SurveyDraft as KeptDraft } from "../../../store/survey-drafts.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { signedIn } from "../../kernel/ownership.ts";
import { uploadedFiles } from "../../kernel/uploads.ts";
import { statusFaults, typedFaults } from "./checks.ts";
import type { DraftFault } from "./messages.ts";
import { ownSurvey } from "./surveys.ts";
import type { TypedDraft, TypedMember } from "./typed.ts";
import type { SurveyDraft, SurveyDraftMember } from "./types.ts";

/** A draft as it is kept. Ids are kept as they came: sealed, they are good for ever. */
const Content = z.strictObject({
  householdStatus: HouseholdStatus.nullable(),
  members: z.array(
    z.strictObject({
      memberId: z.string().nullable(),
      surname: z.string().nullable(),
      givenName: z.string().nullable(),
      birthDate: z.string().nullable(),
      occupation: Occupation.nullable(),
      taxIncome: z.string().nullable(),
      taxNoticeUploadId: z.string().nullable(),
    }),
  ),
});
type Content = z.infer<typeof Content>;

const dayMs = 24 * 3_600_000;
const keptAfterDue = 60 * dayMs;

export async function saveSurveyDraft(
  context: RequestContext,
  input: TypedDraft,
): Promise<{ readonly draft: SurveyDraft } | { readonly faults: readonly DraftFault[] }> {
  const survey = await ownSurvey(context, input.surveyId);
  const faults = [...statusFaults(survey), ...typedFaults(context, survey, input)];
  if (faults.length > 0) return { faults };
  const content = JSON.stringify(contentOf(input));
  const expiresAt = expiryOf(survey);
  const place = placeOf(context, { contractKey: survey.contractKey, surveyKey: survey.key });
  const kept = await context.store.surveyDrafts.save(place, content, expiresAt);
  return { draft: await show(context, kept) };
}

/** So long after it is due a survey may matter. */
export const expiryOf = ({ dueDate }: Pick<Survey, "dueDate">): Date =>
  new Date(Date.parse(dueDate) + keptAfterDue);

export async function draftOf(
  context: RequestContext,
  survey: Pick<DraftPlace, "contractKey" | "surveyKey">,
): Promise<SurveyDraft | null> {
  const kept = await context.store.surveyDrafts.find(placeOf(context, survey));
  return kept && show(context, kept);
}

function placeOf(
  context: RequestContext,
  { contractKey, surveyKey }: Pick<DraftPlace, "contractKey" | "surveyKey">,
): DraftPlace {
  const { accountId } = signedIn(context);
  return { landlord: context.landlord.id, accountId, contractKey, surveyKey };
}

function contentOf({ householdStatus, members }: TypedDraft): Content {
  const said = (text: string | null | undefined) => text?.trim() || null;
  return {
    householdStatus: householdStatus ?? null,
    members: members.map((member: TypedMember) => ({
      memberId: member.memberId ?? null,
      surname: said(member.surname),
      givenName: said(member.givenName),
      birthDate: member.birthDate ?? null,
      occupation: member.occupation ?? null,
      taxIncome: member.taxIncome ?? null,
      taxNoticeUploadId: member.taxNoticeUploadId ?? null,
    })),
  };
}

async function show(
  context: RequestContext,
  { content, savedAt }: KeptDraft,
): Promise<SurveyDraft> {
  const { householdStatus, members } = Content.parse(JSON.parse(content));
  const shown: SurveyDraftMember[] = [];
  for (const { taxNoticeUploadId, ...member } of members) {
    shown.push({ ...member, taxNotice: await noticeOf(context, taxNoticeUploadId) });
  }
  return { householdStatus, members: shown, savedAt: savedAt.toISOString() };
}

async function noticeOf(context: RequestContext, uploadId: string | null) {
  const [file] = (uploadId && (await uploadedFiles(context, "TAX_NOTICE", [uploadId]))) || [];
  return uploadId && file ? { uploadId, fileName: file.fileName } : null;
}
