import "reflect-metadata";
import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Change } from "../../kernel/change-types.ts";
import { DateScalar, PhoneScalar } from "../../kernel/scalars.ts";
import { idempotencyKeyDescription } from "../../kernel/shared-inputs.ts";
import { errorsDescription, userErrorsOf, type UserError } from "../../kernel/user-errors.ts";
import { RequestCategory } from "../types.ts";
import type { TypedRequest } from "./create.ts";
import { creationMessages } from "./messages.ts";

@ObjectType({ simpleResolvers: true, description: "Where something is (lieu)." })
export class RequestPlace {
  @Field(() => ID, { description: "Opaque; of this contract's catalogue." })
  id!: string;

  @Field(() => String, { description: "In the landlord's words." })
  label!: string;
}

@ObjectType({ simpleResolvers: true, description: "What a request may be about (motif)." })
export class RequestReason {
  @Field(() => ID, { description: "Opaque; of this contract's catalogue." })
  id!: string;

  @Field(() => String, { description: "In the landlord's words." })
  label!: string;

  @Field(() => RequestCategory, { description: "Technical or administrative." })
  category!: string;

  @Field(() => Boolean, { description: "Whether a place must be named with it." })
  placeNeeded!: boolean;
}

@ObjectType({
  simpleResolvers: true,
  description: "What the form of a new request offers (lieux et motifs), and what it may hold.",
})
export class RequestCatalogue {
  @Field(() => [RequestPlace], { description: "Lieux, in the landlord's order." })
  places!: RequestPlace[];

  @Field(() => [RequestReason], { description: "Motifs, in the landlord's order." })
  reasons!: RequestReason[];

  @Field(() => Int, { description: "How many characters the description may have." })
  maxDescription!: number;

  @Field(() => Int, { description: "How many availabilities (disponibilités) may be named." })
  maxAvailabilities!: number;

  @Field(() => Int, { description: "How many photos may go along." })
  maxPhotos!: number;
}

@InputType({ description: "When somebody is at home (disponibilité), in the landlord's own time." })
export class AvailabilityInput {
  @Field(() => DateScalar, { description: "Today or later." })
  date!: string;

  @Field(() => String, { description: "From when: `08:30`." })
  from!: string;

  @Field(() => String, { description: "Until when: `12:00`." })
  to!: string;
}

@InputType({ description: "A new request (créer une demande)." })
export class CreateServiceRequestInput implements TypedRequest {
  @Field(() => ID, { description: "`Contract.id`." })
  contractId!: string;

  @Field(() => ID, { description: "Motif: `RequestReason.id` of the contract's catalogue." })
  reasonId!: string;

  @Field(() => ID, {
    nullable: true,
    description: "Lieu: `RequestPlace.id`; to be given where the reason says `placeNeeded`.",
  })
  placeId?: string | null;

  @Field(() => String, { description: "What it is about, in the tenant's own words." })
  description!: string;

  @Field(() => [AvailabilityInput], {
    defaultValue: [],
    description: "When somebody may come by.",
  })
  availabilities!: AvailabilityInput[];

  @Field(() => PhoneScalar, { nullable: true, description: "Whom to call (téléphone)." })
  contactPhone?: string | null;

  @Field(() => [ID], {
    defaultValue: [],
    description: "Photos that were sent: ids of `startUpload` with REQUEST_PHOTO.",
  })
  photoIds!: string[];

  @Field(() => String, { description: idempotencyKeyDescription })
  idempotencyKey!: string;
}

const CreateServiceRequestUserError = userErrorsOf("CreateServiceRequest", creationMessages);

@ObjectType({ simpleResolvers: true, description: "What became of `createServiceRequest`." })
export class CreateServiceRequestPayload {
  @Field(() => Change, {
    nullable: true,
    description: "Null when there are user errors. Once APPLIED it has a `serviceRequestId`.",
  })
  change!: Change | null;

  @Field(() => [CreateServiceRequestUserError], { description: errorsDescription })
  userErrors!: UserError[];
}
