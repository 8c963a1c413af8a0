/** What forms of changes may hold: a part of a landlord's file, and lengths that hold everywhere. */
import { z } from "zod";
import type { Texts } from "./landlord.ts";

/** What every landlord's system has room for, in characters: nobody is refused for it afterwards. */
export const longest = {
  surname: 50,
  givenName: 40,
  email: 100,
  /** As the post has it (NF Z 10-011). */
  addressLine: 38,
  city: 32,
  recipient: 60,
  relationship: 40,
  employer: 60,
  situation: 60,
  insurer: 50,
  policyNumber: 30,
  insured: 60,
} as const;

export const personFields = [
  "title",
  "surname",
  "givenName",
  "email",
  "phones",
  "address",
] as const;
export type PersonField = (typeof personFields)[number];

export const personFieldLabels: Readonly<Record<PersonField, Texts>> = {
  title: { fr: "Civilité", en: "Title" },
  surname: { fr: "Nom", en: "Surname" },
  givenName: { fr: "Prénom", en: "Given name" },
  email: { fr: "Adresse électronique", en: "E-mail address" },
  phones: { fr: "Téléphone", en: "Phone" },
  address: { fr: "Adresse", en: "Address" },
};

export const PersonalDataRules = z
  .strictObject({
    /** What a person may have changed; the rest is told, not changed. */
    changeable: z.array(z.enum(personFields)).default(["email", "phones", "address"]),
    /** How many phone numbers the ERP keeps of a person. */
    maxPhones: z.int().min(1).max(3).default(3),
  })
  .prefault({});
export type PersonalDataRules = z.infer<typeof PersonalDataRules>;

export const AddressRules = z
  .strictObject({
    /** How many street lines the ERP keeps. */
    maxLines: z.int().min(1).max(4).default(4),
    /** Whether it takes addresses outside France. */
    foreign: z.boolean().default(true),
  })
  .prefault({});
export type AddressRules = z.infer<typeof AddressRules>;

/** The same for a front-end, with the lengths. */
export interface ShownAddressRules extends AddressRules {
  readonly maxLineLength: number;
  readonly maxCityLength: number;
}

export const showAddressRules = (rules: AddressRules): ShownAddressRules => ({
  ...rules,
  maxLineLength: longest.addressLine,
  maxCityLength: longest.city,
});
