/** Inputs that mutations of several subgraphs take. */
import { Field, InputType } from "type-graphql";
import type { TypedAddress } from "./address-input.ts";
import { CountryScalar } from "./scalars.ts";

@InputType({ description: "A postal address, as typed (adresse)." })
export class AddressInput implements TypedAddress {
  @Field(() => [String], {
    description:
      "Street lines, as on an envelope. How many, and how long: `Landlord.addressRules`.",
  })
  lines!: string[];

  @Field(() => String, {
    description: "Code postal: five digits in France, ten letters and digits at most elsewhere.",
  })
  postalCode!: string;

  @Field(() => String, { description: "Ville." })
  city!: string;

  @Field(() => CountryScalar, {
    defaultValue: "FR",
    description: "Pays. Whether another than FR is taken: `Landlord.addressRules`.",
  })
  countryCode!: string;
}

export const idempotencyKeyDescription =
  "The client's own name for this request: 8 to 200 visible characters of ASCII, a UUID say. Send the same request again with the same key as often as needed: it is applied once, and the answer is the first one's.";
