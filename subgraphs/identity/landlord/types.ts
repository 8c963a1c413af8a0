import "reflect-metadata";
import { ArgsType, Directive, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { documentKinds } from "../../../adapters/ports/documents.ts";
import { personFields, type PasswordRules } from "../../kernel/landlord.ts";
import { DateScalar, PhoneScalar } from "../../kernel/scalars.ts";
import { SocialProvider } from "../social/types.ts";
import { capabilities, ownCapabilities } from "./capabilities.ts";

const LandlordKind = {
  SOCIAL: "SOCIAL",
  COOPERATIVE: "COOPERATIVE",
  PRIVATE: "PRIVATE",
} as const;
registerEnumType(LandlordKind, {
  name: "LandlordKind",
  description: "What kind of landlord.",
  valuesConfig: {
    SOCIAL: { description: "Bailleur social, office public de l'habitat." },
    COOPERATIVE: { description: "Coopérative d'habitat." },
    PRIVATE: { description: "Gestionnaire ou syndic privé." },
  },
});

const ofSystem = Object.keys(capabilities).map(
  (name) =>
    [name, `The landlord's system serves: ${name.toLowerCase().replaceAll("_", " ")}.`] as const,
);
const described = [...ofSystem, ...Object.entries(ownCapabilities)];
const Capability = Object.fromEntries(described.map(([name]) => [name, name]));
registerEnumType(Capability, {
  name: "Capability",
  description:
    "Something that a landlord, or its system, can do for a portal. What is not among a landlord's capabilities answers `NOT_SUPPORTED`.",
  valuesConfig: Object.fromEntries(described.map(([name, description]) => [name, { description }])),
});

const DocumentKind = Object.fromEntries(documentKinds.map((kind) => [kind, kind]));
registerEnumType(DocumentKind, {
  name: "DocumentKind",
  description: "A kind of document that a landlord issues.",
  valuesConfig: {
    RENT_NOTICE: { description: "Avis d'échéance." },
    RENT_RECEIPT: { description: "Quittance, reçu." },
    CHARGE_REGULARISATION: { description: "Régularisation de charges." },
    FUNDS_CALL: { description: "Appel de fonds." },
    ASSEMBLY_MINUTES: { description: "Procès-verbal d'assemblée générale." },
  },
});

const PersonFieldType = Object.fromEntries(personFields.map((field) => [field, field]));
registerEnumType(PersonFieldType, {
  name: "PersonField",
  description: "A field of `ChangePersonalDataInput`, by its name.",
});

const InsuranceCertificate = { REQUIRED: "REQUIRED", OPTIONAL: "OPTIONAL" } as const;
registerEnumType(InsuranceCertificate, {
  name: "InsuranceCertificate",
  description: "Whether a renewal of home insurance must have its certificate with it.",
  valuesConfig: {
    REQUIRED: { description: "Refused without." },
    OPTIONAL: { description: "Taken without." },
  },
});

@ObjectType({ simpleResolvers: true, description: "Whom to ask, and how (contact)." })
export class LandlordContact {
  @Field(() => String, { description: "What this contact is for, in the language asked for." })
  role!: string;

  @Field(() => PhoneScalar, { nullable: true, description: "Null when there is none." })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: "E-mail address. Null when there is none." })
  email!: string | null;

  @Field(() => [String], { description: "Lines of a postal address; empty when there is none." })
  address!: string[];

  @Field(() => String, {
    nullable: true,
    description: "Opening hours, in the language asked for. Null when they are not known.",
  })
  hours!: string | null;
}

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

@ObjectType({ simpleResolvers: true, description: "A kind of document that this landlord offers." })
export class DocumentKindOffer {
  @Field(() => DocumentKind, { description: "Which kind." })
  kind!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: "Documents of this kind exist from this day on. Null when there is no such day.",
  })
  availableFrom!: string | null;
}

@ObjectType({ simpleResolvers: true, description: "A question and its answer (aide, FAQ)." })
export class HelpArticle {
  @Field(() => String, { description: "One of `Landlord.helpRubrics`." })
  rubric!: string;

  @Field(() => String, { description: "In the language asked for." })
  question!: string;

  @Field(() => String, { description: "Plain text, in the language asked for." })
  answer!: string;
}

@ArgsType()
export class HelpArgs {
  @Field(() => String, {
    nullable: true,
    description:
      "Keywords (mot-clé). Articles must have every word, or a word that begins with it; accents, case, apostrophes and plurals do not matter.",
  })
  search?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Only articles of this rubric: one of `Landlord.helpRubrics`.",
  })
  rubric?: string | null;
}

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description:
    "Whoever lets or manages (bailleur): what a portal needs to draw itself. Public; from the landlord's file.",
})
export class Landlord {
  @Field(() => ID, { description: "Short name, as in the header `x-landlord`." })
  id!: string;

  @Field(() => String, { description: "Name, as tenants know it." })
  name!: string;

  @Field(() => LandlordKind, { description: "What kind of landlord." })
  kind!: string;

  @Field(() => String, { description: "Colour of the brand: `#0a5ca8`." })
  brandColour!: string;

  @Field(() => String, { description: "Address of the landlord's own site." })
  website!: string;

  @Field(() => [LandlordContact], { description: "Whom to ask, the most general first." })
  contacts!: LandlordContact[];

  @Field(() => RegistrationForm, { description: "How a person registers." })
  registrationForm!: RegistrationForm;

  @Field(() => PasswordPolicy, { description: "What is asked of a password." })
  passwordPolicy!: PasswordPolicy;

  @Field(() => [Capability], {
    description: "What the landlord, or its system, can do; the rest is not offered.",
  })
  capabilities!: string[];

  @Field(() => [DocumentKindOffer], { description: "Kinds of documents that can be read here." })
  documentKinds!: DocumentKindOffer[];

  @Field(() => [SocialProvider], {
    description:
      "Where people may have an account that they sign in with (connexion sociale), in the order of the buttons; empty when there is none.",
  })
  socialProviders!: SocialProvider[];

  @Field(() => [PersonFieldType], {
    description: "What a person may have changed online; the rest is for the landlord to change.",
  })
  changeablePersonFields!: string[];

  @Field(() => InsuranceCertificate, {
    description: "Whether `renewInsurance` needs the certificate.",
  })
  insuranceCertificate!: string;
}
