import { Field, ID, InputType, ObjectType } from "type-graphql";
import { Change } from "../../kernel/change-types.ts";
import { AddressInput, idempotencyKeyDescription } from "../../kernel/shared-inputs.ts";
import { errorsDescription, userErrorsOf, type UserError } from "../../kernel/user-errors.ts";
import { billingAddressMessages, type TypedBillingAddress } from "./billing-address.ts";

const ChangeBillingAddressUserError = userErrorsOf("ChangeBillingAddress", billingAddressMessages);

@InputType({ description: "To whom and where rent notices are to go from now on." })
export class ChangeBillingAddressInput implements TypedBillingAddress {
  @Field(() => ID, { description: "`Contract.id`." })
  contractId!: string;

  @Field(() => String, { description: "Destinataire: 80 characters at most." })
  recipient!: string;

  @Field(() => AddressInput, { description: "Where to." })
  address!: AddressInput;

  @Field(() => String, { description: idempotencyKeyDescription })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: "What became of `changeBillingAddress`." })
export class ChangeBillingAddressPayload {
  @Field(() => Change, { nullable: true, description: "Null when there are user errors." })
  change!: Change | null;

  @Field(() => [ChangeBillingAddressUserError], { description: errorsDescription })
  userErrors!: UserError[];
}
