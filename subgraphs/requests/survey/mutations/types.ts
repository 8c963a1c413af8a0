import "reflect-metadata";
import { Field, ID, InputType, ObjectType } from "type-graphql";
import { Change } from "../../../kernel/change-types.ts";
import { DateScalar, DecimalScalar } from "../../../kernel/scalars.ts";
import { idempotencyKeyDescription } from "../../../kernel/shared-inputs.ts";
import { errorsDescription, userErrorsOf, type UserError } from "../../../kernel/user-errors.ts";
import { answerMessages, draftMessages } from "../messages.ts";
import { HouseholdStatusEnum, OccupationEnum, SurveyDraft } from "../types.ts";
import type { Activity, Household, TypedAnswer, TypedDraft, TypedMember } from "../typed.ts";

@InputType({ description: "Somebody of the household, as typed. A draft may leave anything out." })
export class SurveyMemberInput implements TypedMember {
  @Field(() => ID, {
    nullable: true,
    description: "`SurveyMember.id`; left out for somebody whom the landlord does not know yet.",
  })
  memberId?: string | null;

  @Field(() => String, { nullable: true, description: "Nom: 80 characters at most." })
  surname?: string | null;

  @Field(() => String, { nullable: true, description: "Prénom: 80 characters at most." })
  givenName?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "Date de naissance." })
  birthDate?: string | null;

  @Field(() => OccupationEnum, { nullable: true, description: "Activité." })
  occupation?: Activity;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: "Revenu fiscal de référence, as on the tax notice, in euros.",
  })
  taxIncome?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "Avis d'imposition that was sent: an id of `startUpload` with TAX_NOTICE.",
  })
  taxNoticeUploadId?: string | null;
}

@InputType({ description: "What is written so far. It takes the place of the draft before." })
export class SaveSurveyDraftInput implements TypedDraft {
  @Field(() => ID, { description: "`Survey.id`." })
  surveyId!: string;

  @Field(() => HouseholdStatusEnum, { nullable: true, description: "Situation familiale." })
  householdStatus?: Household;

  @Field(() => [SurveyMemberInput], { description: "Composition du foyer: 20 at most." })
  members!: SurveyMemberInput[];
}

const SaveSurveyDraftUserError = userErrorsOf("SaveSurveyDraft", draftMessages);

@ObjectType({ simpleResolvers: true, description: "What became of `saveSurveyDraft`." })
export class SaveSurveyDraftPayload {
  @Field(() => SurveyDraft, { nullable: true, description: "Null when there are user errors." })
  draft!: SurveyDraft | null;

  @Field(() => [SaveSurveyDraftUserError], { description: errorsDescription })
  userErrors!: UserError[];
}

@InputType({ description: "The whole answer. Whoever is not named has left the household." })
export class SubmitSurveyInput implements TypedAnswer {
  @Field(() => ID, { description: "`Survey.id`." })
  surveyId!: string;

  @Field(() => HouseholdStatusEnum, { nullable: true, description: "Situation familiale." })
  householdStatus?: Household;

  @Field(() => [SurveyMemberInput], { description: "Composition du foyer: 1 to 20." })
  members!: SurveyMemberInput[];

  @Field(() => Boolean, {
    description: "That all this is true (je certifie l'exactitude): must be said.",
  })
  certified!: boolean;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      "Send it although incomes, occupations or tax notices lack, where the survey says `incompleteAllowed`. It is then INCOMPLETE, and can be answered again.",
  })
  allowIncomplete!: boolean;

  @Field(() => String, { description: idempotencyKeyDescription })
  idempotencyKey!: string;
}

const SubmitSurveyUserError = userErrorsOf("SubmitSurvey", answerMessages);

@ObjectType({ simpleResolvers: true, description: "What became of `submitSurvey`." })
export class SubmitSurveyPayload {
  @Field(() => Change, { nullable: true, description: "Null when there are user errors." })
  change!: Change | null;

  @Field(() => [SubmitSurveyUserError], { description: errorsDescription })
  userErrors!: UserError[];
}
