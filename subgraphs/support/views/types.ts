import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { DateTimeScalar } from "../../kernel/scalars.ts";
import { connectionOf } from "../../kernel/shared-types.ts";
import { errorsDescription, userErrorsOf, type UserError } from "../../kernel/user-errors.ts";
import { SettleDecision } from "../types.ts";
import { beginMessages, endMessages } from "./messages.ts";
import { actKinds } from "./show.ts";

@ObjectType({
  simpleResolvers: true,
  description:
    "A time in which one of the landlord's people saw what a person sees (consultation), and could change nothing.",
})
export class SupportView {
  @Field(() => ID, { description: "Opaque id." })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: "Address of whoever looked. Null when that account is gone.",
  })
  staff!: string | null;

  @Field(() => String, { description: "Why, as they wrote it." })
  reason!: string;

  @Field(() => DateTimeScalar, { description: "When it began." })
  beganAt!: string;

  @Field(() => DateTimeScalar, { description: "When it ended or, at the latest, ends." })
  endsAt!: string;

  @Field(() => Boolean, { description: "Whether it has ended." })
  ended!: boolean;
}

export const SupportViewConnection = connectionOf("SupportView", () => SupportView);

registerEnumType(actKinds, {
  name: "SupportActKind",
  description: "What one of the landlord's people did.",
  valuesConfig: {
    SETTLE_CHANGE: { description: "Decided what becomes of a change: `settleChange`." },
    BEGIN_SUPPORT_VIEW: { description: "Began to look at a person's space." },
    END_SUPPORT_VIEW: { description: "Ended that before its time. Signing out does, too, unsaid." },
    VIEW_QUERY: { description: "Asked an operation in a support view." },
    VIEW_DOWNLOAD: { description: "Fetched a file in a support view." },
    VIEW_REFUSED: { description: "Tried to change something in a support view, in vain." },
    SEND_DATA_EXPORT: { description: "Sent a person a copy of their data: `sendDataExport`." },
    ERASE_ACCOUNT: { description: "Erased a person's account: `eraseAccountOnRequest`." },
  },
});

@ObjectType({
  simpleResolvers: true,
  description:
    "What one of the landlord's people did by hand. It was written down before it was done.",
})
export class SupportAct {
  @Field(() => actKinds, { description: "What." })
  kind!: string;

  @Field(() => DateTimeScalar, { description: "When." })
  at!: string;

  @Field(() => String, {
    nullable: true,
    description: "Address of whoever did it. Null when that account is gone.",
  })
  staff!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Why, as they wrote it. Null for what is done in a support view, and once the person's account was erased, but for why it was.",
  })
  reason!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "`SupportChange.receipt`. Null unless it is SETTLE_CHANGE.",
  })
  receipt!: string | null;

  @Field(() => SettleDecision, {
    nullable: true,
    description: "What was decided. Null unless it is SETTLE_CHANGE.",
  })
  decision!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Address of the person it was done for, or whose space was looked at. Null for SETTLE_CHANGE, and when that account is gone.",
  })
  account!: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "`SupportView.id`. Null outside of support views.",
  })
  supportViewId!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Name of the operation as it was asked, or the kind of file: `files`, `receipts`. Null where it had none.",
  })
  operationName!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "SHA-256 in hexadecimal of the operation's text, which is the id of a registered one; of a file's id for VIEW_DOWNLOAD.",
  })
  operationHash!: string | null;
}

export const SupportActConnection = connectionOf("SupportAct", () => SupportAct);

@InputType({ description: "Whose space is looked at, and why: `email` or `receipt`." })
export class BeginSupportViewInput {
  @Field(() => String, {
    nullable: true,
    description:
      "The address that the person signs in with, or the identifier that the landlord gave them.",
  })
  email?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What the person quotes of one of their changes: `SupportChange.receipt`.",
  })
  receipt?: string | null;

  @Field(() => String, {
    description: "Why: 10 to 500 characters. The person sees it, and is mailed it.",
  })
  reason!: string;
}

const BeginSupportViewUserError = userErrorsOf("BeginSupportView", beginMessages);

@ObjectType({ simpleResolvers: true, description: "What came of `beginSupportView`." })
export class BeginSupportViewPayload {
  @Field(() => String, {
    nullable: true,
    description:
      "For the `Authorization` header: queries are answered as the person sees them, and nothing can be changed. There is no refresh token. Null when there are user errors.",
  })
  accessToken!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      "When it ends at the latest: after 30 minutes. Before, when whoever began it signs out. Null when there are user errors.",
  })
  endsAt!: string | null;

  @Field(() => [BeginSupportViewUserError], { description: errorsDescription })
  userErrors!: UserError[];
}

@InputType({ description: "Which support view ends." })
export class EndSupportViewInput {
  @Field(() => ID, {
    nullable: true,
    description: "`SupportView.id`; the one that the access token is of unless given.",
  })
  supportViewId?: string | null;
}

const EndSupportViewUserError = userErrorsOf("EndSupportView", endMessages);

@ObjectType({ simpleResolvers: true, description: "What came of `endSupportView`." })
export class EndSupportViewPayload {
  @Field(() => Boolean, { description: "Whether it has ended now." })
  ended!: boolean;

  @Field(() => [EndSupportViewUserError], { description: errorsDescription })
  userErrors!: UserError[];
}
