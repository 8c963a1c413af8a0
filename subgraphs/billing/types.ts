import { Directive, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { DateScalar, DateTimeScalar } from "../kernel/scalars.ts";
import {
  Freshness,
  MoneyType,
  PaymentMethod,
  PeriodType,
  aboutFreshness,
  connectionOf,
} from "../kernel/shared-types.ts";

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

  @Field(() => Freshness, { description: aboutFreshness.freshness })
  freshness!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: aboutFreshness.readAt })
  readAt!: string | null;
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

export enum LedgerKind {
  TENANT = "TENANT",
  CO_OWNER = "CO_OWNER",
  OWNER = "OWNER",
}
registerEnumType(LedgerKind, {
  name: "LedgerKind",
  description: "As what somebody has an account with the landlord.",
  valuesConfig: {
    TENANT: { description: "Compte locataire." },
    CO_OWNER: { description: "Compte copropriétaire." },
    OWNER: { description: "Compte propriétaire." },
  },
});

@ObjectType({
  simpleResolvers: true,
  description: "An account of a person with the landlord, by role (compte).",
})
export class Ledger {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => LedgerKind, { description: "As what." })
  kind!: string;

  @Field(() => String, { description: "In the landlord's words." })
  label!: string;

  @Field(() => Balance, { description: "What is owed." })
  balance!: Balance;
}

@ObjectType({
  simpleResolvers: true,
  description: "Bank details on file (RIB). Only masked ever: whole ones stay on the server.",
})
export class BankDetails {
  @Field(() => String, {
    description: "`FR76 •••• 0189`: country, check digits and the last four.",
  })
  maskedIban!: string;

  @Field(() => String, { nullable: true, description: "Null where it is not kept." })
  bic!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Titulaire du compte. Null where it is not kept.",
  })
  holder!: string | null;
}

export enum DirectDebitStatus {
  ACTIVE = "ACTIVE",
  SUSPENDED = "SUSPENDED",
  ENDED = "ENDED",
}
registerEnumType(DirectDebitStatus, {
  name: "DirectDebitStatus",
  description: "Where a direct debit stands.",
  valuesConfig: {
    ACTIVE: { description: "En vigueur." },
    SUSPENDED: { description: "Suspendu." },
    ENDED: { description: "Arrêté." },
  },
});

@ObjectType({
  simpleResolvers: true,
  description: "A direct debit (prélèvement) under its mandate.",
})
export class DirectDebit {
  @Field(() => String, { description: "Référence unique du mandat (RUM)." })
  mandateReference!: string;

  @Field(() => Int, {
    nullable: true,
    description: "Day of the month. Null where the landlord lets none be chosen.",
  })
  day!: number | null;

  @Field(() => DateScalar, { nullable: true, description: "Null where it is not kept." })
  signedOn!: string | null;

  @Field(() => DirectDebitStatus, { description: "Where it stands." })
  status!: string;
}

export enum InstalmentStatus {
  PAID = "PAID",
  DUE = "DUE",
  MISSED = "MISSED",
}
registerEnumType(InstalmentStatus, {
  name: "InstalmentStatus",
  description: "What became of an instalment.",
  valuesConfig: {
    PAID: { description: "Payée." },
    DUE: { description: "À venir." },
    MISSED: { description: "Impayée." },
  },
});

@ObjectType({ simpleResolvers: true, description: "One payment of a payment plan (échéance)." })
export class Instalment {
  @Field(() => DateScalar, { description: "When it is to be paid." })
  dueDate!: string;

  @Field(() => MoneyType, { description: "How much." })
  amount!: MoneyType;

  @Field(() => InstalmentStatus, { description: "What became of it." })
  status!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: "An agreement to pay a debt in instalments (échéancier, plan d'apurement).",
})
export class PaymentPlan {
  @Field(() => DateScalar, { description: "Day of the agreement." })
  agreedOn!: string;

  @Field(() => MoneyType, { description: "The sum of the instalments." })
  total!: MoneyType;

  @Field(() => [Instalment], { description: "Oldest first." })
  instalments!: Instalment[];
}

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: "Whoever is signed in." })
export class Viewer {
  @Field(() => ID, { description: "Opaque id of the account." })
  id!: string;
}

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true })
export class Contract {
  @Field(() => ID)
  id!: string;

  /** The ERP's key. */
  key!: string;
}
