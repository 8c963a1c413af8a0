/**
 * What the adapter needs of syndeo's answers; the whole is in openapi.yaml. Fields that are new or
 * of no use are ignored, missing or misshapen ones make the answer unusable.
 */
import { z } from "zod";
import { Day, Text } from "../../ports/values.ts";
import { Instant, Montant, OptionalText } from "./values.ts";

/** How syndeo names things. What does not look like it names nothing, and is never sent. */
export const names = {
  person: /^P\d{6}$/,
  contract: /^(BAI|COP|MAN)-\d{6}$/,
  identifier: /^[A-Z]{2}\d{6}$/,
  request: /^INT-\d{1,9}-\d{1,12}$/,
  FUNDS_CALL: /^AF-\d{1,9}-\d{1,12}$/,
  ASSEMBLY_MINUTES: /^PV-\d{1,9}-\d{1,12}$/,
  RENT_RECEIPT: /^QT-\d{1,9}-\d{1,12}$/,
  RENT_NOTICE: /^AL-\d{1,9}-\d{1,12}$/,
} as const;

const CodePersonne = z.string().regex(names.person);
export const Contrat = z.string().regex(names.contract);

export const Session = z.object({ Ticket: z.string().regex(/^[\x21-\x7e]{1,500}$/) });

export const Acces = z.object({ CodePersonne, Courriel: OptionalText, Provisoire: z.boolean() });
export type Acces = z.infer<typeof Acces>;

const Adresse = z.object({
  Lignes: z.array(z.string().trim()).transform((lines) => lines.filter((line) => line !== "")),
  CodePostal: Text,
  Ville: Text,
  Pays: z.string(),
});
export type Adresse = z.infer<typeof Adresse>;

export const Personne = z.object({
  CodePersonne,
  Civilite: z.enum(["M.", "Mme"]).nullable(),
  Nom: Text,
  NomNaissance: OptionalText,
  Prenom: OptionalText,
  DateNaissance: Day.nullable(),
  Courriel: OptionalText,
  Telephones: z.array(z.string()),
  Adresse: Adresse.nullable(),
  Roles: z.array(z.enum(["LOCATAIRE", "COPROPRIETAIRE", "BAILLEUR", "CANDIDAT"])).min(1),
});
export type Personne = z.infer<typeof Personne>;

const Mode = z.enum(["PRELEVEMENT", "CARTE", "VIREMENT", "CHEQUE"]);

export const ContratTenu = z.object({
  Contrat,
  Nature: z.enum(["BAIL", "COPROPRIETE", "MANDAT"]),
  Etat: z.enum(["EN_COURS", "TERMINE", "A_VENIR"]),
  DateEffet: Day,
  DateFin: Day.nullable(),
  Titulaires: z.array(z.object({ CodePersonne, Nom: Text })).min(1),
  Lots: z
    .array(
      z.object({
        Reference: Text,
        Nature: z.enum(["LOGEMENT", "STATIONNEMENT", "CAVE", "AUTRE"]),
        Libelle: OptionalText,
        Adresse,
      }),
    )
    .min(1),
  ModeReglement: Mode.nullable(),
  MembreConseil: z.boolean(),
});
export type ContratTenu = z.infer<typeof ContratTenu>;

export const Bien = z.object({
  Id: Text,
  CodePersonne,
  Reference: Text,
  Libelle: Text,
  Nature: z.enum(["LOT_COPROPRIETE", "LOT_GERANCE"]),
  Adresse,
  Tantiemes: z.int().nonnegative().nullable(),
});
export type Bien = z.infer<typeof Bien>;

export const Candidature = z.object({
  Id: Text,
  CodePersonne,
  Dossier: Text,
  Etat: z.enum(["INCOMPLET", "DEPOSE", "INSTRUCTION", "ACCEPTE", "REFUSE", "RETIRE"]),
  Souhait: OptionalText,
  OuvertLe: Day,
  ModifieLe: Day,
});
export type Candidature = z.infer<typeof Candidature>;

export const Compte = z.object({
  Id: Text,
  CodePersonne,
  Nature: z.enum(["LOCATAIRE", "COPROPRIETAIRE", "BAILLEUR"]),
  Libelle: Text,
  /** Positive: owed to the person. */
  Solde: Montant,
  EnRetard: z.boolean(),
});
export type Compte = z.infer<typeof Compte>;

export const Solde = z.object({
  Contrat,
  /** Positive: owed to the person. */
  Solde: Montant,
  EnRetard: z.boolean(),
});
export type Solde = z.infer<typeof Solde>;

export const Ecriture = z.object({
  Id: Text,
  Contrat,
  Date: Day,
  Libelle: Text,
  /** Positive: owed by the person. */
  Montant,
  PeriodeDu: Day.nullable(),
  PeriodeAu: Day.nullable(),
});
export type Ecriture = z.infer<typeof Ecriture>;

export const Reglement = z.object({
  Id: Text,
  Contrat,
  Date: Day,
  /** Positive: paid by the person. */
  Montant,
  Mode,
  Etat: z.enum(["ENCAISSE", "EN_ATTENTE", "IMPAYE"]),
  /** What the caller called it. */
  Reference: OptionalText,
});
export type Reglement = z.infer<typeof Reglement>;

export const Rib = z.object({
  Contrat,
  /** In groups of four; empty where none is on file. */
  Iban: z.string().transform((iban) => iban.replace(/\s/g, "").toUpperCase() || null),
  Bic: OptionalText,
  Titulaire: OptionalText,
});
export type Rib = z.infer<typeof Rib>;

export const Prelevement = z.object({
  Contrat,
  Mandat: z
    .object({
      Rum: Text,
      Jour: z.int().nullable(),
      SigneLe: Day.nullable(),
      Etat: z.enum(["ACTIF", "SUSPENDU", "CLOS"]),
    })
    .nullable(),
});
export type Prelevement = z.infer<typeof Prelevement>;

export const Immeuble = z.object({
  Contrat,
  Code: Text,
  Nom: Text,
  Adresse,
  AnneeConstruction: z.int().nullable(),
  NombreLots: z.int().nullable(),
  Informations: z.array(z.object({ Titre: Text, Texte: Text })),
});
export type Immeuble = z.infer<typeof Immeuble>;

export const Interlocuteur = z.object({
  Contrat,
  Fonction: Text,
  Nom: Text,
  Telephone: OptionalText,
  Courriel: OptionalText,
});
export type Interlocuteur = z.infer<typeof Interlocuteur>;

const EtatIntervention = z.enum([
  "RECUE",
  "EN_COURS",
  "PLANIFIEE",
  "ATTENTE_CLIENT",
  "TERMINEE",
  "ANNULEE",
]);

export const Intervention = z.object({
  Id: z.string().regex(names.request),
  Contrat,
  Numero: Text,
  /** What the caller called it. */
  Reference: OptionalText,
  Categorie: z.enum(["TECHNIQUE", "ADMINISTRATIVE"]),
  Lieu: OptionalText,
  Motif: Text,
  Description: OptionalText,
  Etat: EtatIntervention,
  CreeeLe: Instant,
  Etapes: z.array(z.object({ Le: Instant, Etat: EtatIntervention, Commentaire: OptionalText })),
});
export type Intervention = z.infer<typeof Intervention>;
