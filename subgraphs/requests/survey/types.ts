import "reflect-metadata";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { HouseholdStatus, Occupation } from "../../../adapters/ports/surveys.ts";
import { DateScalar, DateTimeScalar, DecimalScalar } from "../../kernel/scalars.ts";
import { MoneyType } from "../../kernel/shared-types.ts";

export const HouseholdStatusEnum = HouseholdStatus.enum;
registerEnumType(HouseholdStatusEnum, {
  name: "HouseholdStatus",
  description: "How a household lives together (situation familiale).",
  valuesConfig: {
    SINGLE: { description: "Célibataire." },
    MARRIED: { description: "Marié·e." },
    CIVIL_PARTNERSHIP: { description: "Pacsé·e." },
    COHABITING: { description: "En concubinage." },
    DIVORCED: { description: "Divorcé·e." },
    WIDOWED: { description: "Veuf, veuve." },
  },
});

export const OccupationEnum = Occupation.enum;
registerEnumType(OccupationEnum, {
  name: "Occupation",
  description: "What somebody lives on (activité).",
  valuesConfig: {
    EMPLOYED: { description: "Salarié·e." },
    SELF_EMPLOYED: { description: "Indépendant·e." },
    JOBSEEKER: { description: "Demandeur d'emploi." },
    RETIRED: { description: "Retraité·e." },
    STUDENT: { description: "Étudiant·e." },
    AT_HOME: { description: "Au foyer." },
    CHILD: { description: "Enfant." },
    OTHER: { description: "Anything else." },
  },
});

enum SurveyKind {
  SLS = "SLS",
  OPS = "OPS",
}
registerEnumType(SurveyKind, {
  name: "SurveyKind",
  description: "Which social survey (enquête sociale).",
  valuesConfig: {
    SLS: { description: "Supplément de loyer de solidarité: yearly (CCH art. L441-9)." },
    OPS: { description: "Occupation du parc social: every two years (CCH art. L442-5)." },
  },
});

enum SurveyStatus {
  OPEN = "OPEN",
  INCOMPLETE = "INCOMPLETE",
  VALIDATED = "VALIDATED",
  CLOSED = "CLOSED",
}
registerEnumType(SurveyStatus, {
  name: "SurveyStatus",
  description: "Where the answer to a survey stands.",
  valuesConfig: {
    OPEN: { description: "À remplir: not answered yet." },
    INCOMPLETE: {
      description: "Non validée: answered, something lacks. It can be answered again.",
    },
    VALIDATED: { description: "Validée: nothing lacks." },
    CLOSED: { description: "Close: too late." },
  },
});

@ObjectType({ simpleResolvers: true, description: "Somebody of whom a survey asks." })
export class SurveyMember {
  @Field(() => ID, { description: "Opaque; of this survey." })
  id!: string;

  @Field(() => String, { description: "Nom." })
  surname!: string;

  @Field(() => String, { description: "Prénom." })
  givenName!: string;

  @Field(() => DateScalar, { description: "Date de naissance." })
  birthDate!: string;

  @Field(() => OccupationEnum, { nullable: true, description: "Null as long as it was not said." })
  occupation!: string | null;

  @Field(() => MoneyType, {
    nullable: true,
    description: "Revenu fiscal de référence of the tax notice. Null as long as it was not said.",
  })
  taxIncome!: MoneyType | null;

  @Field(() => Boolean, {
    description: "Whether the survey wants a tax notice (avis d'imposition) of this person.",
  })
  taxNoticeNeeded!: boolean;

  @Field(() => Boolean, { description: "Whether the landlord has it." })
  taxNoticeReceived!: boolean;
}

@ObjectType({ simpleResolvers: true, description: "A tax notice that was sent for a draft." })
export class DraftTaxNotice {
  @Field(() => ID, { description: "For `taxNoticeUploadId`." })
  uploadId!: string;

  @Field(() => String, { description: "As the person named the file." })
  fileName!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: "Somebody in a draft; null is what is not said.",
})
export class SurveyDraftMember {
  @Field(() => ID, { nullable: true, description: "`SurveyMember.id`; null for somebody new." })
  memberId!: string | null;

  @Field(() => String, { nullable: true, description: "Nom." })
  surname!: string | null;

  @Field(() => String, { nullable: true, description: "Prénom." })
  givenName!: string | null;

  @Field(() => DateScalar, { nullable: true, description: "Date de naissance." })
  birthDate!: string | null;

  @Field(() => OccupationEnum, { nullable: true, description: "Activité." })
  occupation!: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: "Revenu fiscal de référence, euros." })
  taxIncome!: string | null;

  @Field(() => DraftTaxNotice, {
    nullable: true,
    description: "Null when none was sent, or it is kept no longer: then it is to be sent again.",
  })
  taxNotice!: DraftTaxNotice | null;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "What the viewer has written so far in answer to a survey (brouillon). Theirs alone.",
})
export class SurveyDraft {
  @Field(() => HouseholdStatusEnum, { nullable: true, description: "Situation familiale." })
  householdStatus!: string | null;

  @Field(() => [SurveyDraftMember], { description: "Composition du foyer." })
  members!: SurveyDraftMember[];

  @Field(() => DateTimeScalar, { description: "When it was saved." })
  savedAt!: string;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "A social survey (enquête sociale), as the landlord knows the household or as it was answered last.",
})
export class Survey {
  @Field(() => ID, { description: "Opaque; worthless to anybody else." })
  id!: string;

  @Field(() => SurveyKind, { description: "SLS or OPS." })
  kind!: string;

  @Field(() => Int, { description: "The year that it is about." })
  year!: number;

  @Field(() => DateScalar, { description: "By when an answer is due (à répondre avant le)." })
  dueDate!: string;

  @Field(() => SurveyStatus, { description: "Where the answer stands." })
  status!: string;

  @Field(() => HouseholdStatusEnum, {
    nullable: true,
    description: "Situation familiale. Null as long as it was not said.",
  })
  householdStatus!: string | null;

  @Field(() => [SurveyMember], { description: "Composition du foyer." })
  members!: SurveyMember[];

  @Field(() => Boolean, {
    description: "Whether an answer may be sent while something lacks: see `allowIncomplete`.",
  })
  incompleteAllowed!: boolean;

  /** Where its draft is. */
  place!: { readonly contractKey: string; readonly surveyKey: string };
}
