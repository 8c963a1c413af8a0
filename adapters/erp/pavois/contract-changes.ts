import type { Changes } from "../../ports/changes.ts";
import type {
  BillingAddressChange,
  InsuranceRenewal,
  OccupantChange,
  OccupantFields,
} from "../../ports/contract-changes.ts";
import { attached, changesBy, type Message } from "./changes.ts";
import type { Pavois } from "./client.ts";
import { isOccupant } from "./keys.ts";
import { address, contract, fit, given, Refused, upTo } from "./written.ts";

export const createOccupantChanges = (pavois: Pavois): Changes<OccupantChange> =>
  changesBy(pavois, "STORED_ID", ({ contractKey, payload }) => {
    const { operation, args } = occupantMessage(payload);
    return { operation, args: { ...contract(contractKey), ...args } };
  });

function occupantMessage(change: OccupantChange): Message {
  if (change.action === "ADD") {
    return { operation: "DeclarerOccupant", args: occupant(change.occupant) };
  }
  // Signatories are listed as occupants too: who they are is not for this port to change.
  if (!isOccupant(change.key)) throw new Refused("UNKNOWN_THING");
  const numbered = { NumeroOccupant: change.key };
  if (change.action === "CHANGE") {
    return { operation: "ModifierOccupant", args: { ...numbered, ...occupant(change.occupant) } };
  }
  return { operation: "RetirerOccupant", args: given({ ...numbered, SortieLe: change.leftOn }) };
}

const occupant = (fields: OccupantFields) =>
  given({
    Nom: upTo(60, fields.surname),
    Prenom: upTo(50, fields.givenName),
    DateNaissance: fields.birthDate,
    Lien: upTo(40, fields.relationship),
    EntreeLe: fields.since,
  });

export const createBillingAddressChanges = (pavois: Pavois): Changes<BillingAddressChange> =>
  changesBy(pavois, "STORED_ID", ({ contractKey, payload }) => ({
    operation: "ModifierAdresseFacturation",
    args: {
      ...contract(contractKey),
      Destinataire: upTo(60, payload.recipient),
      Adresse: address(payload.address),
    },
  }));

export const createInsuranceRenewals = (pavois: Pavois): Changes<InsuranceRenewal> =>
  changesBy(pavois, "STORED_ID", async (change) => {
    const { insurer, policyNumber, holder, validFrom, validTo, certificate } = change.payload;
    fit(validFrom <= validTo);
    const args = {
      ...contract(change.contractKey),
      Assureur: upTo(60, insurer),
      NumeroPolice: upTo(30, policyNumber),
      Assure: upTo(60, holder),
      Validite: { Debut: validFrom, Fin: validTo },
    };
    const [Attestation] = await attached(change, certificate ? [certificate] : []);
    return { operation: "DeclarerAssurance", args: given({ ...args, Attestation }) };
  });
