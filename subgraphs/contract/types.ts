import { Directive, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import type { Contract as ContractRecord } from "../../adapters/ports/contract.ts";
import { DateScalar, PhoneScalar } from "../kernel/scalars.ts";
import { AddressType, PaymentMethod, connectionOf } from "../kernel/shared-types.ts";

export enum ContractStatus {
  ACTIVE = "ACTIVE",
  ENDED = "ENDED",
  UPCOMING = "UPCOMING",
}
registerEnumType(ContractStatus, {
  name: "ContractStatus",
  description: "Where a contract stands in time.",
  valuesConfig: {
    ACTIVE: { description: "In force (en cours)." },
    ENDED: { description: "Ended (résilié, clos)." },
    UPCOMING: { description: "Signed, not begun yet." },
  },
});

export enum UnitKind {
  DWELLING = "DWELLING",
  PARKING = "PARKING",
  STORAGE = "STORAGE",
  OTHER = "OTHER",
}
registerEnumType(UnitKind, {
  name: "UnitKind",
  description: "What a unit is for.",
  valuesConfig: {
    DWELLING: { description: "Logement." },
    PARKING: { description: "Stationnement, garage." },
    STORAGE: { description: "Cave, remise." },
    OTHER: { description: "Anything else; see `label`." },
  },
});

@ObjectType({
  simpleResolvers: true,
  description: "A dwelling or an annex under a contract (logement, stationnement, module).",
})
export class Unit {
  @Field(() => String, { description: "Référence du module, as the landlord prints it." })
  reference!: string;

  @Field(() => UnitKind, { description: "What it is for." })
  kind!: string;

  @Field(() => String, {
    nullable: true,
    description: "The landlord's own word, like `T3`. Null when there is none.",
  })
  label!: string | null;

  @Field(() => AddressType, { description: "Where it is." })
  address!: AddressType;
}

@ObjectType({
  simpleResolvers: true,
  description: "Home insurance on file for a contract (attestation d'assurance habitation).",
})
export class InsurancePolicy {
  @Field(() => String, { description: "Assureur." })
  insurer!: string;

  @Field(() => String, { description: "Numéro de police." })
  policyNumber!: string;

  @Field(() => String, {
    nullable: true,
    description: "Who is insured. Null where the landlord's system does not keep it.",
  })
  holder!: string | null;

  @Field(() => DateScalar, { description: "First day of validity." })
  validFrom!: string;

  @Field(() => DateScalar, { description: "Last day of validity." })
  validTo!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: "To whom and where rent notices go (adresse de facturation).",
})
export class BillingAddress {
  @Field(() => String, { description: "Destinataire." })
  recipient!: string;

  @Field(() => AddressType, { description: "Where to." })
  address!: AddressType;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "Somebody who looks after the building of a contract (responsable d'immeuble, agence).",
})
export class BuildingContact {
  @Field(() => String, { description: "What this contact is, in the landlord's words, in French." })
  role!: string;

  @Field(() => String, { description: "Name of a person or an office." })
  name!: string;

  @Field(() => PhoneScalar, { nullable: true, description: "Null when there is none." })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: "E-mail address. Null when there is none." })
  email!: string | null;
}

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description:
    "What ties a person to units: a lease, a parking lease (contrat, bail). From the landlord's system. A co-tenant has the same contract.",
})
export class Contract {
  @Field(() => ID, {
    description: "Opaque; worthless to anybody who is not a party to the contract.",
  })
  id!: string;

  @Field(() => String, {
    description: "Numéro de contrat as the landlord prints it: `L/2013936`, `0030020788B`.",
  })
  number!: string;

  @Field(() => ContractStatus, { description: "Where it stands in time." })
  status!: string;

  @Field(() => DateScalar, { description: "First day." })
  startDate!: string;

  @Field(() => DateScalar, { nullable: true, description: "Last day; null while no end is known." })
  endDate!: string | null;

  @Field(() => [String], { description: "Signataires, as rent notices print them." })
  signatories!: string[];

  @Field(() => [Unit], { description: "Dwelling first, then annexes." })
  units!: Unit[];

  @Field(() => PaymentMethod, {
    nullable: true,
    description: "Mode de paiement. Null where the landlord's system does not tell.",
  })
  paymentMethod!: string | null;

  /** The ERP's record, for this subgraph's own field resolvers. */
  record!: ContractRecord;
}

export const ContractConnection = connectionOf("Contract", () => Contract);

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: "Whoever is signed in." })
export class Viewer {
  @Field(() => ID, { description: "Opaque id of the account." })
  id!: string;
}
