import { Field, ID, InputType, ObjectType } from "type-graphql";
import { Change } from "../../kernel/change-types.ts";
import { idempotencyKeyDescription } from "../../kernel/shared-inputs.ts";
import { errorsDescription, userErrorsOf, type UserError } from "../../kernel/user-errors.ts";
import { replaceBankDetailsMessages, type TypedReplacement } from "./replace.ts";

const ReplaceBankDetailsUserError = userErrorsOf("ReplaceBankDetails", replaceBankDetailsMessages);

export const currentPasswordDescription =
  "The account's password, asked for again: a screen left open is not enough.";
export const ibanDescription =
  "As typed: spaces, hyphens and lower case do not matter. Of an account in the SEPA area. Kept sealed, shown only masked.";
export const bicDescription = "8 or 11 characters. Left out where the person does not know it.";
export const holderDescription = "Titulaire du compte: 70 characters at most.";

@InputType({ description: "The bank details that the landlord is to use from now on (RIB)." })
export class ReplaceBankDetailsInput implements TypedReplacement {
  @Field(() => ID, { description: "`Contract.id`." })
  contractId!: string;

  @Field(() => String, { description: ibanDescription })
  iban!: string;

  @Field(() => String, { nullable: true, description: bicDescription })
  bic?: string | null;

  @Field(() => String, { description: holderDescription })
  holder!: string;

  @Field(() => String, { description: currentPasswordDescription })
  currentPassword!: string;

  @Field(() => String, { description: idempotencyKeyDescription })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: "What became of `replaceBankDetails`." })
export class ReplaceBankDetailsPayload {
  @Field(() => Change, { nullable: true, description: "Null when there are user errors." })
  change!: Change | null;

  @Field(() => [ReplaceBankDetailsUserError], { description: errorsDescription })
  userErrors!: UserError[];
}
