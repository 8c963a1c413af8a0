/** The World's people, contracts and accounts as syndeo shows them; shapes in openapi.yaml. */
import type {
  WorldAddress,
  WorldBuilding,
  WorldCandidacy,
  WorldContract,
  WorldEntry,
  WorldLedger,
  WorldPayment,
  WorldPerson,
  WorldProperty,
  WorldRequest,
} from "../world/types.ts";
import { instant, montant } from "./formats.ts";
import { keyOfContract, keyOfPerson, keyOfRequest } from "./keys.ts";

const roles = {
  TENANT: "LOCATAIRE",
  CO_OWNER: "COPROPRIETAIRE",
  OWNER: "BAILLEUR",
  CANDIDATE: "CANDIDAT",
} as const;

const modes = {
  DIRECT_DEBIT: "PRELEVEMENT",
  CARD: "CARTE",
  TRANSFER: "VIREMENT",
  CHEQUE: "CHEQUE",
} as const;

const adresse = ({ lines, postalCode, city, country = "FR" }: WorldAddress) => ({
  Lignes: lines,
  CodePostal: postalCode,
  Ville: city,
  Pays: country,
});

export const acces = (person: WorldPerson) => ({
  CodePersonne: keyOfPerson(person),
  Courriel: person.email,
  Provisoire: person.credentials?.provisional ?? false,
});

/** Roles come in the order of the alphabet. `phones`: where there are more than the World's one. */
export const personne = (person: WorldPerson, phones?: string[]) => ({
  CodePersonne: keyOfPerson(person),
  Civilite: person.title === "MR" ? "M." : "Mme",
  Nom: person.surname,
  NomNaissance: person.birthSurname ?? "",
  Prenom: person.givenName,
  DateNaissance: person.birthDate,
  Courriel: person.email ?? "",
  Telephones: phones ?? (person.phone === null ? [] : [person.phone]),
  Adresse: adresse(person.address),
  Roles: person.roles.map((role) => roles[role]).toSorted(),
});

const kinds = { LEASE: "BAIL", CO_OWNERSHIP: "COPROPRIETE", MANAGEMENT: "MANDAT" } as const;
const natures = { DWELLING: "LOGEMENT", PARKING: "STATIONNEMENT", STORAGE: "CAVE" } as const;

/** Whether a holder of the contract sits on the council: its papers are among the contract's then. */
export const sitsOnCouncil = ({ fundsCalls, minutes }: WorldContract): boolean =>
  [...fundsCalls, ...minutes].some(({ zone }) => zone === "COUNCIL");

/** Lots come in the order of their references, whatever they are. */
export const contrat = (contract: WorldContract, people: WorldPerson[], today: string) => ({
  Contrat: keyOfContract(contract),
  Nature: kinds[contract.kind],
  Etat: etatContrat(contract, today),
  DateEffet: contract.start,
  DateFin: contract.end,
  Titulaires: people.map((person) => ({
    CodePersonne: keyOfPerson(person),
    Nom: `${person.surname} ${person.givenName}`,
  })),
  Lots: contract.units
    .map((unit) => ({
      Reference: unit.reference,
      Nature: natures[unit.kind],
      Libelle: unit.label,
      Adresse: adresse(unit.address),
    }))
    .toSorted((a, b) => (a.Reference < b.Reference ? 1 : -1)),
  ModeReglement: modes[contract.paymentMethod],
  MembreConseil: sitsOnCouncil(contract),
});

function etatContrat({ start, end }: WorldContract, today: string) {
  if (start > today) return "A_VENIR";
  return end !== null && end < today ? "TERMINE" : "EN_COURS";
}

export const bien = (person: WorldPerson, property: WorldProperty) => ({
  Id: `BIE-${property.number}`,
  CodePersonne: keyOfPerson(person),
  Reference: property.reference,
  Libelle: property.label,
  Nature: property.kind === "CO_OWNED" ? "LOT_COPROPRIETE" : "LOT_GERANCE",
  Adresse: adresse(property.address),
  Tantiemes: property.shares,
});

const candidacyStates = {
  INCOMPLETE: "INCOMPLET",
  SUBMITTED: "DEPOSE",
  UNDER_REVIEW: "INSTRUCTION",
  ACCEPTED: "ACCEPTE",
  REFUSED: "REFUSE",
  WITHDRAWN: "RETIRE",
} as const;

