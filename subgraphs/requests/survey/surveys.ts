import { surveys, type Survey as SurveyRecord } from "../../../adapters/ports/surveys.ts";
import type { RequestContext } from "../../kernel/context.ts";
import { fail } from "../../kernel/errors.ts";
import { load } from "../../kernel/loaders.ts";
import { ownThing } from "../../kernel/ownership.ts";
import type { Survey } from "./types.ts";

export async function surveysOf(context: RequestContext, contractKey: string): Promise<Survey[]> {
  const found = await load(context, surveys, "ofContracts", contractKey);
  return found.map((record) => show(context, record));
}

function show(context: RequestContext, record: SurveyRecord): Survey {
  const { key: surveyKey, contractKey, members, ...shown } = record;
  return {
    ...shown,
    id: context.ids.seal("Survey", contractKey, surveyKey),
    members: members.map(({ key, ...member }) => ({
      ...member,
      id: memberId(context, record, key),
    })),
    incompleteAllowed: context.landlord.surveys.incompleteAllowed,
    place: { contractKey, surveyKey },
  };
}

type Named = Pick<SurveyRecord, "key" | "contractKey">;

export const memberId = ({ ids }: RequestContext, { contractKey, key }: Named, member: string) =>
  ids.seal("SurveyMember", contractKey, key, member);

/** Null for what is no id of a member of this survey. */
export function memberBehind(
  { ids }: RequestContext,
  survey: SurveyRecord,
  id: string,
): SurveyRecord["members"][number] | null {
  const [contractKey, surveyKey, member] = ids.open("SurveyMember", id) ?? [];
  if (contractKey !== survey.contractKey || surveyKey !== survey.key) return null;
  return survey.members.find(({ key }) => key === member) ?? null;
}

/** Throws NOT_FOUND for what does not exist or is somebody else's. */
export async function ownSurvey(context: RequestContext, id: string): Promise<SurveyRecord> {
  const keys = await ownThing(context, "Survey", id);
  // Where there are no surveys there is no id of one.
  const served = context.ports.served.includes(surveys.name);
  const found = keys && served ? await load(context, surveys, "ofContracts", keys.contractKey) : [];
  const survey = found.find(({ key }) => key === keys?.key);
  if (!survey) throw fail(context, "NOT_FOUND");
  return survey;
}
