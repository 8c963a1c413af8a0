import { Field, ID, Int, ObjectType } from "type-graphql";
import { PhoneScalar } from "../../kernel/scalars.ts";
import { AddressType } from "../../kernel/shared-types.ts";

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

@ObjectType({
  simpleResolvers: true,
  description: "Something that the landlord tells about a building: equipment, rules, works.",
})
export class BuildingNote {
  @Field(() => String, { description: "In French." })
  title!: string;

  @Field(() => String, { description: "Plain text, in French." })
  text!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: "A building or a residence (immeuble, résidence).",
})
export class Building {
  @Field(() => ID, { description: "Opaque." })
  id!: string;

  @Field(() => String, { description: "Nom de la résidence." })
  name!: string;

  @Field(() => AddressType, { description: "Where it is." })
  address!: AddressType;

  @Field(() => Int, { nullable: true, description: "Year. Null where it is not known." })
  builtIn!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "How many units it has. Null where it is not known.",
  })
  units!: number | null;

  @Field(() => [BuildingNote], { description: "What the landlord tells about it." })
  notes!: BuildingNote[];
}
