import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Decision } from "../../store/change-support.ts";
import { ChangeKindType, ChangeRejection, ChangeStatusType } from "../kernel/change-types.ts";
import { leavingTable } from "../kernel/errors.ts";
import { DateTimeScalar } from "../kernel/scalars.ts";
import { connectionOf } from "../kernel/shared-types.ts";
import { errorsDescription, userErrorsOf, type UserError } from "../kernel/user-errors.ts";
import { driftParts, driftSeverities, driftStatuses } from "./drift.ts";
import { settleMessages } from "./messages.ts";

@Directive('@key(fields: "id")')
@ObjectType({ description: "Whoever is signed in." })
export class Viewer {
  @Field(() => ID, { description: "Opaque id of the account." })
  id!: string;
}

const ErrorCode = Object.fromEntries(Object.keys(leavingTable).map((code) => [code, code]));
registerEnumType(ErrorCode, {
  name: "ErrorCode",
  description: "What `extensions.code` of an error says, too.",
  valuesConfig: Object.fromEntries(
    Object.entries(leavingTable).map(([code, { meaning }]) => [code, { description: meaning }]),
  ),
});

@ObjectType({
  simpleResolvers: true,
  description: "A step of a change on its way. Steps that are the same, in a row, are one.",
})
export class SupportChangeEvent {
  @Field(() => DateTimeScalar, { description: "When." })
  at!: string;

  @Field(() => DateTimeScalar, { description: "When the last of them was; `at` when it is one." })
  lastAt!: string;

  @Field(() => Int, { description: "How many they are." })
  times!: number;

  @Field(() => ChangeStatusType, { description: "Where the change stood." })
  from!: string;

  @Field(() => ChangeStatusType, { description: "Where it stood then." })
  to!: string;

  @Field(() => ErrorCode, {
    nullable: true,
    description: "What went wrong. Null when nothing did.",
  })
  errorCode!: string | null;

  @Field(() => Int, { description: "How often it had been sent by then." })
  attempt!: number;

  @Field(() => String, {
    nullable: true,
    description:
      "Address of whoever settled it by hand. Null when nobody did, or that account is gone.",
  })
  settledBy!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Why, as they wrote it. Null when nobody settled it by hand.",
  })
  reason!: string | null;
}

@ObjectType({
  description:
    "A change as the landlord's people see it: where it stands and why, nothing of what was asked for.",
})
export class SupportChange {
  @Field(() => String, { description: "What the person quotes: `Change.receipt`." })
  receipt!: string;

  @Field(() => ChangeKindType, { description: "What it is about." })
  kind!: string;

  @Field(() => ChangeStatusType, { description: "Where it stands." })
  status!: string;

  @Field(() => DateTimeScalar, { description: "When it was acknowledged." })
  submittedAt!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "By when the person was told that it is in force. Null where nothing was told.",
  })
  effectiveBy!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When it was applied or refused. Null until then.",
  })
  endedAt!: string | null;

  @Field(() => ChangeRejection, {
    nullable: true,
    description: "Why it was refused. Null unless it is REJECTED.",
  })
  rejection!: ChangeRejection | null;

  @Field(() => ID, {
    nullable: true,
    description: "`Contract.id`. Null for a change about a person.",
  })
  contractId!: string | null;

  @Field(() => Int, { description: "How often it was sent." })
  attempts!: number;

  @Field(() => ErrorCode, {
    nullable: true,
    description: "What went wrong last. Null when nothing did.",
  })
  lastErrorCode!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      "Since when the ERP says that it is applied, and does not show it: look there. Null where that is not so.",
  })
  unconfirmedSince!: string | null;

  @Field(() => Boolean, {
    description: "Whether later changes of the same contract or person wait for it, or would.",
  })
  oldestInLane!: boolean;

  @Field(() => Boolean, {
    description: "Whether it takes longer than the landlord's file allows before somebody looks.",
  })
  overdue!: boolean;
}

export const SupportChangeConnection = connectionOf("SupportChange", () => SupportChange);

@ObjectType({ simpleResolvers: true, description: "What the landlord's own people see." })
export class Support {
  @Field(() => Int, {
    description: "How many changes somebody must look at: they NEED_ATTENTION, or are overdue.",
  })
  changesNeedingAttention!: number;
}

