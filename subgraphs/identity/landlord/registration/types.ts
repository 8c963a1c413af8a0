import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { PasswordRules } from "../../../kernel/landlord.ts";

@ObjectType({ simpleResolvers: true, description: "A field of the registration form." })
export class RegistrationField {
  @Field(() => String, {
    description: "The field that it fills, of the input of the form's mutation: `surname`.",
  })
  name!: string;

  @Field(() => String, { description: "What to write beside it, in the language asked for." })
  label!: string;

  @Field(() => String, {
    nullable: true,
    description: "Where to find it, how to write it. Null when there is nothing to say.",
  })
  help!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "A regular expression that a front-end may check before it asks; the server is more lenient. Null when there is none.",
  })
  pattern!: string | null;

  @Field(() => String, { nullable: true, description: "An example. Null when there is none." })
  example!: string | null;

  @Field(() => Boolean, { description: "Whether the form is refused without it." })
  required!: boolean;
}

@ObjectType({
  simpleResolvers: true,
  description: "Something that a person is asked to agree to when registering (case à cocher).",
})
export class RegistrationConsent {
  @Field(() => ID, { description: "What to send as `ConsentInput.id`." })
  id!: string;

  @Field(() => String, {
    description: "The version of the text; what to send as `ConsentInput.version`.",
  })
  version!: string;

  @Field(() => String, { description: "The sentence beside the box, in the language asked for." })
  label!: string;

  @Field(() => String, {
    nullable: true,
    description: "Where the whole text can be read. Null when the label is all of it.",
  })
  url!: string | null;

  @Field(() => Boolean, { description: "Whether the form is refused without it." })
  required!: boolean;
}

const RegistrationKind = {
  REGISTRATION: "REGISTRATION",
  FIRST_CONNECTION: "FIRST_CONNECTION",
} as const;
registerEnumType(RegistrationKind, {
  name: "RegistrationKind",
  description: "How people get an account.",
  valuesConfig: {
    REGISTRATION: { description: "Inscription: the form is for `register`." },
    FIRST_CONNECTION: {
      description:
        "Première connexion, with what the landlord printed: the form is for `beginFirstConnection`.",
    },
  },
});

@ObjectType({
  simpleResolvers: true,
  description: "What to ask of a person who registers, so that a page can be drawn from it.",
})
export class RegistrationForm {
  @Field(() => RegistrationKind, { description: "Which mutation the form is for." })
  kind!: string;

  @Field(() => [RegistrationField], { description: "In the order of the form." })
  fields!: RegistrationField[];

  @Field(() => [RegistrationConsent], { description: "Boxes to tick; may be empty." })
  consents!: RegistrationConsent[];

  @Field(() => Int, {
    description: "How long the link of the confirmation mail is good, in hours.",
  })
  confirmationHours!: number;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "What is asked of a password: the landlord's own rules, and more length where those would give less than 50 bits (CNIL, délibération 2022-100).",
})
export class PasswordPolicy implements PasswordRules {
  @Field(() => Int, { description: "Least number of characters." })
  minLength!: number;

  @Field(() => Int, { description: "Greatest number of characters." })
  maxLength!: number;

  @Field(() => Int, { description: "Least number of upper-case letters." })
  minUpper!: number;

  @Field(() => Int, { description: "Least number of lower-case letters." })
  minLower!: number;

  @Field(() => Int, { description: "Least number of digits." })
  minDigits!: number;

  @Field(() => Int, {
    description: "Least number of characters that are neither letters nor digits.",
  })
  minSpecial!: number;

  @Field(() => Int, {
    description: "How many of the four classes (upper, lower, digit, special) must be there.",
  })
  minClasses!: number;

  @Field(() => Int, {
    description: "Bits of entropy of the weakest password that is accepted, drawn at random.",
  })
  entropyBits!: number;
}
