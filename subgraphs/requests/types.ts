import { Directive, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { DateTimeScalar } from "../kernel/scalars.ts";
import { connectionOf } from "../kernel/shared-types.ts";

export enum RequestCategory {
  TECHNICAL = "TECHNICAL",
  ADMINISTRATIVE = "ADMINISTRATIVE",
}
registerEnumType(RequestCategory, {
  name: "RequestCategory",
  description: "What a request is about.",
  valuesConfig: {
    TECHNICAL: { description: "Technique: something is broken." },
    ADMINISTRATIVE: { description: "Administrative: papers, questions." },
  },
});

export enum RequestStatus {
  RECEIVED = "RECEIVED",
  IN_PROGRESS = "IN_PROGRESS",
  SCHEDULED = "SCHEDULED",
  WAITING_FOR_TENANT = "WAITING_FOR_TENANT",
  DONE = "DONE",
  CANCELLED = "CANCELLED",
}
registerEnumType(RequestStatus, {
  name: "RequestStatus",
  description: "Where a request stands.",
  valuesConfig: {
    RECEIVED: { description: "Reçue." },
    IN_PROGRESS: { description: "En cours." },
    SCHEDULED: { description: "Intervention planifiée." },
    WAITING_FOR_TENANT: { description: "En attente du locataire." },
    DONE: { description: "Terminée." },
    CANCELLED: { description: "Annulée." },
  },
});

export enum RequestState {
  OPEN = "OPEN",
  CLOSED = "CLOSED",
  ALL = "ALL",
}
registerEnumType(RequestState, {
  name: "RequestState",
  description: "Which requests to list.",
  valuesConfig: {
    OPEN: { description: "Demandes en cours: neither done nor cancelled." },
    CLOSED: { description: "Historique: done or cancelled." },
    ALL: { description: "Both." },
  },
});

@ObjectType({ simpleResolvers: true, description: "A step in the life of a request (avancement)." })
export class StatusUpdate {
  @Field(() => DateTimeScalar, { description: "When." })
  at!: string;

  @Field(() => RequestStatus, { description: "What it became." })
  status!: string;

  @Field(() => String, {
    nullable: true,
    description: "What the landlord wrote, as plain text. Null when nothing.",
  })
  comment!: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: "Something that the tenant asked for or reported (demande, réclamation).",
})
export class ServiceRequest {
  @Field(() => ID, { description: "Opaque; worthless to anybody else." })
  id!: string;

  @Field(() => String, { description: "The number that the tenant may quote." })
  number!: string;

  @Field(() => RequestCategory, { description: "Technical or administrative." })
  category!: string;

  @Field(() => String, {
    nullable: true,
    description: "Lieu, in the landlord's words. Null where none was given.",
  })
  place!: string | null;

  @Field(() => String, { description: "Motif, in the landlord's words." })
  reason!: string;

  @Field(() => String, {
    nullable: true,
    description: "What the tenant wrote, as plain text. Null when nothing.",
  })
  description!: string | null;

  @Field(() => RequestStatus, { description: "Where it stands now." })
  status!: string;

  @Field(() => DateTimeScalar, { description: "When it was made." })
  createdAt!: string;

  @Field(() => [StatusUpdate], { description: "What happened, oldest first." })
  updates!: StatusUpdate[];
}
export const ServiceRequestConnection = connectionOf("ServiceRequest", () => ServiceRequest);

@ObjectType({
  simpleResolvers: true,
  description:
    "A request that is open in the common parts of the building (demande de la résidence), with nothing by which to know whose it is.",
})
export class ResidenceRequest {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => RequestCategory, { description: "Technical or administrative." })
  category!: string;

  @Field(() => String, {
    nullable: true,
    description: "Where in the common parts, in the landlord's words. Null where none was given.",
  })
  place!: string | null;

  @Field(() => String, { description: "Motif, in the landlord's words." })
  reason!: string;

  @Field(() => RequestStatus, { description: "Where it stands now." })
  status!: string;

  @Field(() => DateTimeScalar, { description: "When it was made." })
  createdAt!: string;
}
export const ResidenceRequestConnection = connectionOf("ResidenceRequest", () => ResidenceRequest);

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true })
export class Contract {
  @Field(() => ID)
  id!: string;

  /** The ERP's key. */
  key!: string;
}