registerEnumType(driftStatuses, {
  name: "ErpDriftStatus",
  description: "Whether the ERP still is what its adapter was written for.",
  valuesConfig: {
    SAME: { description: "Nothing has changed." },
    COMPATIBLE: { description: "There is more than before, and nothing that breaks." },
    BREAKING: { description: "Something has changed by which calls may fail." },
    NOT_COMPARABLE: { description: "Nothing can be said: see `obstacle`." },
  },
});
registerEnumType(driftSeverities, {
  name: "ErpDriftSeverity",
  description: "What a difference does.",
  valuesConfig: {
    BREAKING: { description: "Calls, or the reading of their answers, may fail." },
    COMPATIBLE: { description: "Nothing that is done today is touched." },
  },
});
registerEnumType(driftParts, {
  name: "ErpDriftPart",
  description: "Where in an operation a difference is.",
  valuesConfig: {
    OPERATION: { description: "The operation itself." },
    REQUEST: { description: "What is sent to the ERP." },
    ANSWER: { description: "What the ERP answers." },
  },
});

@ObjectType({
  simpleResolvers: true,
  description: "One thing that the ERP describes otherwise than it did.",
})
export class ErpDriftDifference {
  @Field(() => String, {
    nullable: true,
    description:
      "The operation, as the ERP's WSDL or OpenAPI file names it. Null for what is about all of them.",
  })
  operation!: string | null;

  @Field(() => driftParts, { description: "Where in the operation it is." })
  part!: string;

  @Field(() => String, {
    nullable: true,
    description: "The field, like `Adresse.Ville`. Null for what is about the whole part.",
  })
  field!: string | null;

  @Field(() => String, {
    description: "What has changed, in English: for whoever keeps the adapter.",
  })
  change!: string;

  @Field(() => driftSeverities, { description: "What it does." })
  severity!: string;

  @Field(() => [String], {
    description: "The names of the house's ports that hang on the operation; none where none does.",
  })
  ports!: readonly string[];
}

@ObjectType({
  simpleResolvers: true,
  description:
    "What the landlord's ERP describes of its interface now, against what its adapter was written for.",
})
export class ErpDrift {
  @Field(() => driftStatuses, { description: "All in one word." })
  status!: string;

  @Field(() => DateTimeScalar, { description: "When it was last looked." })
  checkedAt!: string;

  @Field(() => DateTimeScalar, { description: "Since when it was found to be so." })
  changedAt!: string;

  @Field(() => String, {
    nullable: true,
    description: "Why nothing can be said, in English. Null unless it is NOT_COMPARABLE.",
  })
  obstacle!: string | null;

  @Field(() => [ErpDriftDifference], { description: "What breaks first; 500 at the most." })
  differences!: ErpDriftDifference[];

  @Field(() => Int, { description: "How many more there are." })
  furtherCount!: number;
}

@ObjectType({ simpleResolvers: true, description: "The landlord's ERP, for whoever runs it." })
export class SupportErp {
  @Field(() => String, { description: "The product, like `pavois`: which adapter serves it." })
  product!: string;

  @Field(() => ErpDrift, {
    nullable: true,
    description:
      "Whether its interface has changed. Null until it was looked for the first time, and where that is switched off or the ERP describes nothing.",
  })
  drift!: ErpDrift | null;
}

export const SettleDecision: { [D in Decision]: D } = {
  APPLIED: "APPLIED",
  REJECTED: "REJECTED",
  SEND_AGAIN: "SEND_AGAIN",
};
registerEnumType(SettleDecision, {
  name: "SettleDecision",
  description: "What a person found out about a change.",
  valuesConfig: {
    APPLIED: { description: "The landlord's system has it: it is in force." },
    REJECTED: {
      description: "The landlord will not apply it; the person who asked is mailed so.",
    },
    SEND_AGAIN: {
      description:
        "The landlord's system certainly has nothing of it: it is sent once more. One that is UNKNOWN is only held, as NEEDS_ATTENTION: look at the landlord's system again, then decide again.",
    },
  },
});

@InputType({ description: "What is decided of which change." })
export class SettleChangeInput {
  @Field(() => String, { description: "`SupportChange.receipt`." })
  receipt!: string;

  @Field(() => SettleDecision, { description: "What becomes of it." })
  decision!: Decision;

  @Field(() => String, {
    description:
      "How this was found out, for whoever asks later: 1 to 500 characters. Shown to the landlord's people only.",
  })
  reason!: string;
}

const SettleChangeUserError = userErrorsOf("SettleChange", settleMessages);

@ObjectType({ simpleResolvers: true, description: "What became of `settleChange`." })
export class SettleChangePayload {
  @Field(() => SupportChange, { nullable: true, description: "Null when there are user errors." })
  change!: SupportChange | null;

  @Field(() => [SettleChangeUserError], { description: errorsDescription })
  userErrors!: UserError[];
}
