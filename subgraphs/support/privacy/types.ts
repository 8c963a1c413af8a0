import { Field, InputType, Int, ObjectType } from "type-graphql";
import type { AccountErased } from "../../kernel/account-erasure.ts";
import { DateTimeScalar } from "../../kernel/scalars.ts";
import { errorsDescription, userErrorsOf, type UserError } from "../../kernel/user-errors.ts";
import { eraseMessages, exportMessages } from "./messages.ts";

const whose =
  "The address that the person signs in with, or the identifier that the landlord gave them.";

@InputType({ description: "To whom a copy of their data is sent, and why." })
export class SendDataExportInput {
  @Field(() => String, { description: whose })
  email!: string;

  @Field(() => String, {
    description: "Why: 10 to 500 characters, such as the date of the person's letter.",
  })
  reason!: string;
}

const SendDataExportUserError = userErrorsOf("SendDataExport", exportMessages);

@ObjectType({ simpleResolvers: true, description: "What came of `sendDataExport`." })
export class SendDataExportPayload {
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Until when the link is good, once. Null when there are user errors.",
  })
  expiresAt!: string | null;

  @Field(() => [SendDataExportUserError], { description: errorsDescription })
  userErrors!: UserError[];
}

@InputType({ description: "Whose account is erased, and why." })
export class EraseAccountOnRequestInput {
  @Field(() => String, { description: whose })
  email!: string;

  @Field(() => String, {
    description:
      "Why: 10 to 500 characters, such as the date of the person's letter. Kept for three years as the proof of it: name nobody.",
  })
  reason!: string;

  @Field(() => String, { description: "The password of whoever does it." })
  currentPassword!: string;
}

const EraseAccountOnRequestUserError = userErrorsOf("EraseAccountOnRequest", eraseMessages);

@ObjectType({ simpleResolvers: true, description: "What came of `eraseAccountOnRequest`." })
export class EraseAccountOnRequestPayload implements AccountErased {
  @Field(() => Boolean, { description: "Whether it is erased, and all sessions with it." })
  erased!: boolean;

  @Field(() => Int, {
    description:
      "Changes that had not been handed over to the landlord's system: it will not get them.",
  })
  cancelledChanges!: number;

  @Field(() => Int, {
    description:
      "Changes and payments that are under way: they end first, and are then erased too.",
  })
  underWay!: number;

  @Field(() => [String], {
    description:
      "What is kept, by whom and why, for the answer to the person, in the language of the request.",
  })
  notices!: readonly string[];

  @Field(() => [EraseAccountOnRequestUserError], { description: errorsDescription })
  userErrors!: UserError[];
}
