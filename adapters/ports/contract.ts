import { z } from "zod";
import { ofEverybody, ofOnePerson } from "./keep.ts";
import { port, read, type BatchRead } from "./port.ts";
import { Address, Day, Key, Text } from "./values.ts";

export const Unit = z.strictObject({
  /** Référence du module, as the landlord prints it. */
  reference: Text,
  kind: z.enum(["DWELLING", "PARKING", "STORAGE", "OTHER"]),
  /** The landlord's own word for it, `T3`, `Garage`. */
  label: Text.nullable(),
  address: Address,
});
export type Unit = z.infer<typeof Unit>;

export const Contract = z.strictObject({
  key: Key,
  /** As the landlord prints it: `L/2013936`, `0030020788B`. */
  number: Text,
  /** Bail, lot de copropriété, mandat de gestion. */
  kind: z.enum(["LEASE", "CO_OWNERSHIP", "MANAGEMENT"]),
  status: z.enum(["ACTIVE", "ENDED", "UPCOMING"]),
  startDate: Day,
  endDate: Day.nullable(),
  /** Names of the signatories as on the rent notice. */
  signatories: z.array(Text).min(1),
  /** At least one; dwelling first. */
  units: z.array(Unit).min(1),
  /** Mode de paiement. */
  paymentMethod: z.enum(["DIRECT_DEBIT", "CARD", "TRANSFER", "CHEQUE", "OTHER"]).nullable(),
});
export type Contract = z.infer<typeof Contract>;

export interface Contracts {
  /**
   * Every contract of each person, active ones first, then by number; ended ones too. This list is
   * what ownership is decided by: it must hold nobody else's contract.
   */
  ofPersons: BatchRead<string, Contract[]>;
}
export const contracts = port<Contracts>("contracts", {
  ofPersons: read(z.array(Contract), ofOnePerson),
});

export const InsurancePolicy = z.strictObject({
  insurer: Text,
  policyNumber: Text,
  holder: Text.nullable(),
  validFrom: Day,
  validTo: Day,
});
export type InsurancePolicy = z.infer<typeof InsurancePolicy>;

export interface InsurancePolicies {
  /** The newest home-insurance policy on file per contract key; null when there is none. */
  ofContracts: BatchRead<string, InsurancePolicy | null>;
}
export const insurancePolicies = port<InsurancePolicies>("insurancePolicies", {
  ofContracts: read(InsurancePolicy.nullable(), ofOnePerson),
});

export const BillingAddress = z.strictObject({ recipient: Text, address: Address });
export type BillingAddress = z.infer<typeof BillingAddress>;

export interface BillingAddresses {
  /** To whom and where rent notices go, per contract key; null when the ERP has none. */
  ofContracts: BatchRead<string, BillingAddress | null>;
}
export const billingAddresses = port<BillingAddresses>("billingAddresses", {
  ofContracts: read(BillingAddress.nullable(), ofOnePerson),
});

export const BuildingContact = z.strictObject({
  /** Responsable d'immeuble, gardien, agence: the landlord's own word. */
  role: Text,
  name: Text,
  phone: z
    .string()
    .regex(/^\+[1-9]\d{4,14}$/)
    .nullable(),
  email: Text.nullable(),
});
export type BuildingContact = z.infer<typeof BuildingContact>;

export interface BuildingContacts {
  /** Who looks after the building of each contract key; may be empty. */
  ofContracts: BatchRead<string, BuildingContact[]>;
}
export const buildingContacts = port<BuildingContacts>("buildingContacts", {
  ofContracts: read(z.array(BuildingContact), ofEverybody),
});

export const Occupant = z.strictObject({
  key: Key,
  contractKey: Key,
  surname: Text,
  givenName: Text.nullable(),
  birthDate: Day.nullable(),
  /** Lien avec le titulaire, in the landlord's words, in French: `Enfant`, `Conjoint`. */
  relationship: Text.nullable(),
  /** First day in the dwelling; null where the ERP does not keep it. */
  since: Day.nullable(),
});
export type Occupant = z.infer<typeof Occupant>;

export interface Occupants {
  /** Who lives in the dwelling now beside the signatories, per contract key. */
  ofContracts: BatchRead<string, Occupant[]>;
}
export const occupants = port<Occupants>("occupants", {
  ofContracts: read(z.array(Occupant), ofOnePerson),
});

export const Building = z.strictObject({
  key: Key,
  /** Résidence, immeuble. */
  name: Text,
  address: Address,
  builtIn: z.int().min(1000).max(2200).nullable(),
  units: z.int().positive().nullable(),
  /** What the landlord tells about the building: equipment, rules, works. Plain text, in French. */
  notes: z.array(z.strictObject({ title: Text, text: Text })),
});
export type Building = z.infer<typeof Building>;

export interface Buildings {
  /** The building of the contract's dwelling, per contract key; null where the ERP has none. */
  ofContracts: BatchRead<string, Building | null>;
}
export const buildings = port<Buildings>("buildings", {
  ofContracts: read(Building.nullable(), ofEverybody),
});

export const Property = z.strictObject({
  key: Key,
  /** Numéro de lot. */
  reference: Text,
  label: Text,
  /** CO_OWNED: a lot in a co-ownership; LET: a dwelling that is let for the owner. */
  kind: z.enum(["CO_OWNED", "LET"]),
  address: Address,
  /** Tantièmes, shares in the co-ownership; null where there are none. */
  shares: z.int().nonnegative().nullable(),
});
export type Property = z.infer<typeof Property>;

export interface Properties {
  /** Biens of an owner or a co-owner, per person key. */
  ofPersons: BatchRead<string, Property[]>;
}
export const properties = port<Properties>("properties", {
  ofPersons: read(z.array(Property), ofOnePerson),
});

export const Candidacy = z.strictObject({
  key: Key,
  number: Text,
  status: z.enum(["INCOMPLETE", "SUBMITTED", "UNDER_REVIEW", "ACCEPTED", "REFUSED", "WITHDRAWN"]),
  /** What is looked for, in words, in French. */
  wish: Text.nullable(),
  openedOn: Day,
  updatedOn: Day,
});
export type Candidacy = z.infer<typeof Candidacy>;

export interface Candidacies {
  /** Dossiers de recherche, newest first, per person key. */
  ofPersons: BatchRead<string, Candidacy[]>;
}
export const candidacies = port<Candidacies>("candidacies", {
  ofPersons: read(z.array(Candidacy), ofOnePerson),
});

export const NewsItem = z.strictObject({
  key: Key,
  title: Text,
  /** Plain text. */
  text: Text,
  publishedOn: Day,
});
export type NewsItem = z.infer<typeof NewsItem>;

export interface News {
  /** Actualités meant for each person's profile, newest first, 50 at most, per person key. */
  ofPersons: BatchRead<string, NewsItem[]>;
}
export const news = port<News>("news", { ofPersons: read(z.array(NewsItem).max(50), ofEverybody) });
