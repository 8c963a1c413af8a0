import { Directive, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { DateScalar, DateTimeScalar } from "../kernel/scalars.ts";
import { MoneyType, PaymentMethod, PeriodType, connectionOf } from "../kernel/shared-types.ts";

export enum BalanceSide {
  DEBTOR = "DEBTOR",
  CREDITOR = "CREDITOR",
  SETTLED = "SETTLED",
}
registerEnumType(BalanceSide, {
  name: "BalanceSide",
  description: "Who owes whom.",
  valuesConfig: {
    DEBTOR: { description: "Solde débiteur: the tenant owes the landlord." },
    CREDITOR: { description: "Solde créditeur: the landlord owes the tenant." },
    SETTLED: { description: "Nothing is owed." },
  },
});

export enum Freshness {
  LIVE = "LIVE",
}
registerEnumType(Freshness, {
  name: "Freshness",
  description: "How the landlord's system was asked.",
  valuesConfig: { LIVE: { description: "For this very request." } },
});

export enum PaymentStatus {
  RECEIVED = "RECEIVED",
  PENDING = "PENDING",
  REJECTED = "REJECTED",
}
registerEnumType(PaymentStatus, {
  name: "PaymentStatus",
  description: "What became of a payment.",
  valuesConfig: {
    RECEIVED: { description: "Encaissé." },
    PENDING: { description: "En cours." },
    REJECTED: { description: "Impayé: the bank sent it back." },
  },
});

@ObjectType({
  simpleResolvers: true,
  description: "What is owed on a contract (solde). Never guess a sign: read `side`.",
})
export class Balance {
  @Field(() => MoneyType, { description: "How much, never negative." })
  amount!: MoneyType;

  @Field(() => BalanceSide, { description: "Who owes whom." })
  side!: string;

  @Field(() => Boolean, {
    description: "Whether a due date has passed with something owed (retard de paiement).",
  })
  late!: boolean;

  @Field(() => DateTimeScalar, {
    description: "When the landlord's system computed it: often the evening before.",
  })
  asOf!: string;

  @Field(() => Freshness, { description: "How the landlord's system was asked." })
  freshness!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: "One line of a contract's account (écriture, mouvement).",
})
export class AccountEntry {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => DateScalar, { description: "Day of the entry." })
  date!: string;

  @Field(() => String, { description: "Libellé, in the landlord's words." })
  label!: string;

  @Field(() => MoneyType, {
    nullable: true,
    description: "What was charged (débit); null on a credit.",
  })
  debit!: MoneyType | null;

  @Field(() => MoneyType, {
    nullable: true,
    description: "What was paid or given back (crédit); null on a debit.",
  })
  credit!: MoneyType | null;

  @Field(() => PeriodType, {
    nullable: true,
    description: "What the entry is for; null where it has no period.",
  })
  period!: PeriodType | null;
}
export const AccountEntryConnection = connectionOf("AccountEntry", () => AccountEntry);

@ObjectType({
  simpleResolvers: true,
  description: "A payment that the landlord's system has (paiement).",
})
export class Payment {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => DateScalar, { description: "Day of the payment." })
  date!: string;

  @Field(() => MoneyType, { description: "How much, never negative." })
  amount!: MoneyType;

  @Field(() => PaymentMethod, { description: "How it came." })
  method!: string;

  @Field(() => PaymentStatus, { description: "What became of it." })
  status!: string;
}
export const PaymentConnection = connectionOf("Payment", () => Payment);

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true })
export class Contract {
  @Field(() => ID)
  id!: string;

  /** The ERP's key. */
  key!: string;
}
