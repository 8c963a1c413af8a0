import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import type { Payment } from "../../../store/payment-row.ts";
import { paymentStates } from "../../../store/payment-states.ts";
import { DateTimeScalar, DecimalScalar } from "../../kernel/scalars.ts";
import { idempotencyKeyDescription } from "../../kernel/shared-inputs.ts";
import { MoneyType, connectionOf } from "../../kernel/shared-types.ts";
import { errorsDescription, userErrorsOf, type UserError } from "../../kernel/user-errors.ts";
import { startPaymentMessages } from "./messages.ts";
import type { TypedPayment } from "./start.ts";

const CardPaymentStatus = Object.fromEntries(paymentStates.map((state) => [state, state]));
registerEnumType(CardPaymentStatus, {
  name: "CardPaymentStatus",
  description: "Where a payment on a provider's page stands.",
  valuesConfig: {
    CREATED: { description: "The provider is being asked for its page: ask again in a moment." },
    REDIRECTED: { description: "The page is open; what became of it is not known yet." },
    PAID: { description: "Payé: the provider says so. Final; `change` books it." },
    REFUSED: { description: "Refusé by the bank. A later try on the same page may still be paid." },
    ABANDONED: { description: "Abandonné by the person." },
    EXPIRED: { description: "Nobody paid while the page was open." },
    UNKNOWN: {
      description: "Nobody knows yet: it is being found out. For another try take a new key.",
    },
  },
});

const PaymentProviderName = { PAYFIP: "PAYFIP", LYRA: "LYRA" } as const;
registerEnumType(PaymentProviderName, {
  name: "PaymentProviderName",
  description: "Who takes payments for the landlord, on a page of its own.",
  valuesConfig: {
    PAYFIP: { description: "PayFiP, of the State, for public offices." },
    LYRA: { description: "Lyra (PayZen, Systempay)." },
  },
});

const RedirectMethod = { GET: "GET", POST: "POST" } as const;
registerEnumType(RedirectMethod, {
  name: "RedirectMethod",
  description: "How the browser gets to a page.",
  valuesConfig: {
    GET: { description: "By its address." },
    POST: { description: "By a form with `fields`, posted there." },
  },
});

@ObjectType({ simpleResolvers: true, description: "A field of a form, hidden from the person." })
export class RedirectField {
  @Field(() => String, { description: "Name of the input." })
  name!: string;

  @Field(() => String, { description: "Its value." })
  value!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: "Where the browser goes to pay: a page of the provider's, never within a frame.",
})
export class PaymentRedirect {
  @Field(() => RedirectMethod, { description: "How." })
  method!: string;

  @Field(() => String, { description: "Where to." })
  url!: string;

  @Field(() => [RedirectField], { description: "As they are, in a form; empty for GET." })
  fields!: RedirectField[];
}

@ObjectType({ description: "A payment on a provider's page (paiement en ligne)." })
export class CardPayment {
  @Field(() => ID, { description: "Opaque; worthless to anybody else." })
  id!: string;

  @Field(() => CardPaymentStatus, { description: "Where it stands." })
  status!: string;

  @Field(() => MoneyType, { description: "How much." })
  amount!: MoneyType;

  @Field(() => String, { description: "Of the contract it is for, as the landlord prints it." })
  contractNumber!: string;

  @Field(() => PaymentRedirect, {
    nullable: true,
    description: "Where to go to pay. Null when the page cannot be opened, or not any more.",
  })
  redirect!: PaymentRedirect | null;

  @Field(() => DateTimeScalar, { description: "When it was begun." })
  startedAt!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "From then on the page cannot be opened. Null before there is one.",
  })
  expiresAt!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "Null unless it is PAID." })
  paidAt!: string | null;

  kept!: Payment;
}
export const CardPaymentConnection = connectionOf("CardPayment", () => CardPayment);

@ObjectType({
  simpleResolvers: true,
  description: "How a contract can be paid online: what the form is drawn from.",
})
export class PaymentOptions {
  @Field(() => PaymentProviderName, { description: "On whose page." })
  provider!: string;

  @Field(() => Boolean, {
    description: "False where nothing can be paid for this contract: it has ended, say.",
  })
  payable!: boolean;

  @Field(() => Boolean, {
    description:
      "Whether another amount than the whole that is owed may be paid (paiement partiel).",
  })
  partial!: boolean;

  @Field(() => MoneyType, { description: "The least amount." })
  minimum!: MoneyType;

  @Field(() => MoneyType, { description: "The greatest amount." })
  maximum!: MoneyType;

  @Field(() => MoneyType, {
    nullable: true,
    description: "What to offer: what is owed. Null where nothing is, or nobody knows.",
  })
  suggestedAmount!: MoneyType | null;
}

@InputType({ description: "A payment to begin." })
export class StartPaymentInput implements TypedPayment {
  @Field(() => ID, { description: "`Contract.id`: each contract is paid on its own." })
  contractId!: string;

  @Field(() => DecimalScalar, { description: "In euros, within `PaymentOptions`." })
  amount!: string;

  @Field(() => String, { description: idempotencyKeyDescription })
  idempotencyKey!: string;
}

const StartPaymentUserError = userErrorsOf("StartPayment", startPaymentMessages);

@ObjectType({ simpleResolvers: true, description: "What became of `startPayment`." })
export class StartPaymentPayload {
  @Field(() => CardPayment, { nullable: true, description: "Null when there are user errors." })
  payment!: CardPayment | null;

  @Field(() => [StartPaymentUserError], { description: errorsDescription })
  userErrors!: UserError[];
}
