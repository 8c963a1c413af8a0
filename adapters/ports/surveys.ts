/**
 * Enquêtes sociales: SLS yearly (CCH art. L441-9), OPS every two years (CCH art. L442-5). The answer
 * is due within a month, with the tax notice of every adult of the household.
 */
import { z } from "zod";
import { changePort, FileRef } from "./changes.ts";
import { ofOnePerson } from "./keep.ts";
import { port, read, type BatchRead } from "./port.ts";
import { Day, Key, Money, Text, Typed } from "./values.ts";

/** What a member of the household lives on. */
export const Occupation = z.enum([
  "EMPLOYED",
  "SELF_EMPLOYED",
  "JOBSEEKER",
  "RETIRED",
  "STUDENT",
  "AT_HOME",
  "CHILD",
  "OTHER",
]);

const memberOf = (text: typeof Text) => ({
  surname: text.max(80),
  givenName: text.max(80),
  birthDate: Day,
  /** Null as long as it has not been said. */
  occupation: Occupation.nullable(),
  /** Revenu fiscal de référence of the tax notice; null as long as it has not been said. */
  taxIncome: Money.nullable(),
});

export const SurveyMember = z.strictObject({
  key: Key,
  ...memberOf(Text),
  /** Whether the survey wants a tax notice (avis d'imposition) of this member. */
  taxNoticeNeeded: z.boolean(),
  /** Whether the landlord has it. */
  taxNoticeReceived: z.boolean(),
});
export type SurveyMember = z.infer<typeof SurveyMember>;

export const HouseholdStatus = z.enum([
  "SINGLE",
  "MARRIED",
  "CIVIL_PARTNERSHIP",
  "COHABITING",
  "DIVORCED",
  "WIDOWED",
]);

export const Survey = z.strictObject({
  key: Key,
  contractKey: Key,
  kind: z.enum(["SLS", "OPS"]),
  year: z.int().min(2000).max(2200),
  dueDate: Day,
  /** OPEN: not answered. INCOMPLETE: answered, something lacks. VALIDATED: done. CLOSED: too late. */
  status: z.enum(["OPEN", "INCOMPLETE", "VALIDATED", "CLOSED"]),
  /** As the landlord knows it, or as it was answered last. */
  householdStatus: HouseholdStatus.nullable(),
  members: z.array(SurveyMember).min(1),
});
export type Survey = z.infer<typeof Survey>;

export interface Surveys {
  /** The surveys of the last two years, newest first, per contract key. */
  ofContracts: BatchRead<string, Survey[]>;
}
export const surveys = port<Surveys>("surveys", {
  ofContracts: read(z.array(Survey), ofOnePerson),
});

export const SurveyAnswer = z.strictObject({
  surveyKey: Key,
  householdStatus: HouseholdStatus,
  members: z
    .array(
      z.strictObject({
        /** Null for somebody whom the landlord does not know yet. */
        key: Key.nullable(),
        ...memberOf(Typed),
        taxNotice: FileRef.nullable(),
      }),
    )
    .min(1)
    .max(20),
});
export type SurveyAnswer = z.infer<typeof SurveyAnswer>;
/** Réponse à l'enquête. Applied: the survey is then VALIDATED, or INCOMPLETE where something lacks. */
export const surveyAnswers = changePort("surveyAnswers", "CONTRACT", SurveyAnswer);
