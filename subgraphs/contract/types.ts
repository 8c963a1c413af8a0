import { Directive, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Contract as ContractRecord } from "../../adapters/ports/contract.ts";
import { DateScalar } from "../kernel/scalars.ts";
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

export enum ContractKind {
  LEASE = "LEASE",
  CO_OWNERSHIP = "CO_OWNERSHIP",
  MANAGEMENT = "MANAGEMENT",
}
registerEnumType(ContractKind, {
  name: "ContractKind",
  description: "What a contract is about.",
  valuesConfig: {
    LEASE: { description: "Bail: the person rents." },
    CO_OWNERSHIP: { description: "Lot de copropriété: the person co-owns." },
    MANAGEMENT: { description: "Mandat de gestion: the person lets through the landlord." },
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
  description: "Somebody who lives in the dwelling beside the signatories (occupant).",
})
export class Occupant {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => String, { description: "Nom." })
  surname!: string;

  @Field(() => String, { nullable: true, description: "Prénom. Null where it is not kept." })
  givenName!: string | null;

  @Field(() => DateScalar, { nullable: true, description: "Null where it is not kept." })
  birthDate!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Lien avec le titulaire, in the landlord's words. Null where it is not kept.",
  })
  relationship!: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: "First day in the dwelling. Null where it is not kept.",
  })
  since!: string | null;
}

export enum PropertyKind {
  CO_OWNED = "CO_OWNED",
  LET = "LET",
}
registerEnumType(PropertyKind, {
  name: "PropertyKind",
  description: "How somebody owns a property.",
  valuesConfig: {
    CO_OWNED: { description: "A lot in a co-ownership." },
    LET: { description: "A dwelling that is let for its owner." },
  },
});

@ObjectType({ simpleResolvers: true, description: "What an owner or a co-owner owns (bien)." })
export class Property {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => String, { description: "Numéro de lot." })
  reference!: string;

  @Field(() => String, { description: "In the landlord's words." })
  label!: string;

  @Field(() => PropertyKind, { description: "How it is owned." })
  kind!: string;

  @Field(() => AddressType, { description: "Where it is." })
  address!: AddressType;

  @Field(() => Int, {
    nullable: true,
    description: "Tantièmes: shares in the co-ownership. Null where there are none.",
  })
  shares!: number | null;
}

export enum CandidacyStatus {
  INCOMPLETE = "INCOMPLETE",
  SUBMITTED = "SUBMITTED",
  UNDER_REVIEW = "UNDER_REVIEW",
  ACCEPTED = "ACCEPTED",
  REFUSED = "REFUSED",
  WITHDRAWN = "WITHDRAWN",
}
registerEnumType(CandidacyStatus, {
  name: "CandidacyStatus",
  description: "Where a candidacy stands.",
  valuesConfig: {
    INCOMPLETE: { description: "Incomplet." },
    SUBMITTED: { description: "Déposé." },
    UNDER_REVIEW: { description: "À l'étude." },
    ACCEPTED: { description: "Accepté." },
    REFUSED: { description: "Refusé." },
    WITHDRAWN: { description: "Retiré." },
  },
});

@ObjectType({
  simpleResolvers: true,
  description: "A file of somebody who looks for a dwelling (candidature, dossier de recherche).",
})
export class Candidacy {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => String, { description: "The number that the candidate may quote." })
  number!: string;

  @Field(() => CandidacyStatus, { description: "Where it stands." })
  status!: string;

  @Field(() => String, {
    nullable: true,
    description: "What is looked for, in words. Null when nothing was said.",
  })
  wish!: string | null;

  @Field(() => DateScalar, { description: "Day of opening." })
  openedOn!: string;

  @Field(() => DateScalar, { description: "Day of the last change." })
  updatedOn!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: "News for the viewer's profile (actualité).",
})
export class NewsItem {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => String, { description: "In French." })
  title!: string;

  @Field(() => String, { description: "Plain text, in French." })
  text!: string;

  @Field(() => DateScalar, { description: "Day of publication." })
  publishedOn!: string;
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

  @Field(() => ContractKind, { description: "What it is about." })
  kind!: string;

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
