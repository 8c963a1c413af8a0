/**
 * What the adapter needs of beauceron's answers; the whole is in openapi.yaml. Fields that are new
 * or of no use are ignored, missing or misshapen ones make the answer unusable.
 */
import { z } from "zod";
import { Amount, Day, Moment, Text } from "../../ports/values.ts";

/** How beauceron names things. What does not look like it names nothing, and is never sent. */
export const names = {
  person: /^LOC-\d{6,9}$/,
  contract: /^\d{10}[A-Z]$/,
  customer: /^\d{9}$/,
  RENT_NOTICE: /^AE-\d{1,9}-\d{1,9}$/,
  RENT_RECEIPT: /^QL-\d{1,9}-\d{1,9}$/,
  CHARGE_REGULARISATION: /^RC-\d{1,9}-\d{1,9}$/,
  request: /^DEM-\d{1,9}-\d{1,9}$/,
  occupant: /^OCC-\d{1,9}-\d{1,9}$/,
  building: /^RES-\d{4,9}$/,
  reason: /^M\d{2}$/,
  place: /^L\d{2}$/,
  residenceRequest: /^DEMR-\d{1,9}-\d{1,9}$/,
} as const;

const contrat = z.string().regex(names.contract);
const Midnight = z.int();
const Cents = z.int();
const Euros = z.string();
/** An empty text is no text. */
const OptionalText = z
  .string()
  .trim()
  .max(10_000)
  .transform((text) => (text === "" ? null : text))
  .nullable();

const Adresse = z.object({
  lignes: z.array(z.string().trim()).transform((lines) => lines.filter((line) => line !== "")),
  code_postal: Text,
  ville: Text,
  pays: z.string(),
});
export type Adresse = z.infer<typeof Adresse>;

export const Locataire = z.object({
  cle: z.string().regex(names.person),
  civilite: z.enum(["M", "MME"]).nullable(),
  nom: Text,
  nom_naissance: OptionalText,
  prenom: OptionalText,
  date_naissance: Day.nullable(),
  courriel: OptionalText,
  telephones: z.array(z.string()),
  adresse: Adresse.nullable(),
});
export type Locataire = z.infer<typeof Locataire>;

const Mode = z.enum(["PRELEVEMENT", "CARTE", "VIREMENT", "CHEQUE", "AUTRE"]);

export const Contrat = z.object({
  numero: contrat,
  etat: z.enum(["ACTIF", "RESILIE", "A_VENIR"]),
  date_effet: Day,
  date_fin: Day.nullable(),
  signataires: z.array(z.object({ cle: z.string(), nom_avis: Text })),
  modules: z.array(
    z.object({
      reference: Text,
      nature: z.enum(["LOGEMENT", "STATIONNEMENT", "ANNEXE", "AUTRE"]),
      libelle: OptionalText,
      adresse: Adresse,
    }),
  ),
  mode_paiement: Mode.nullable(),
});
export type Contrat = z.infer<typeof Contrat>;

export const Assurance = z.object({
  assureur: Text,
  police: Text,
  titulaire: OptionalText,
  valide_du: Day,
  valide_au: Day,
  /** The certificate, where one came with it. */
  attestation: z.object({ sha256: z.string() }).optional(),
});
export type Assurance = z.infer<typeof Assurance>;

export const AdresseFacturation = z.object({ destinataire: Text, adresse: Adresse });
export type AdresseFacturation = z.infer<typeof AdresseFacturation>;

export const Interlocuteur = z.object({
  fonction: Text,
  nom: Text,
  telephone: OptionalText,
  courriel: OptionalText,
});
export type Interlocuteur = z.infer<typeof Interlocuteur>;

export const Occupant = z.object({
  cle: z.string().regex(names.occupant),
  contrat,
  nom: Text,
  prenom: OptionalText,
  date_naissance: Day.nullable(),
  lien: OptionalText,
  date_entree: Day.nullable(),
});
export type Occupant = z.infer<typeof Occupant>;

export const Residence = z.object({
  cle: z.string().regex(names.building),
  nom: Text,
  adresse: Adresse,
  annee_construction: z.int(),
  logements: z.int(),
  informations: z.array(z.object({ titre: Text, texte: Text })),
});
export type Residence = z.infer<typeof Residence>;

