import { Field, ID, InputType, ObjectType } from "type-graphql";
import { DateScalar } from "../../kernel/scalars.ts";
import { Change } from "../../kernel/change-types.ts";
import { longest } from "../../kernel/form-rules.ts";
import { AddressInput, idempotencyKeyDescription } from "../../kernel/shared-inputs.ts";
import { errorsDescription, userErrorsOf, type UserError } from "../../kernel/user-errors.ts";
import { insuranceMessages, type TypedInsurance } from "./insurance.ts";
import { occupantMessages, removeOccupantMessages, type TypedOccupant } from "./occupants.ts";
import { billingAddressMessages, type TypedBillingAddress } from "./billing-address.ts";

const AddOccupantUserError = userErrorsOf("AddOccupant", occupantMessages);
const ChangeOccupantUserError = userErrorsOf("ChangeOccupant", occupantMessages);
const RemoveOccupantUserError = userErrorsOf("RemoveOccupant", removeOccupantMessages);
const RenewInsuranceUserError = userErrorsOf("RenewInsurance", insuranceMessages);
const ChangeBillingAddressUserError = userErrorsOf("ChangeBillingAddress", billingAddressMessages);

@InputType({ description: "To whom and where rent notices are to go from now on." })
export class ChangeBillingAddressInput implements TypedBillingAddress {
  @Field(() => ID, { description: "`Contract.id`." })
  contractId!: string;

  @Field(() => String, { description: `Destinataire: ${longest.recipient} characters at most.` })
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

@InputType({ description: "Somebody who lives in the dwelling, as typed (occupant)." })
export class OccupantInput implements TypedOccupant {
  @Field(() => String, { description: `Nom: ${longest.surname} characters at most.` })
  surname!: string;

  @Field(() => String, { description: `Prénom: ${longest.givenName} characters at most.` })
  givenName!: string;

  @Field(() => DateScalar, { nullable: true, description: "Not in the future." })
  birthDate?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `Lien avec le titulaire: \`Enfant\`, \`Conjoint\`; ${longest.relationship} characters at most.`,
  })
  relationship?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: "First day in the dwelling: not before the birth.",
  })
  since?: string | null;
}

@InputType({ description: "Somebody who lives in the dwelling from now on." })
export class AddOccupantInput {
  @Field(() => ID, { description: "`Contract.id`." })
  contractId!: string;

  @Field(() => OccupantInput, { description: "Who it is." })
  occupant!: OccupantInput;

  @Field(() => String, { description: idempotencyKeyDescription })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: "What became of `addOccupant`." })
export class AddOccupantPayload {
  @Field(() => Change, { nullable: true, description: "Null when there are user errors." })
  change!: Change | null;

  @Field(() => [AddOccupantUserError], { description: errorsDescription })
  userErrors!: UserError[];
}

@InputType({ description: "What is to be known of an occupant from now on: the whole of it." })
export class ChangeOccupantInput {
  @Field(() => ID, { description: "`Occupant.id`." })
  occupantId!: string;

  @Field(() => OccupantInput, { description: "Takes the place of what is there." })
  occupant!: OccupantInput;

  @Field(() => String, { description: idempotencyKeyDescription })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: "What became of `changeOccupant`." })
export class ChangeOccupantPayload {
  @Field(() => Change, { nullable: true, description: "Null when there are user errors." })
  change!: Change | null;

  @Field(() => [ChangeOccupantUserError], { description: errorsDescription })
  userErrors!: UserError[];
}

@InputType({ description: "Somebody who does not live in the dwelling any more." })
export class RemoveOccupantInput {
  @Field(() => ID, { description: "`Occupant.id`." })
  occupantId!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: "Last day in the dwelling: not before the first.",
  })
  leftOn?: string | null;

  @Field(() => String, { description: idempotencyKeyDescription })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: "What became of `removeOccupant`." })
export class RemoveOccupantPayload {
  @Field(() => Change, { nullable: true, description: "Null when there are user errors." })
  change!: Change | null;

  @Field(() => [RemoveOccupantUserError], { description: errorsDescription })
  userErrors!: UserError[];
}

@InputType({ description: "A new home insurance, as on its certificate." })
export class RenewInsuranceInput implements TypedInsurance {
  @Field(() => ID, { description: "`Contract.id`." })
  contractId!: string;

  @Field(() => String, { description: `Assureur: ${longest.insurer} characters at most.` })
  insurer!: string;

  @Field(() => String, {
    description: `Numéro de police: ${longest.policyNumber} characters at most.`,
  })
  policyNumber!: string;

  @Field(() => String, {
    nullable: true,
    description: `Assuré, who is insured: ${longest.insured} characters at most.`,
  })
  holder?: string | null;

  @Field(() => DateScalar, { description: "First day of validity." })
  validFrom!: string;

  @Field(() => DateScalar, { description: "Last day of validity: today or later." })
  validTo!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      "The certificate: an upload for INSURANCE_CERTIFICATE that has been received. Whether it must be there: `Landlord.insuranceCertificate`.",
  })
  certificateUploadId?: string | null;

  @Field(() => String, { description: idempotencyKeyDescription })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: "What became of `renewInsurance`." })
export class RenewInsurancePayload {
  @Field(() => Change, { nullable: true, description: "Null when there are user errors." })
  change!: Change | null;

  @Field(() => [RenewInsuranceUserError], { description: errorsDescription })
  userErrors!: UserError[];
}
