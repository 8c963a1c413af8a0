import type { SurveyAnswer } from "../../../adapters/ports/surveys.ts";

export type Household = SurveyAnswer["householdStatus"] | null;
export type Activity = SurveyAnswer["members"][number]["occupation"];

/** Somebody of the household, as typed. */
export interface TypedMember {
  readonly memberId?: string | null;
  readonly surname?: string | null;
  readonly givenName?: string | null;
  readonly birthDate?: string | null;
  readonly occupation?: Activity;
  readonly taxIncome?: string | null;
  readonly taxNoticeUploadId?: string | null;
}

export interface TypedDraft {
  readonly surveyId: string;
  readonly householdStatus?: Household;
  readonly members: readonly TypedMember[];
}

export interface TypedAnswer extends TypedDraft {
  readonly certified: boolean;
  readonly allowIncomplete: boolean;
  readonly idempotencyKey: string;
}
