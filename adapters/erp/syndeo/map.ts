/** syndeo's people, contracts and requests into the ports' data. Pure; moments need the ERP's zone. */
import type {
  Building,
  BuildingContact,
  Candidacy,
  Contract,
  Property,
} from "../../ports/contract.ts";
import type { CredentialHolder, Person, Role } from "../../ports/identity.ts";
import type { ServiceRequest } from "../../ports/requests.ts";
import type { Address } from "../../ports/values.ts";
import { phoneOf } from "../../transport/phone.ts";
import { momentOnWall } from "../../transport/wall-clock.ts";
import type * as wire from "./wire.ts";

const address = (adresse: wire.Adresse): Address => ({
  lines: adresse.Lignes,
  postalCode: adresse.CodePostal,
  city: adresse.Ville,
  country: adresse.Pays,
});

export const credentialHolder = (acces: wire.Acces): CredentialHolder => ({
  personKey: acces.CodePersonne,
  email: acces.Courriel,
  provisional: acces.Provisoire,
});

const titles = { "M.": "MR", Mme: "MRS" } as const;

export const person = (personne: wire.Personne): Person => ({
  key: personne.CodePersonne,
  title: personne.Civilite && titles[personne.Civilite],
  surname: personne.Nom,
  birthSurname: personne.NomNaissance === personne.Nom ? null : personne.NomNaissance,
  givenName: personne.Prenom,
  birthDate: personne.DateNaissance,
  email: personne.Courriel,
  phones: personne.Telephones.flatMap((phone) => phoneOf(phone) ?? []),
  address: personne.Adresse && address(personne.Adresse),
});

const roleNames = {
  LOCATAIRE: "TENANT",
  COPROPRIETAIRE: "CO_OWNER",
  BAILLEUR: "OWNER",
  CANDIDAT: "CANDIDATE",
} as const;
export const roleOrder: readonly Role[] = ["TENANT", "CO_OWNER", "OWNER", "CANDIDATE"];

export function roles({ Roles }: wire.Personne): Role[] {
  const held = new Set(Roles.map((role) => roleNames[role]));
  return roleOrder.filter((role) => held.has(role));
}

const contractKinds = {
  BAIL: "LEASE",
  COPROPRIETE: "CO_OWNERSHIP",
  MANDAT: "MANAGEMENT",
} as const;
const contractStates = { EN_COURS: "ACTIVE", TERMINE: "ENDED", A_VENIR: "UPCOMING" } as const;
const unitOrder = ["DWELLING", "PARKING", "STORAGE", "OTHER"] as const;
const unitKinds = {
  LOGEMENT: "DWELLING",
  STATIONNEMENT: "PARKING",
  CAVE: "STORAGE",
  AUTRE: "OTHER",
} as const;
export const paymentMethods = {
  PRELEVEMENT: "DIRECT_DEBIT",
  CARTE: "CARD",
  VIREMENT: "TRANSFER",
  CHEQUE: "CHEQUE",
} as const;

export const contract = (contrat: wire.ContratTenu): Contract => ({
  key: contrat.Contrat,
  number: contrat.Contrat,
  kind: contractKinds[contrat.Nature],
  status: contractStates[contrat.Etat],
  startDate: contrat.DateEffet,
  endDate: contrat.DateFin,
  signatories: contrat.Titulaires.map(({ Nom }) => Nom),
  units: contrat.Lots.map((lot) => ({
    reference: lot.Reference,
    kind: unitKinds[lot.Nature],
    label: lot.Libelle,
    address: address(lot.Adresse),
  })).toSorted(dwellingFirst),
  paymentMethod: contrat.ModeReglement && paymentMethods[contrat.ModeReglement],
});

type Unit = Contract["units"][number];
const dwellingFirst = (a: Unit, b: Unit) =>
  unitOrder.indexOf(a.kind) - unitOrder.indexOf(b.kind) || (a.reference < b.reference ? -1 : 1);

export const property = (bien: wire.Bien): Property => ({
  key: bien.Id,
  reference: bien.Reference,
  label: bien.Libelle,
  kind: bien.Nature === "LOT_COPROPRIETE" ? "CO_OWNED" : "LET",
  address: address(bien.Adresse),
  shares: bien.Tantiemes,
});

const candidacyStates = {
  INCOMPLET: "INCOMPLETE",
  DEPOSE: "SUBMITTED",
  INSTRUCTION: "UNDER_REVIEW",
  ACCEPTE: "ACCEPTED",
  REFUSE: "REFUSED",
  RETIRE: "WITHDRAWN",
} as const;

export const candidacy = (candidature: wire.Candidature): Candidacy => ({
  key: candidature.Id,
  number: candidature.Dossier,
  status: candidacyStates[candidature.Etat],
  wish: candidature.Souhait,
  openedOn: candidature.OuvertLe,
  updatedOn: candidature.ModifieLe,
});

export const building = (immeuble: wire.Immeuble): Building => ({
  key: immeuble.Code,
  name: immeuble.Nom,
  address: address(immeuble.Adresse),
  builtIn: immeuble.AnneeConstruction,
  units: immeuble.NombreLots,
  notes: immeuble.Informations.map(({ Titre, Texte }) => ({ title: Titre, text: Texte })),
});

export const buildingContact = (interlocuteur: wire.Interlocuteur): BuildingContact => ({
  role: interlocuteur.Fonction,
  name: interlocuteur.Nom,
  phone: phoneOf(interlocuteur.Telephone),
  email: interlocuteur.Courriel,
});

const requestStates = {
  RECUE: "RECEIVED",
  EN_COURS: "IN_PROGRESS",
  PLANIFIEE: "SCHEDULED",
  ATTENTE_CLIENT: "WAITING_FOR_TENANT",
  TERMINEE: "DONE",
  ANNULEE: "CANCELLED",
} as const;

/** Steps come newest first; each is read as lying behind the one before it. */
export function serviceRequest(intervention: wire.Intervention, timeZone: string): ServiceRequest {
  const createdAt = momentOnWall(intervention.CreeeLe, timeZone);
  let last = createdAt;
  const updates = intervention.Etapes.toReversed().map((etape) => ({
    at: (last = momentOnWall(etape.Le, timeZone, last)),
    status: requestStates[etape.Etat],
    comment: etape.Commentaire,
  }));
  return {
    key: intervention.Id,
    contractKey: intervention.Contrat,
    number: intervention.Numero,
    category: intervention.Categorie === "TECHNIQUE" ? "TECHNICAL" : "ADMINISTRATIVE",
    place: intervention.Lieu,
    reason: intervention.Motif,
    description: intervention.Description,
    status: requestStates[intervention.Etat],
    createdAt,
    updates,
  };
}
