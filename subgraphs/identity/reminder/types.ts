import "reflect-metadata";
import { Field, InputType, ObjectType } from "type-graphql";
import { DateScalar } from "../../kernel/scalars.ts";
import type { TypedProof } from "../form.ts";
import { errorsDescription, type UserError } from "../../kernel/user-errors.ts";
import { userErrorsOf } from "../user-error/types.ts";
import { reminderCodes } from "./reminder.ts";

const RequestIdentifierReminderUserError = userErrorsOf("RequestIdentifierReminder", reminderCodes);

@InputType({
  description:
    "Who forgot what to sign in with: the fields of `Landlord.registrationForm` of the same names, as typed.",
})
export class RequestIdentifierReminderInput implements TypedProof {
  @Field(() => String, {
    description: "Customer reference or contract number, as people write it: `L/1234567`.",
  })
  reference!: string;

  @Field(() => String, { nullable: true, description: "Nom, as the rent notice prints it." })
  surname?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Prénom, as the rent notice prints it. It tells signatories of the same surname apart (`GIVEN_NAME_NEEDED`).",
  })
  givenName?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "Date de naissance." })
  birthDate?: string | null;
}

@ObjectType({ simpleResolvers: true, description: "What `requestIdentifierReminder` answers." })
export class RequestIdentifierReminderPayload {
  @Field(() => Boolean, {
    description: "Whether it was looked into. It is not told whether there is such an account.",
  })
  accepted!: boolean;

  @Field(() => [RequestIdentifierReminderUserError], { description: errorsDescription })
  userErrors!: UserError[];
}
