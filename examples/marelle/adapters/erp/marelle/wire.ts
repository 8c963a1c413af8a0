/** What marelle is sent and answers, as its WSDL says. */
import { z } from "zod";
import { flag, listOf } from "../../transport/soap-fields.ts";

export interface TrouverSignataires {
  Reference: string;
}

export interface LireTiers {
  Numero: string;
}

export interface ListerBaux {
  Numero: string;
}

export interface LireCompte {
  Bail: string;
}

export interface LireAssurance {
  Bail: string;
}

export interface LireEnvoi {
  Bail: string;
}

export interface ListerDemandes {
  Bail: string;
}

export const Adresse = z.object({
  Ligne: listOf(z.string()),
  CodePostal: z.string(),
  Ville: z.string(),
});
export type Adresse = z.infer<typeof Adresse>;

export const Envoi = z.object({
  Destinataire: z.string(),
  Adresse: Adresse,
});
export type Envoi = z.infer<typeof Envoi>;

export interface ModifierEnvoi {
  Bail: string;
  Envoi: Envoi;
}

/** Une personne. */
export const Tiers = z.object({
  Numero: z.string(),
  Civilite: z.enum(["M", "MME"]).optional(),
  Nom: z.string(),
  NomNaissance: z.string().optional(),
  Prenom: z.string(),
  /** jj/mm/aaaa. */
  NeLe: z.string().optional(),
  Courriel: z.string().optional(),
  Telephone: listOf(z.string()),
  Adresse: Adresse,
});
export type Tiers = z.infer<typeof Tiers>;

export const TrouverSignatairesReponse = z.object({
  Tiers: listOf(Tiers),
});
export type TrouverSignatairesReponse = z.infer<typeof TrouverSignatairesReponse>;

export const LireTiersReponse = z.object({
  Tiers: Tiers,
});
export type LireTiersReponse = z.infer<typeof LireTiersReponse>;

export const Local = z.object({
  Module: z.string(),
  /** LOG logement, PKG stationnement, CAV cave. */
  Nature: z.enum(["LOG", "PKG", "CAV"]),
  Type: z.string().optional(),
  Adresse: Adresse,
});
export type Local = z.infer<typeof Local>;

export const Bail = z.object({
  Numero: z.string(),
  /** E en cours, T terminé, F à venir. */
  Etat: z.enum(["E", "T", "F"]),
  Debut: z.string(),
  Fin: z.string().optional(),
  Titulaire: listOf(z.string()),
  Local: listOf(Local),
  /** PRE prélèvement, VIR virement, CHQ chèque. */
  Paiement: z.enum(["PRE", "VIR", "CHQ"]),
});
export type Bail = z.infer<typeof Bail>;

export const ListerBauxReponse = z.object({
  Bail: listOf(Bail),
});
export type ListerBauxReponse = z.infer<typeof ListerBauxReponse>;

export const Compte = z.object({
  /** 1 234,56, sans signe. */
  Solde: z.string(),
  /** D débiteur, C créditeur. */
  Sens: z.enum(["D", "C"]),
  Retard: flag,
  /** jj/mm/aaaa hh:mm. */
  Arrete: z.string(),
});
export type Compte = z.infer<typeof Compte>;

export const LireCompteReponse = z.object({
  Compte: Compte,
});
export type LireCompteReponse = z.infer<typeof LireCompteReponse>;

export const Assurance = z.object({
  Assureur: z.string(),
  Police: z.string(),
  Du: z.string(),
  Au: z.string(),
});
export type Assurance = z.infer<typeof Assurance>;

export const LireAssuranceReponse = z.object({
  Assurance: Assurance.optional(),
});
export type LireAssuranceReponse = z.infer<typeof LireAssuranceReponse>;

export const LireEnvoiReponse = z.object({
  Envoi: Envoi.optional(),
});
export type LireEnvoiReponse = z.infer<typeof LireEnvoiReponse>;

export const DemandeEtape = z.object({
  Le: z.string(),
  /** REC reçue, COU en cours, RDV rendez-vous pris, FIN terminée, ANN annulée. */
  Etat: z.enum(["REC", "COU", "RDV", "FIN", "ANN"]),
});
export type DemandeEtape = z.infer<typeof DemandeEtape>;

export const Demande = z.object({
  Numero: z.string(),
  /** T technique, A administrative. */
  Nature: z.enum(["T", "A"]),
  Lieu: z.string().optional(),
  Motif: z.string(),
  Texte: z.string().optional(),
  Etape: listOf(DemandeEtape),
});
export type Demande = z.infer<typeof Demande>;

export const ListerDemandesReponse = z.object({
  Demande: listOf(Demande),
});
export type ListerDemandesReponse = z.infer<typeof ListerDemandesReponse>;

export const ModifierEnvoiReponse = z.object({
  Fait: flag,
});
export type ModifierEnvoiReponse = z.infer<typeof ModifierEnvoiReponse>;
