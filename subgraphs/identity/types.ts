import "reflect-metadata";
import { Directive, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Role as RoleName } from "../../adapters/ports/identity.ts";
import { DateScalar, DateTimeScalar, PhoneScalar } from "../kernel/scalars.ts";
import { AddressType, Freshness, aboutFreshness } from "../kernel/shared-types.ts";

export const PersonTitle = { MR: "MR", MRS: "MRS" } as const;
registerEnumType(PersonTitle, {
  name: "PersonTitle",
  description: "Civilité.",
  valuesConfig: { MR: { description: "Monsieur." }, MRS: { description: "Madame." } },
});

@ObjectType({
  simpleResolvers: true,
  description: "What a person lives on (situation professionnelle).",
})
export class ProfessionalSituation {
  @Field(() => String, { description: "In the landlord's words, in French: `Salariée`." })
  label!: string;

  @Field(() => String, { nullable: true, description: "Employeur. Null when it is not on file." })
  employer!: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: "Since when. Null when it is not on file.",
  })
  since!: string | null;
}

@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: "A human being as the landlord's system knows one (tiers, locataire).",
})
export class Person {
  @Field(() => ID, { description: "Opaque; worthless to anybody else." })
  id!: string;

  @Field(() => PersonTitle, {
    nullable: true,
    description: "Civilité. Null where the landlord's system does not keep it.",
  })
  title!: string | null;

  @Field(() => String, { description: "Nom d'usage." })
  surname!: string;

  @Field(() => String, {
    nullable: true,
    description: "Nom de naissance. Null where it is the same as `surname`, or not known.",
  })
  birthSurname!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Prénom. Null where the landlord's system does not keep it.",
  })
  givenName!: string | null;

  @Field(() => String, {
    description: "Given name and surname, as the person is addressed on a page.",
  })
  displayName!: string;

  @Field(() => Freshness, { description: aboutFreshness.freshness })
  freshness!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: aboutFreshness.readAt })
  readAt!: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: "Date de naissance. Null where the landlord's system does not keep it.",
  })
  birthDate!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The e-mail address that the landlord has on file; `Viewer.email` is the one of the account. Null when there is none.",
  })
  email!: string | null;

  @Field(() => [PhoneScalar], {
    description: "Téléphones, the most usual first. Numbers that cannot be dialled are left out.",
  })
  phones!: string[];

  @Field(() => AddressType, {
    nullable: true,
    description: "Adresse postale. Null where the landlord's system does not keep it.",
  })
  address!: AddressType | null;
}

export const Role = Object.fromEntries(RoleName.options.map((role) => [role, role]));
registerEnumType(Role, {
  name: "Role",
  description: "What a person is to the landlord.",
  valuesConfig: {
    TENANT: { description: "Locataire." },
    CO_OWNER: { description: "Copropriétaire." },
    OWNER: { description: "Propriétaire bailleur." },
    CANDIDATE: { description: "Candidat à la location." },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: "Whoever is signed in." })
export class Viewer {
  @Field(() => ID, { description: "Opaque id of the account." })
  id!: string;

  @Field(() => String, {
    description: "The confirmed address that the account is signed in to with (identifiant).",
  })
  email!: string;
}
