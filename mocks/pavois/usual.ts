/** The messages that callers usually send, with nothing optional left out and one of each list. */
import type { Field } from "./fields.ts";
import { messages, operations, type Operation } from "./messages.ts";
import { namespaces, type Prefix } from "./namespaces.ts";
import { prepare } from "./schema.ts";
import { parseXml, type XmlElement } from "../kit/xml.ts";

const samples: Record<string, string> = {
  ReferenceClient: "2013936",
  NumeroContrat: "L/2013936",
  NumeroTiers: "T0000001",
  InclureResilies: "true",
  NumeroDocument: "AE-00001001",
  NumeroDemande: "D00001001",
  Selection: "TOUTES",
  ReferenceExterne: "0192f3a4-0000-7000-8000-000000000001",
  Civilite: "MME",
  NomUsage: "Dupont",
  Prenom: "Éloïse",
  Courriel: "eloise@example.org",
  Telephone: "05 46 00 49 94",
  Ligne1: "1 rue du Port",
  Ligne2: "Bâtiment B",
  Ligne3: "Lieu-dit « Les Minimes »",
  CodePostal: "17000",
  Ville: "La Rochelle",
  CodePays: "FR",
  Libelle: "Retraitée",
  Employeur: "Mairie",
  Depuis: "2020-02-29",
  Nom: "Dupont",
  DateNaissance: "2001-01-31",
  Lien: "Enfant",
  EntreeLe: "2020-01-01",
  NumeroOccupant: "O00001001",
  SortieLe: "2026-01-01",
  Destinataire: "Mme Dupont",
  Assureur: "MAIF",
  NumeroPolice: "123 A",
  Assure: "Éloïse Dupont",
  Debut: "2026-01-01",
  Fin: "2026-12-31",
  NomFichier: "piece.pdf",
  TypeMime: "application/pdf",
  Contenu: "JVBERi0=",
  Montant: "12.5",
  RegleLe: "2026-01-01T12:00:00",
  Prestataire: "PAYFIP",
  ReferencePrestataire: "abc-1",
  Iban: "FR7630001007941234567890185",
  Bic: "BDFEFRPP",
  TitulaireCompte: "Éloïse Dupont",
  JourPrelevement: "5",
  Rum: "RUM-1",
  SigneLe: "2026-01-01",
  CodeMotif: "M01",
  CodeLieu: "L01",
  Description: "L’eau goutte.",
  Le: "2026-12-01",
  De: "08h00",
  A: "12h30",
  NumeroEnquete: "Q00001001",
  SituationFamiliale: "PACSE",
  NumeroMembre: "Q00001001-01",
  Activite: "SALARIE",
  RevenuFiscal: "18000",
};

const page = `<Pagination><SkipRecords xmlns="${namespaces.com}">0</SkipRecords><MaxRecords xmlns="${namespaces.com}">50</MaxRecords></Pagination>`;

interface Form {
  prefix: Prefix;
  fields: readonly Field[];
  choice?: true;
  page?: true;
}

/** One message of each operation, as XML text. */
export function usualMessage(operation: Operation): string {
  const { prefix, fields, choice, page: paged }: Form = messages[operation];
  const inner = (choice ? fields.slice(0, 1) : fields)
    .map((field) => elementOf(field, prefix))
    .join("");
  return `<${operation} xmlns="${namespaces[prefix]}">${inner}${paged ? page : ""}</${operation}>`;
}

function elementOf({ name, content }: Field, prefix: Prefix): string {
  const inside =
    "test" in content
      ? samples[name]
      : content.fields.map((field) => elementOf(field, content.prefix)).join("");
  return `<${name} xmlns="${namespaces[prefix]}">${inside}</${name}>`;
}

export function prepareSchemas(): void {
  prepare(operations.map((operation): XmlElement => parseXml(usualMessage(operation))));
}
