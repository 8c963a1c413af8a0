import { Field, ID, InputType, ObjectType } from "type-graphql";
import { Change } from "../../kernel/change-types.ts";
import { DateScalar } from "../../kernel/scalars.ts";
import { longest } from "../../kernel/form-rules.ts";
import { AddressInput, idempotencyKeyDescription } from "../../kernel/shared-inputs.ts";
import { errorsDescription, userErrorsOf, type UserError } from "../../kernel/user-errors.ts";
import { PersonTitle } from "../types.ts";
import { personalDataMessages, type TypedPersonalData } from "./personal-data.ts";
import { situationMessages, type TypedSituation } from "./professional-situation.ts";

const ChangePersonalDataUserError = userErrorsOf("ChangePersonalData", personalDataMessages);
const ChangeSituationUserError = userErrorsOf("ChangeProfessionalSituation", situationMessages);

@InputType({
  description:
    "What is to be different from now on; what is left out stays. What may be changed: `Landlord.changeablePersonFields`.",
})
export class ChangePersonalDataInput implements TypedPersonalData {
  @Field(() => ID, { description: "`Person.id`." })
  personId!: string;

  @Field(() => PersonTitle, { nullable: true, description: "Civilité." })
  title?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `Nom d'usage: ${longest.surname} characters at most.`,
  })
  surname?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `Prénom: ${longest.givenName} characters at most.`,
  })
  givenName?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The e-mail address that the landlord writes to. The one to sign in with is changed by `changeEmail`.",
  })
  email?: string | null;

  @Field(() => [String], {
    nullable: true,
    description:
      "All phone numbers, the most usual first, as people write them: `05 46 00 49 94`; an empty list takes them all away. How many: `Landlord.maxPhones`.",
  })
  phones?: string[] | null;

  @Field(() => AddressInput, { nullable: true, description: "Adresse postale." })
  address?: AddressInput | null;

  @Field(() => String, { description: idempotencyKeyDescription })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: "What became of `changePersonalData`." })
export class ChangePersonalDataPayload {
  @Field(() => Change, { nullable: true, description: "Null when there are user errors." })
  change!: Change | null;

  @Field(() => [ChangePersonalDataUserError], { description: errorsDescription })
  userErrors!: UserError[];
}

@InputType({ description: "What a person lives on from now on." })
export class ChangeProfessionalSituationInput implements TypedSituation {
  @Field(() => ID, { description: "`Person.id`." })
  personId!: string;

  @Field(() => String, {
    description: `In a few words: \`Salariée\`; ${longest.situation} characters at most.`,
  })
  label!: string;

  @Field(() => String, {
    nullable: true,
    description: `Employeur: ${longest.employer} characters at most.`,
  })
  employer?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "Since when: not in the future." })
  since?: string | null;

  @Field(() => String, { description: idempotencyKeyDescription })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: "What became of `changeProfessionalSituation`." })
export class ChangeProfessionalSituationPayload {
  @Field(() => Change, { nullable: true, description: "Null when there are user errors." })
  change!: Change | null;

  @Field(() => [ChangeSituationUserError], { description: errorsDescription })
  userErrors!: UserError[];
}