export const candidature = (person: WorldPerson, candidacy: WorldCandidacy) => ({
  Id: `CAN-${candidacy.number}`,
  CodePersonne: keyOfPerson(person),
  Dossier: `D${candidacy.number}`,
  Etat: candidacyStates[candidacy.status],
  Souhait: candidacy.wish,
  OuvertLe: candidacy.openedOn,
  ModifieLe: candidacy.updatedOn,
});

/** Positive: what is owed to the person. */
export const compte = (person: WorldPerson, ledger: WorldLedger) => ({
  Id: `CPT-${ledger.number}`,
  CodePersonne: keyOfPerson(person),
  Nature: roles[ledger.kind],
  Libelle: ledger.label,
  Solde: montant(-ledger.balanceCents),
  EnRetard: ledger.late,
});

/** Positive: what is owed to the person. */
export const solde = (contract: WorldContract) => ({
  Contrat: keyOfContract(contract),
  Solde: montant(-contract.balanceCents),
  EnRetard: contract.late,
});

/** Positive: what the person owes. */
export const ecriture = (contract: WorldContract, entry: WorldEntry) => ({
  Id: `ECR-${contract.number}-${entry.number}`,
  Contrat: keyOfContract(contract),
  Date: entry.date,
  Libelle: entry.label,
  Montant: montant(entry.cents),
  PeriodeDu: entry.period?.from ?? null,
  PeriodeAu: entry.period?.to ?? null,
});

const paymentStates = { RECEIVED: "ENCAISSE", PENDING: "EN_ATTENTE", REJECTED: "IMPAYE" } as const;

export const reglement = (
  contract: WorldContract,
  payment: WorldPayment,
  reference: string | null = null,
) => ({
  Id: `REG-${contract.number}-${payment.number}`,
  Contrat: keyOfContract(contract),
  Date: payment.date,
  Montant: montant(payment.cents),
  Mode: modes[payment.method],
  Etat: paymentStates[payment.status],
  Reference: reference,
});

export const rib = (contract: WorldContract) => ({
  Contrat: keyOfContract(contract),
  Iban: contract.bank?.iban.replace(/(.{4})(?=.)/g, "$1 ") ?? "",
  Bic: contract.bank?.bic ?? null,
  Titulaire: contract.bank?.holder ?? null,
});

const mandateStates = { ACTIVE: "ACTIF", SUSPENDED: "SUSPENDU", ENDED: "CLOS" } as const;

export const prelevement = (contract: WorldContract) => ({
  Contrat: keyOfContract(contract),
  Mandat: contract.directDebit && {
    Rum: contract.directDebit.mandateReference,
    Jour: contract.directDebit.day,
    SigneLe: contract.directDebit.signedOn,
    Etat: mandateStates[contract.directDebit.status],
  },
});

export const immeuble = (contract: WorldContract, building: WorldBuilding) => ({
  Contrat: keyOfContract(contract),
  Code: `IMM-${building.number}`,
  Nom: building.name,
  Adresse: adresse(building.address),
  AnneeConstruction: building.builtIn,
  NombreLots: building.units,
  Informations: building.notes.map(({ title, text }) => ({ Titre: title, Texte: text })),
});

export const interlocuteurs = (contract: WorldContract) =>
  contract.contacts.map(({ role, name, phone, email }) => ({
    Contrat: keyOfContract(contract),
    Fonction: role,
    Nom: name,
    Telephone: phone,
    Courriel: email,
  }));

const states = {
  RECEIVED: "RECUE",
  IN_PROGRESS: "EN_COURS",
  SCHEDULED: "PLANIFIEE",
  WAITING_FOR_TENANT: "ATTENTE_CLIENT",
  DONE: "TERMINEE",
  CANCELLED: "ANNULEE",
} as const;

/** Steps come newest first. */
export const intervention = (
  contract: WorldContract,
  request: WorldRequest,
  reference: string | null = null,
) => ({
  Id: keyOfRequest(contract.number, request.number),
  Contrat: keyOfContract(contract),
  Numero: `${request.number}`,
  Reference: reference,
  Categorie: request.category === "TECHNICAL" ? "TECHNIQUE" : "ADMINISTRATIVE",
  Lieu: request.place,
  Motif: request.reason,
  Description: request.description,
  Etat: states[request.updates.at(-1)!.status],
  CreeeLe: instant(new Date(request.createdAt)),
  Etapes: request.updates
    .map((update) => ({
      Le: instant(new Date(update.at)),
      Etat: states[update.status],
      Commentaire: update.comment,
    }))
    .toReversed(),
});
