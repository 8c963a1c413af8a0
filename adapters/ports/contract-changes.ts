import { z } from "zod";
import { changePort, FileRef } from "./changes.ts";
import { Day, Key, Typed, TypedAddress } from "./values.ts";

const OccupantFields = z.strictObject({
  surname: Typed.max(80),
  givenName: Typed.max(80).nullable(),
  birthDate: Day.nullable(),
  /** Lien avec le titulaire, in the landlord's words, in French. */
  relationship: Typed.max(60).nullable(),
  /** First day in the dwelling. */
  since: Day.nullable(),
});
export type OccupantFields = z.infer<typeof OccupantFields>;

/** `key`: the `Occupant.key` of who is changed or has left. */
export const OccupantChange = z.discriminatedUnion("action", [
  z.strictObject({ action: z.literal("ADD"), occupant: OccupantFields }),
  z.strictObject({ action: z.literal("CHANGE"), key: Key, occupant: OccupantFields }),
  z.strictObject({ action: z.literal("REMOVE"), key: Key, leftOn: Day.nullable() }),
]);
export type OccupantChange = z.infer<typeof OccupantChange>;
/** Occupants du logement. */
export const occupantChanges = changePort("occupantChanges", "CONTRACT", OccupantChange);

export const BillingAddressChange = z.strictObject({
  recipient: Typed.max(80),
  address: TypedAddress,
});
export type BillingAddressChange = z.infer<typeof BillingAddressChange>;
/** Adresse de facturation. */
export const billingAddressChanges = changePort(
  "billingAddressChanges",
  "CONTRACT",
  BillingAddressChange,
);

export const InsuranceRenewal = z.strictObject({
  insurer: Typed.max(80),
  policyNumber: Typed.max(40),
  holder: Typed.max(80).nullable(),
  validFrom: Day,
  /** Not before `validFrom`. */
  validTo: Day,
  /** Attestation. */
  certificate: FileRef.nullable(),
});
export type InsuranceRenewal = z.infer<typeof InsuranceRenewal>;
/** Assurance habitation. */
export const insuranceRenewals = changePort("insuranceRenewals", "CONTRACT", InsuranceRenewal);