export const CoordonneesBancaires = z.object({
  contrat,
  /** As it was typed in. */
  iban: Text,
  bic: OptionalText,
  titulaire: OptionalText,
});
export type CoordonneesBancaires = z.infer<typeof CoordonneesBancaires>;

export const Mandat = z.object({
  contrat,
  rum: Text,
  jour: z.string().regex(/^\d{2}$/),
  date_signature: Day.nullable(),
  etat: z.enum(["ACTIF", "SUSPENDU", "CLOS"]),
});
export type Mandat = z.infer<typeof Mandat>;

export const Solde = z.object({
  contrat,
  /** Never negative: `sens` says who owes. */
  montant: Amount.refine((amount) => !amount.startsWith("-")),
  sens: z.enum(["DEBITEUR", "CREDITEUR", "NUL"]),
  en_retard: z.boolean(),
  calcule_le: Moment,
});
export type Solde = z.infer<typeof Solde>;

export const Ecriture = z.object({
  id: Text,
  contrat,
  date_le: Midnight,
  libelle: Text,
  debit: Cents.nonnegative(),
  credit: Cents.nonnegative(),
  periode_du: Midnight.nullable(),
  periode_au: Midnight.nullable(),
});
export type Ecriture = z.infer<typeof Ecriture>;

export const Reglement = z.object({
  id: Text,
  contrat,
  date: Day,
  montant: Euros,
  mode: Mode,
  etat: z.enum(["ENREGISTRE", "EN_ATTENTE", "REJETE"]),
});
export type Reglement = z.infer<typeof Reglement>;

const document = { contrat, intitule: Text };

export const Avis = z.object({
  ...document,
  reference: z.string().regex(names.RENT_NOTICE),
  emis_le: Midnight,
  periode_du: Midnight,
  periode_au: Midnight,
  echeance_le: Midnight,
  total: Cents,
  lignes: z.array(z.object({ libelle: Text, montant: Cents })),
});
export type Avis = z.infer<typeof Avis>;

const receipt = {
  ...document,
  reference: z.string().regex(names.RENT_RECEIPT),
  date_emission: Day,
  debut: Day,
  fin: Day,
  paye: Euros,
};

/** A quittance must tell rent from charges; a reçu may not. */
export const Quittance = z.discriminatedUnion("nature", [
  z.object({ ...receipt, nature: z.literal("QUITTANCE"), loyer: Euros, charges: Euros }),
  z.object({
    ...receipt,
    nature: z.literal("RECU"),
    loyer: Euros.nullable(),
    charges: Euros.nullable(),
  }),
]);
export type Quittance = z.infer<typeof Quittance>;

export const Regularisation = z.object({
  ...document,
  reference: z.string().regex(names.CHARGE_REGULARISATION),
  date_emission: Day,
  annee: z.int(),
  depenses: Euros,
  provisions: Euros,
  ecart: Euros,
});
export type Regularisation = z.infer<typeof Regularisation>;

const EtatDemande = z.enum([
  "RECUE",
  "EN_COURS",
  "PLANIFIEE",
  "ATTENTE_LOCATAIRE",
  "TERMINEE",
  "ANNULEE",
]);

export const Demande = z.object({
  cle: z.string().regex(names.request),
  contrat,
  numero: Text,
  categorie: z.enum(["TECHNIQUE", "ADMINISTRATIVE"]),
  lieu: OptionalText,
  motif: Text,
  description: OptionalText,
  etat: EtatDemande,
  creee_le: Moment,
  avancements: z.array(z.object({ le: Moment, etat: EtatDemande, commentaire: OptionalText })),
});
export type Demande = z.infer<typeof Demande>;

/**
 * Without `declarant`, who told of it, and `description`, where people leave their names and
 * telephone numbers: what is not read here goes no further.
 */
export const DemandeResidence = z.object({
  cle: z.string().regex(names.residenceRequest),
  categorie: z.enum(["TECHNIQUE", "ADMINISTRATIVE"]),
  lieu: OptionalText,
  motif: Text,
  etat: EtatDemande,
  creee_le: Moment,
});
export type DemandeResidence = z.infer<typeof DemandeResidence>;
