import { Directive, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Change } from "../../kernel/change-types.ts";
import { idempotencyKeyDescription } from "../../kernel/shared-inputs.ts";
import { errorsDescription, userErrorsOf, type UserError } from "../../kernel/user-errors.ts";
import {
  bicDescription,
  currentPasswordDescription,
  holderDescription,
  ibanDescription,
} from "../bank/types.ts";
import { changeDayMessages, stopMessages, subscribeMessages } from "./messages.ts";
import type { TypedSubscription } from "./subscribe.ts";

const SubscribeDirectDebitUserError = userErrorsOf("SubscribeDirectDebit", subscribeMessages);
const ChangeDirectDebitDayUserError = userErrorsOf("ChangeDirectDebitDay", changeDayMessages);
const StopDirectDebitUserError = userErrorsOf("StopDirectDebit", stopMessages);

const changeDescription = "Null when there are user errors.";

@ObjectType({
  simpleResolvers: true,
  description: "Who debits, as a mandate names it (créancier).",
})
export class SepaCreditor {
  @Field(() => String, { description: "Name." })
  name!: string;

  @Field(() => String, { description: "Identifiant créancier SEPA (ICS)." })
  identifier!: string;

  @Field(() => String, {
    description:
      "The mandate (mandat de prélèvement SEPA), in the language asked for: to be shown before it is accepted.",
  })
  mandateText!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: "How the landlord debits (prélèvement automatique).",
})
export class DirectDebitTerms {
  @Field(() => [Int], {
    description: "Days of the month that may be chosen; empty when none can be.",
  })
  days!: number[];

  @Field(() => SepaCreditor, {
    nullable: true,
    description: "Null where nobody can subscribe online.",
  })
  creditor!: SepaCreditor | null;
}

@InputType({
  description: "A mandate to pay a contract by direct debit (prélèvement automatique).",
})
export class SubscribeDirectDebitInput implements TypedSubscription {
  @Field(() => ID, { description: "`Contract.id`." })
  contractId!: string;

  @Field(() => String, { description: ibanDescription })
  iban!: string;

  @Field(() => String, { nullable: true, description: bicDescription })
  bic?: string | null;

  @Field(() => String, { description: holderDescription })
  holder!: string;

  @Field(() => Int, {
    nullable: true,
    description: "One of `DirectDebitTerms.days`; left out where the landlord lets none be chosen.",
  })
  day?: number | null;

  @Field(() => Boolean, {
    description: "That the person has read `SepaCreditor.mandateText` and accepts it.",
  })
  mandateAccepted!: boolean;

  @Field(() => String, { description: currentPasswordDescription })
  currentPassword!: string;

  @Field(() => String, { description: idempotencyKeyDescription })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: "What became of `subscribeDirectDebit`." })
export class SubscribeDirectDebitPayload {
  @Field(() => Change, { nullable: true, description: changeDescription })
  change!: Change | null;

  @Field(() => [SubscribeDirectDebitUserError], { description: errorsDescription })
  userErrors!: UserError[];
}

@InputType({ description: "Another day for a direct debit." })
export class ChangeDirectDebitDayInput {
  @Field(() => ID, { description: "`Contract.id`." })
  contractId!: string;

  @Field(() => Int, { description: "One of `DirectDebitTerms.days`." })
  day!: number;

  @Field(() => String, { description: idempotencyKeyDescription })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: "What became of `changeDirectDebitDay`." })
export class ChangeDirectDebitDayPayload {
  @Field(() => Change, { nullable: true, description: changeDescription })
  change!: Change | null;

  @Field(() => [ChangeDirectDebitDayUserError], { description: errorsDescription })
  userErrors!: UserError[];
}

@InputType({ description: "The end of a direct debit." })
export class StopDirectDebitInput {
  @Field(() => ID, { description: "`Contract.id`." })
  contractId!: string;

  @Field(() => String, { description: idempotencyKeyDescription })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: "What became of `stopDirectDebit`." })
export class StopDirectDebitPayload {
  @Field(() => Change, { nullable: true, description: changeDescription })
  change!: Change | null;

  @Field(() => [StopDirectDebitUserError], { description: errorsDescription })
  userErrors!: UserError[];
}

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true })
export class Landlord {
  @Field(() => ID)
  id!: string;
}
