/** What forms of changes may hold, so that a front-end can draw them. */
import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import {
  personFieldLabels,
  personFields,
  type ShownAddressRules,
} from "../../../kernel/form-rules.ts";

export const PersonFieldType = Object.fromEntries(personFields.map((field) => [field, field]));
registerEnumType(PersonFieldType, {
  name: "PersonField",
  description: "A field of `ChangePersonalDataInput`, by its name.",
  valuesConfig: Object.fromEntries(
    personFields.map((field) => [field, { description: `${personFieldLabels[field].fr}.` }]),
  ),
});

export const InsuranceCertificate = { REQUIRED: "REQUIRED", OPTIONAL: "OPTIONAL" } as const;
registerEnumType(InsuranceCertificate, {
  name: "InsuranceCertificate",
  description: "Whether a renewal of home insurance must have its certificate with it.",
  valuesConfig: {
    REQUIRED: { description: "Refused without." },
    OPTIONAL: { description: "Taken without." },
  },
});

@ObjectType({
  simpleResolvers: true,
  description: "What the landlord's system has room for in a postal address.",
})
export class AddressRules implements ShownAddressRules {
  @Field(() => Int, { description: "Most street lines of `AddressInput.lines`." })
  maxLines!: number;

  @Field(() => Int, { description: "Most characters of one street line." })
  maxLineLength!: number;

  @Field(() => Int, { description: "Most characters of `AddressInput.city`." })
  maxCityLength!: number;

  @Field(() => Boolean, { description: "Whether an address outside France is taken." })
  foreign!: boolean;
}
