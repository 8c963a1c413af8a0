import type { FileRef } from "../../../adapters/ports/changes.ts";
import type { Survey, SurveyAnswer } from "../../../adapters/ports/surveys.ts";
import { submitChange, type Prepared, type Submitted } from "../../kernel/changes.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { attachFiles, uploadedFiles } from "../../kernel/uploads.ts";
import { amountOf, fieldOf, statusFaults, typedFaults } from "./checks.ts";
import { labels, type AnswerFault } from "./messages.ts";
import { memberBehind, ownSurvey } from "./surveys.ts";
import type { TypedAnswer, TypedMember } from "./typed.ts";

export async function submitSurvey(
  context: RequestContext,
  input: TypedAnswer,
): Promise<Submitted<AnswerFault>> {
  const survey = await ownSurvey(context, input.surveyId);
  return submitChange<"SURVEY", AnswerFault>(context, {
    kind: "SURVEY",
    contractKey: survey.contractKey,
    idempotencyKey: input.idempotencyKey,
    input,
    prepare: () => prepare(context, survey, input),
  });
}

const purpose = "TAX_NOTICE";

async function prepare(
  context: RequestContext,
  survey: Survey,
  input: TypedAnswer,
): Promise<Prepared<"SURVEY", AnswerFault>> {
  const faults: AnswerFault[] = [
    ...statusFaults(survey),
    ...typedFaults(context, survey, input),
    ...wholeFaults(context, survey, input),
  ];
  const { notices, faults: ofFiles } = await noticesOf(context, input.members);
  const { householdStatus } = input;
  if (!householdStatus || faults.length + ofFiles.length > 0) {
    return { faults: [...faults, ...ofFiles] };
  }
  const payload: SurveyAnswer = {
    surveyKey: survey.key,
    householdStatus,
    members: input.members.map((member, index) => ({
      key: member.memberId ? memberBehind(context, survey, member.memberId)!.key : null,
      surname: member.surname!.trim(),
      givenName: member.givenName!.trim(),
      birthDate: member.birthDate!,
      occupation: member.occupation ?? null,
      taxIncome: moneyOf(member.taxIncome),
      taxNotice: notices.get(index) ?? null,
    })),
  };
  return {
    payload,
    keep: async (store, { id }) => {
      const files = [...notices.values()];
      const attached = await attachFiles(context, store, purpose, files, id);
      return attached ? [] : [...notices.keys()].map(notUsable);
    },
  };
}

const notUsable = (index: number): AnswerFault => ({
  code: "UPLOAD_NOT_USABLE",
  field: fieldOf(index, "taxNoticeUploadId"),
});

const moneyOf = (typed: string | null | undefined) =>
  typed ? { amount: amountOf(typed)!, currency: "EUR" as const } : null;

/** The notices that were sent, by the place of their member. */
async function noticesOf(context: RequestContext, members: readonly TypedMember[]) {
  const notices = new Map<number, FileRef>();
  const faults: AnswerFault[] = [];
  const used = new Set<string>();
  for (const [index, { taxNoticeUploadId }] of members.entries()) {
    if (!taxNoticeUploadId) continue;
    const [file] = (await uploadedFiles(context, purpose, [taxNoticeUploadId])) ?? [];
    if (file && !used.has(file.uploadId)) notices.set(index, file);
    else faults.push(notUsable(index));
    if (file) used.add(file.uploadId);
  }
  return { notices, faults };
}

/** What an answer lacks: what no answer may do without, and what an incomplete one may. */
function wholeFaults(
  context: RequestContext,
  survey: Survey,
  input: TypedAnswer,
): readonly AnswerFault[] {
  const { members, householdStatus, certified, allowIncomplete } = input;
  const incomplete = allowIncomplete && context.landlord.surveys.incompleteAllowed;
  return [
    ...(certified ? [] : [{ code: "NOT_CERTIFIED", field: ["certified"] } as const]),
    ...(householdStatus ? [] : [required(["householdStatus"], "householdStatus")]),
    ...(members.length > 0 ? [] : [{ code: "NOBODY", field: ["members"] } as const]),
    ...members.flatMap((member, index) => [
      ...neededFaults(member, index, ["surname", "givenName", "birthDate"]),
      ...(incomplete ? [] : lackFaults(context, survey, member, index)),
    ]),
  ];
}

type Needed = "surname" | "givenName" | "birthDate" | "occupation" | "taxIncome";

const required = (field: readonly string[], name: keyof typeof labels): AnswerFault => ({
  code: "REQUIRED",
  field,
  values: { label: labels[name] },
});

const neededFaults = (member: TypedMember, index: number, names: readonly Needed[]) =>
  names.filter((name) => !member[name]?.trim()).map((name) => required(fieldOf(index, name), name));

function lackFaults(
  context: RequestContext,
  survey: Survey,
  member: TypedMember,
  index: number,
): AnswerFault[] {
  const known = member.memberId ? memberBehind(context, survey, member.memberId) : null;
  const asked = (known?.taxNoticeNeeded ?? false) || isAdult(member.birthDate, survey.year);
  const faults = neededFaults(member, index, asked ? ["occupation", "taxIncome"] : ["occupation"]);
  const lacks = asked && !known?.taxNoticeReceived && !member.taxNoticeUploadId;
  if (!lacks) return faults;
  const label = [member.givenName, member.surname].join(" ").trim();
  const field = fieldOf(index, "taxNoticeUploadId");
  return [...faults, { code: "MISSING_TAX_NOTICE", field, values: { label } }];
}

/** The tax notice of every adult is wanted: whoever was one when the survey's year began. */
const isAdult = (birthDate: string | null | undefined, year: number): boolean =>
  typeof birthDate === "string" && birthDate <= `${year - 18}-01-01`;
