import { z } from "zod";
import { ofOnePerson } from "./keep.ts";
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
  email: Text.nullable(),
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
  email: Text.nullable(),
  /** E.164, `+33546004994`; numbers that cannot be read as such are left out. */
  phones: z.array(z.string().regex(/^\+[1-9]\d{4,14}$/)),
  address: Address.nullable(),
});
export type Person = z.infer<typeof Person>;

export interface Persons {
  /** Null where the ERP knows no such person. */
  byKeys: BatchRead<string, Person | null>;
}
export const persons = port<Persons>("persons", { byKeys: read(Person.nullable(), ofOnePerson) });

export const ProfessionalSituation = z.strictObject({
  /** In the landlord's words, in French: `Salarié`, `Retraitée`. */
  label: Text,
  employer: Text.nullable(),
  since: Day.nullable(),
});
export type ProfessionalSituation = z.infer<typeof ProfessionalSituation>;

export interface ProfessionalSituations {
  /** Situation professionnelle, per person key; null when none is on file. */
  ofPersons: BatchRead<string, ProfessionalSituation | null>;
}
export const professionalSituations = port<ProfessionalSituations>("professionalSituations", {
  ofPersons: read(ProfessionalSituation.nullable(), ofOnePerson),
});

export const Role = z.enum(["TENANT", "CO_OWNER", "OWNER", "CANDIDATE"]);
export type Role = z.infer<typeof Role>;

export interface Roles {
  /** What each person is to the landlord, each role once, in the order above; at least one. */
  ofPersons: BatchRead<string, Role[]>;
}
export const roles = port<Roles>("roles", { ofPersons: read(z.array(Role).min(1), ofOnePerson) });

export interface IssuedCredentials {
  /** As printed on the calls for funds or for rent, after the landlord's normalisation. */
  readonly identifier: string;
  readonly password: string;
}

export const CredentialHolder = z.strictObject({
  personKey: Key,
  /** The address that the landlord has on file: without one nobody can connect. */
  email: Text.nullable(),
  /** Whether the password is the provisional one of six digits, which must be changed. */
  provisional: z.boolean(),
});
export type CredentialHolder = z.infer<typeof CredentialHolder>;

export interface Credentials {
  /**
   * Who holds each identifier, if the password is the one that the landlord issued or the one of
   * the landlord's former portal; null otherwise, whichever of the two was wrong.
   */
  check: BatchRead<IssuedCredentials, CredentialHolder | null>;
}
export const credentials = port<Credentials>("credentials", {
  check: read(CredentialHolder.nullable()),
});
