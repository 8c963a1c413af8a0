import { z } from "zod";
import { changePort } from "./changes.ts";
import { Day, Typed, TypedAddress } from "./values.ts";

const Phone = z.string().regex(/^\+[1-9]\d{4,14}$/);

/** What is absent stays as it is; at least one field. */
export const PersonChange = z
  .strictObject({
    title: z.enum(["MR", "MRS"]).optional(),
    surname: Typed.max(80).optional(),
    givenName: Typed.max(80).optional(),
    /** The address that the landlord writes to; not the one of the account. */
    email: z.email().optional(),
    /** E.164; the whole list, the most usual first. */
    phones: z.array(Phone).max(3).optional(),
    address: TypedAddress.optional(),
  })
  .refine((change) => Object.keys(change).length > 0, "at least one field");
export type PersonChange = z.infer<typeof PersonChange>;
/** Données personnelles. */
export const personChanges = changePort("personChanges", "PERSON", PersonChange);

export const ProfessionalSituationChange = z.strictObject({
  /** In the landlord's words, in French: `Salarié`, `Retraitée`. */
  label: Typed.max(60),
  employer: Typed.max(80).nullable(),
  since: Day.nullable(),
});
export type ProfessionalSituationChange = z.infer<typeof ProfessionalSituationChange>;
/** Situation professionnelle. */
export const professionalSituationChanges = changePort(
  "professionalSituationChanges",
  "PERSON",
  ProfessionalSituationChange,
);
