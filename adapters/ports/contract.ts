import { z } from "zod";
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
export const contracts = port<Contracts>("contracts", { ofPersons: read(z.array(Contract)) });

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
  ofContracts: read(InsurancePolicy.nullable()),
});

export const BillingAddress = z.strictObject({ recipient: Text, address: Address });
export type BillingAddress = z.infer<typeof BillingAddress>;

export interface BillingAddresses {
  /** To whom and where rent notices go, per contract key; null when the ERP has none. */
  ofContracts: BatchRead<string, BillingAddress | null>;
}
export const billingAddresses = port<BillingAddresses>("billingAddresses", {
  ofContracts: read(BillingAddress.nullable()),
});

export const BuildingContact = z.strictObject({
  /** Responsable d'immeuble, gardien, agence: the landlord's own word. */
  role: Text,
  name: Text,
  phone: z
    .string()
    .regex(/^\+[1-9]\d{4,14}$/)
    .nullable(),
  email: z.string().nullable(),
});
export type BuildingContact = z.infer<typeof BuildingContact>;

export interface BuildingContacts {
  /** Who looks after the building of each contract key; may be empty. */
  ofContracts: BatchRead<string, BuildingContact[]>;
}
export const buildingContacts = port<BuildingContacts>("buildingContacts", {
  ofContracts: read(z.array(BuildingContact)),
});
