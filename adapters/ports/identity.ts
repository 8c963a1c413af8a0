import { z } from "zod";
import { port, read, type BatchRead } from "./port.ts";
import { Address, Day, Key, Text } from "./values.ts";

/**
 * What a person types to prove who they are, after the landlord's normalisation.
 * CUSTOMER: the customer or client reference; CONTRACT: the contract number.
 */
export interface RegistrationReference {
  readonly kind: "CUSTOMER" | "CONTRACT";
  readonly reference: string;
}

/** Somebody whom a reference names: a signatory of the contract, as the rent notice prints them. */
export const Registrant = z.strictObject({
  personKey: Key,
  /** Every surname under which the landlord may have printed the person (birth, marital), 1 or more. */
  surnames: z.array(Text).min(1),
  givenName: Text.nullable(),
  birthDate: Day.nullable(),
  /** The address that the landlord has on file. */
  email: z.string().nullable(),
});
export type Registrant = z.infer<typeof Registrant>;

export interface Registrations {
  /**
   * The signatories behind each reference; empty when the ERP knows no such reference. Names are
   * compared by the caller, never by the ERP.
   */
  byReferences: BatchRead<RegistrationReference, Registrant[]>;
}
export const registrations = port<Registrations>("registrations", {
  byReferences: read(z.array(Registrant)),
});

export const Person = z.strictObject({
  key: Key,
  title: z.enum(["MR", "MRS"]).nullable(),
  /** Nom d'usage. */
  surname: Text,
  /** Nom de naissance, where it differs. */
  birthSurname: Text.nullable(),
  givenName: Text.nullable(),
  birthDate: Day.nullable(),
  email: z.string().nullable(),
  /** E.164, `+33546004994`; numbers that cannot be read as such are left out. */
  phones: z.array(z.string().regex(/^\+[1-9]\d{4,14}$/)),
  address: Address.nullable(),
});
export type Person = z.infer<typeof Person>;

export interface Persons {
  /** Null where the ERP knows no such person. */
  byKeys: BatchRead<string, Person | null>;
}
export const persons = port<Persons>("persons", { byKeys: read(Person.nullable()) });
