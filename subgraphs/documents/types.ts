import {
  Directive,
  Field,
  ID,
  Int,
  InterfaceType,
  ObjectType,
  registerEnumType,
} from "type-graphql";
import type { DocumentKind } from "../../adapters/ports/documents.ts";
import { DateScalar } from "../kernel/scalars.ts";
import { MoneyType, PeriodType, connectionOf } from "../kernel/shared-types.ts";

export enum RentReceiptKind {
  FULL = "FULL",
  PARTIAL = "PARTIAL",
}
registerEnumType(RentReceiptKind, {
  name: "RentReceiptKind",
  description: "What a receipt stands for.",
  valuesConfig: {
    FULL: { description: "Quittance: the whole of the period is paid." },
    PARTIAL: {
      description: "Reçu: a part is paid. Never called a quittance (loi 89-462, art. 21).",
    },
  },
});

/** Where the landlord's system keeps a document. */
export interface DocumentPlace {
  kind: DocumentKind;
  contractKey: string;
  key: string;
}

@InterfaceType({
  description: "Something that the landlord issued for a contract, with a file to download.",
})
export abstract class Document {
  @Field(() => ID, { description: "Opaque; worthless to anybody else." })
  id!: string;

  @Field(() => String, { description: "As a portal lists it, in French." })
  title!: string;

  @Field(() => DateScalar, { description: "Day of issue." })
  issuedOn!: string;
}

export const typeNames: Record<DocumentKind, string> = {
  RENT_NOTICE: "RentNotice",
  RENT_RECEIPT: "RentReceipt",
  CHARGE_REGULARISATION: "ChargeRegularisation",
  FUNDS_CALL: "FundsCall",
  ASSEMBLY_MINUTES: "AssemblyMinutes",
};

@ObjectType({
  simpleResolvers: true,
  description: "A line of a rent notice: rent, a provision (ligne).",
})
export class NoticeLine {
  @Field(() => String, { description: "Libellé, in the landlord's words." })
  label!: string;

  @Field(() => MoneyType, { description: "Negative for a reduction." })
  amount!: MoneyType;
}

@ObjectType({
  implements: Document,
  simpleResolvers: true,
  description: "A call for rent (avis d'échéance).",
})
export class RentNotice extends Document {
  @Field(() => PeriodType, { description: "What it is for." })
  period!: PeriodType;

  @Field(() => DateScalar, { description: "Date limite de paiement." })
  dueDate!: string;

  @Field(() => MoneyType, { description: "What is asked for the period: the sum of the lines." })
  total!: MoneyType;

  @Field(() => [NoticeLine], { description: "What the total is made of." })
  lines!: NoticeLine[];
}
export const RentNoticeConnection = connectionOf("RentNotice", () => RentNotice);

@ObjectType({
  implements: Document,
  simpleResolvers: true,
  description: "A receipt for rent (quittance or reçu).",
})
export class RentReceipt extends Document {
  @Field(() => RentReceiptKind, { description: "Quittance or reçu." })
  kind!: string;

  @Field(() => PeriodType, { description: "What was paid for." })
  period!: PeriodType;

  @Field(() => MoneyType, { description: "What was paid." })
  paid!: MoneyType;

  @Field(() => MoneyType, { nullable: true, description: "The rent in it. Null on a reçu." })
  rent!: MoneyType | null;

  @Field(() => MoneyType, { nullable: true, description: "The charges in it. Null on a reçu." })
  charges!: MoneyType | null;
}
export const RentReceiptConnection = connectionOf("RentReceipt", () => RentReceipt);

@ObjectType({
  implements: Document,
  simpleResolvers: true,
  description: "The yearly settlement of charges against provisions (régularisation de charges).",
})
export class ChargeRegularisation extends Document {
  @Field(() => Int, { description: "The year that is settled." })
  year!: number;

  @Field(() => MoneyType, { description: "What was spent for the contract." })
  actual!: MoneyType;

  @Field(() => MoneyType, { description: "What was called as provisions." })
  provisions!: MoneyType;

  @Field(() => MoneyType, {
    description: "actual less provisions: positive, the tenant owes; negative, is given back.",
  })
  difference!: MoneyType;
}
export const ChargeRegularisationConnection = connectionOf(
  "ChargeRegularisation",
  () => ChargeRegularisation,
);

export enum Zone {
  ALL_CO_OWNERS = "ALL_CO_OWNERS",
  ONE_CO_OWNER = "ONE_CO_OWNER",
  COUNCIL = "COUNCIL",
}
registerEnumType(Zone, {
  name: "DocumentZone",
  description: "Whom a document of a co-ownership is for (décret 2019-502).",
  valuesConfig: {
    ALL_CO_OWNERS: { description: "Every co-owner (tous les copropriétaires)." },
    ONE_CO_OWNER: { description: "This co-owner only." },
    COUNCIL: { description: "Members of the council (conseil syndical)." },
  },
});

@ObjectType({
  implements: Document,
  simpleResolvers: true,
  description: "A call for funds to a co-owner (appel de fonds).",
})
export class FundsCall extends Document {
  @Field(() => Zone, { description: "Whom it is for." })
  zone!: string;

  @Field(() => PeriodType, { description: "What it is for." })
  period!: PeriodType;

  @Field(() => DateScalar, { description: "Date limite de paiement." })
  dueDate!: string;

  @Field(() => MoneyType, { description: "What is called." })
  total!: MoneyType;
}
export const FundsCallConnection = connectionOf("FundsCall", () => FundsCall);

@ObjectType({
  implements: Document,
  simpleResolvers: true,
  description: "Minutes of a general meeting of co-owners (procès-verbal d'assemblée générale).",
})
export class AssemblyMinutes extends Document {
  @Field(() => Zone, { description: "Whom they are for." })
  zone!: string;

  @Field(() => DateScalar, { description: "Day of the meeting." })
  meetingDate!: string;
}
export const AssemblyMinutesConnection = connectionOf("AssemblyMinutes", () => AssemblyMinutes);

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true })
export class Contract {
  @Field(() => ID)
  id!: string;

  /** The ERP's key. */
  key!: string;
}
