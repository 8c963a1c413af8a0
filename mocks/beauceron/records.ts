/** The World's people and contracts as beauceron shows them; shapes in openapi.yaml. */
import type {
  WorldAddress,
  WorldContract,
  WorldInsurance,
  WorldOccupant,
  WorldPerson,
  WorldRequest,
  WorldUnit,
} from "../world/types.ts";
import { euros, evening, localMoment } from "./formats.ts";
import type { Policy, References } from "./held.ts";
import { keyOfContract, keyOfOccupant, keyOfPerson, keyOfRequest } from "./keys.ts";

export const modes = {
  DIRECT_DEBIT: "PRELEVEMENT",
  CARD: "CARTE",
  TRANSFER: "VIREMENT",
  CHEQUE: "CHEQUE",
} as const;

const natures = { DWELLING: "LOGEMENT", PARKING: "STATIONNEMENT", STORAGE: "ANNEXE" } as const;

export const states = {
  RECEIVED: "RECUE",
  IN_PROGRESS: "EN_COURS",
  SCHEDULED: "PLANIFIEE",
  WAITING_FOR_TENANT: "ATTENTE_LOCATAIRE",
  DONE: "TERMINEE",
  CANCELLED: "ANNULEE",
} as const;

export const adresse = (address: WorldAddress) => ({
  lignes: address.lines,
  code_postal: address.postalCode,
  ville: address.city,
  pays: "FR",
});

export const locataire = (person: WorldPerson, phones: ReadonlyMap<number, string[]>) => ({
  cle: keyOfPerson(person),
  civilite: person.title === "MR" ? "M" : "MME",
  nom: person.surname,
  nom_naissance: person.birthSurname,
  prenom: person.givenName,
  date_naissance: person.birthDate,
  courriel: person.email,
  telephones: phones.get(person.number) ?? (person.phone === null ? [] : [person.phone]),
  adresse: adresse(person.address),
});

export const contrat = (contract: WorldContract, people: WorldPerson[], today: string) => ({
  numero: keyOfContract(contract),
  etat: etatContrat(contract, today),
  date_effet: contract.start,
  date_fin: contract.end,
  signataires: people.map((person) => ({
    cle: keyOfPerson(person),
    nom_avis: `${person.surname} ${person.givenName}`,
  })),
  modules: contract.units.map(moduleLoue),
  mode_paiement: modes[contract.paymentMethod],
});

function etatContrat(contract: WorldContract, today: string) {
  if (contract.start > today) return "A_VENIR";
  return contract.end !== null && contract.end < today ? "RESILIE" : "ACTIF";
}

const moduleLoue = (unit: WorldUnit) => ({
  reference: unit.reference,
  nature: natures[unit.kind],
  libelle: unit.label,
  adresse: adresse(unit.address),
});

/**
 * What is on file, oldest first: unless portals sent some, the policy and the one of the year before
 * that it renewed.
 */
export function assurances(
  contract: WorldContract,
  sent: ReadonlyMap<WorldContract, Policy[]>,
): Policy[] {
  const { insurance } = contract;
  if (insurance === null) return [];
  return sent.get(contract) ?? [assurance(insurance, 1), assurance(insurance, 0)];
}

const assurance = (insurance: WorldInsurance, yearsAgo: number): Policy => ({
  assureur: insurance.insurer,
  police: yearsAgo === 0 ? insurance.policyNumber : `${insurance.policyNumber}/${yearsAgo}`,
  titulaire: insurance.holder,
  valide_du: yearsBefore(insurance.from, yearsAgo),
  valide_au: yearsBefore(insurance.to, yearsAgo),
});

function yearsBefore(day: string, years: number): string {
  const earlier = `${Number(day.slice(0, 4)) - years}${day.slice(4)}`;
  return years > 0 ? earlier.replace("02-29", "02-28") : earlier;
}

export const adresseFacturation = ({ billing }: WorldContract) => ({
  destinataire: billing.recipient,
  adresse: adresse(billing.address),
});

export const interlocuteurs = (contract: WorldContract) =>
  contract.contacts.map((contact) => ({
    fonction: contact.role,
    nom: contact.name,
    telephone: contact.phone,
    courriel: contact.email,
  }));

export const occupants = (contract: WorldContract) =>
  contract.occupants.map((lodger) => occupant(contract, lodger));

export const occupant = (contract: WorldContract, lodger: WorldOccupant) => ({
  cle: keyOfOccupant(contract.number, lodger.number),
  contrat: keyOfContract(contract),
  nom: lodger.surname,
  prenom: lodger.givenName,
  date_naissance: lodger.birthDate,
  lien: lodger.relationship,
  date_entree: lodger.since,
});

export const solde = (contract: WorldContract) => ({
  contrat: keyOfContract(contract),
  montant: euros(Math.abs(contract.balanceCents)),
  sens: contract.balanceCents > 0 ? "DEBITEUR" : contract.balanceCents < 0 ? "CREDITEUR" : "NUL",
  en_retard: contract.late,
  calcule_le: evening(contract.balanceAsOf),
});

export const demande = (
  contract: WorldContract,
  request: WorldRequest,
  references: References,
) => ({
  cle: keyOfRequest(contract.number, request.number),
  contrat: keyOfContract(contract),
  numero: `D${contract.number}/${request.number}`,
  categorie: request.category === "TECHNICAL" ? "TECHNIQUE" : "ADMINISTRATIVE",
  lieu: request.place,
  motif: request.reason,
  description: request.description,
  etat: states[request.updates.at(-1)!.status],
  creee_le: localMoment(request.createdAt),
  avancements: request.updates.map((update) => ({
    le: localMoment(update.at),
    etat: states[update.status],
    commentaire: update.comment,
  })),
  reference: references.of(contract, request.number),
});
