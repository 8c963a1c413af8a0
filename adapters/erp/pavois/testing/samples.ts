/** For tests: changes that Pavois takes, to spoil one value of. */
import type { OccupantFields } from "../../../ports/contract-changes.ts";

export const nobody = {
  surname: "X",
  givenName: null,
  birthDate: null,
  relationship: null,
  since: null,
};
export const address = {
  lines: ["1 rue"],
  postalCode: "17000",
  city: "La Rochelle",
  country: "FR",
};
export const iban = "FR7630001007941234567890185";
export const policy = {
  insurer: "MAIF",
  policyNumber: "1",
  holder: null,
  validFrom: "2026-01-01",
  validTo: "2099-12-31",
  certificate: null,
};
export const request = {
  reasonKey: "M04",
  placeKey: null,
  description: "Ascenseur",
  availabilities: [],
  contactPhone: null,
  photos: [],
};
export const euros = (amount: string) => ({ amount, currency: "EUR" as const });
export const payment = {
  amount: euros("10.00"),
  paidAt: "2026-01-02T10:00:00Z",
  provider: "LYRA" as const,
  providerReference: "x",
};
export const add = (fields: Partial<OccupantFields>) => ({
  action: "ADD" as const,
  occupant: { ...nobody, ...fields },
});
