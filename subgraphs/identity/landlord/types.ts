import "reflect-metadata";
import { ArgsType, Directive, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { documentKinds } from "../../../adapters/ports/documents.ts";
import { DateScalar, PhoneScalar } from "../../kernel/scalars.ts";
import { SocialProvider } from "../social/types.ts";
import { capabilities, ownCapabilities } from "./capabilities.ts";
import { AddressRules, InsuranceCertificate, PersonFieldType } from "./forms/types.ts";
import { PasswordPolicy, RegistrationForm } from "./registration/types.ts";

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

  @Field(() => Int, {
    description: "How many phone numbers the landlord's system keeps of a person.",
  })
  maxPhones!: number;

  @Field(() => AddressRules, {
    description: "What a postal address may be, wherever one is asked.",
  })
  addressRules!: AddressRules;

  @Field(() => InsuranceCertificate, {
    description: "Whether `renewInsurance` needs the certificate.",
  })
  insuranceCertificate!: string;
}
