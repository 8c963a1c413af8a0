/** Bank details and mandates as beauceron shows them; shapes in openapi.yaml. */
import { addDays } from "../world/days.ts";
import type { WorldContract, WorldDirectDebit } from "../world/types.ts";
import { keyOfContract } from "./keys.ts";

/** As somebody typed the IBAN in: in small letters, in groups of four. */
export const coordonneesBancaires = (contract: WorldContract) => {
  const { bank } = contract;
  if (bank === null) return [];
  const iban = bank.iban.toLowerCase().replace(/.{4}(?=.)/g, "$& ");
  return [{ contrat: keyOfContract(contract), iban, bic: bank.bic ?? "", titulaire: bank.holder }];
};

export type FormerMandates = ReadonlyMap<WorldContract, WorldDirectDebit[]>;

/** The newest mandate, after those that it took the place of. */
export function mandates(contract: WorldContract, former: FormerMandates): WorldDirectDebit[] {
  const { directDebit } = contract;
  if (directDebit === null) return [];
  return [...(former.get(contract) ?? [before(contract, directDebit)]), directDebit];
}

export const mandats = (contract: WorldContract, former: FormerMandates) =>
  mandates(contract, former).map((mandate) => mandat(contract, mandate));

const before = (contract: WorldContract, mandate: WorldDirectDebit): WorldDirectDebit => ({
  mandateReference: `BCN${keyOfContract(contract)}01`,
  day: 15,
  signedOn: addDays(mandate.signedOn, -400),
  status: "ENDED",
});

const states = { ACTIVE: "ACTIF", SUSPENDED: "SUSPENDU", ENDED: "CLOS" } as const;

export const mandat = (contract: WorldContract, mandate: WorldDirectDebit) => ({
  contrat: keyOfContract(contract),
  rum: mandate.mandateReference,
  jour: String(mandate.day).padStart(2, "0"),
  date_signature: mandate.signedOn,
  etat: states[mandate.status],
});
