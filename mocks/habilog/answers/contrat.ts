import type { WorldContract, WorldUnit } from "../../world/types.ts";
import type { Directory } from "../directory.ts";
import { address, day, flag, record, type Values } from "../format.ts";
import { keyOfContract, keyOfOccupant, keyOfPerson } from "../keys.ts";
import { ofContract, type Answer } from "./answer.ts";

const modes = { DIRECT_DEBIT: "PRLV", CARD: "CB", TRANSFER: "VIR", CHEQUE: "CHQ" };
const modeWidth = 6;
export const modeOf = (method: keyof typeof modes): string => modes[method].padEnd(modeWidth);

export const listContracts: Answer = (key, directory) => {
  const person = directory.person(key);
  const contracts = person ? directory.contractsOf(person) : [];
  return contracts.map((contract) => contractXml(contract, directory));
};

function stateOf({ start, end }: WorldContract, today: string): string {
  if (start > today) return "F";
  return end !== null && end < today ? "R" : "C";
}

/** The last signatory first, and modules backwards: the order says nothing here. */
function contractXml(contract: WorldContract, directory: Directory): string {
  const signatories = directory.signatoriesOf(contract).map((person, i) => ({
    NumeroTiers: keyOfPerson(person),
    NomComplet: `${person.givenName} ${person.surname}`,
    Principal: flag(i === 0),
  }));
  return record("Contrat", {
    NumeroContrat: keyOfContract(contract),
    Nature: "BAIL".padEnd(10),
    Etat: stateOf(contract, directory.today),
    DateEntree: day(contract.start),
    DateSortie: day(contract.end),
    ModePaiement: modeOf(contract.paymentMethod),
    Signataire: signatories.toReversed(),
    Module: contract.units.map(moduleOf).toReversed(),
  });
}

const moduleTypes = { DWELLING: "LOGEMENT", PARKING: "STATIONNEMENT", STORAGE: "CAVE" };

const moduleOf = (unit: WorldUnit): Values => ({
  ReferenceModule: unit.reference,
  TypeModule: moduleTypes[unit.kind].padEnd(15),
  Designation: unit.label,
  Adresse: address(unit.address),
});

export const readInsurance = ofContract((contract) => {
  const { insurance } = contract;
  if (!insurance) return [];
  const values = {
    NumeroContrat: keyOfContract(contract),
    Assureur: insurance.insurer,
    NumeroPolice: insurance.policyNumber,
    Assure: insurance.holder,
    DateDebut: day(insurance.from),
    DateFin: day(insurance.to),
  };
  return [record("Assurance", values)];
});

export const readBilling = ofContract((contract) => [
  record("Facturation", {
    NumeroContrat: keyOfContract(contract),
    Destinataire: contract.billing.recipient,
    Adresse: address(contract.billing.address),
  }),
]);

export const listContacts = ofContract((contract) =>
  contract.contacts.map((contact) =>
    record("Interlocuteur", {
      NumeroContrat: keyOfContract(contract),
      Fonction: contact.role,
      Nom: contact.name,
      Telephone: contact.phone ?? "",
      Courriel: contact.email ?? "",
    }),
  ),
);

/** The signatories first, then who lives with them. */
export const listOccupants = ofContract((contract, directory) => {
  const NumeroContrat = keyOfContract(contract);
  const holders = directory.signatoriesOf(contract).map((person) => ({
    NumeroOccupant: `T${person.number}`,
    NumeroContrat,
    Titulaire: flag(true),
    Nom: person.surname,
    Prenom: person.givenName,
    DateNaissance: day(person.birthDate),
    LienParente: "Titulaire",
    DateArrivee: day(contract.start),
  }));
  const others = contract.occupants.map((occupant) => ({
    NumeroOccupant: keyOfOccupant(occupant),
    NumeroContrat,
    Titulaire: flag(false),
    Nom: occupant.surname,
    Prenom: occupant.givenName,
    DateNaissance: day(occupant.birthDate),
    LienParente: occupant.relationship,
    DateArrivee: day(occupant.since),
  }));
  return [...holders, ...others].map((values) => record("Occupant", values));
});
