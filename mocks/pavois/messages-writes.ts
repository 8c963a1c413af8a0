/** The messages that change something; each begins with the caller's own reference. */
import {
  address,
  amount,
  contract,
  day,
  email,
  file,
  many,
  maybe,
  one,
  oneOf,
  period,
  phone,
  reference,
  text,
  tiers,
  upTo,
  wallTime,
  type Field,
} from "./fields.ts";
import type { Prefix } from "./namespaces.ts";

const of = <P extends Prefix>(prefix: P, ...fields: Field[]) => ({
  prefix,
  fields: [one("ReferenceExterne", reference), ...fields],
});
const ofContract = <P extends Prefix>(prefix: P, ...fields: Field[]) =>
  of(prefix, one("NumeroContrat", contract), ...fields);

const occupant = [
  one("Nom", text(60)),
  maybe("Prenom", text(50)),
  maybe("DateNaissance", day),
  maybe("Lien", text(40)),
  maybe("EntreeLe", day),
];
const numbered = one("NumeroOccupant", text(30));

const account = [
  one("Iban", /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/),
  maybe("Bic", /^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/),
  one("TitulaireCompte", text(70)),
];
const debitDay = one("JourPrelevement", /^(\d|1\d|2[0-8])$/);

const subjectCode = /^[LM]\d\d$/;
const hour = /^([01]\d|2[0-3])h[0-5]\d$/;
const household = oneOf("CELIBATAIRE", "MARIE", "PACSE", "CONCUBINAGE", "DIVORCE", "VEUF");
const occupation =
  /^(SALARIE|INDEPENDANT|DEMANDEUR_EMPLOI|RETRAITE|ETUDIANT|AU_FOYER|ENFANT|AUTRE)$/;
const member = [
  maybe("NumeroMembre", /^Q\d{8}-\d\d$/),
  one("Nom", text(60)),
  one("Prenom", text(50)),
  one("DateNaissance", day),
  maybe("Activite", occupation),
  maybe("RevenuFiscal", amount),
  maybe("AvisImposition", file),
];

export const writeMessages = {
  ModifierLocataire: of(
    "loc",
    one("NumeroTiers", tiers),
    maybe("Civilite", oneOf("M", "MME")),
    maybe("NomUsage", text(60)),
    maybe("Prenom", text(50)),
    maybe("Courriel", email),
    maybe("Telephones", { prefix: "loc", fields: [upTo(3, "Telephone", phone)] }),
    maybe("Adresse", address),
  ),
  ModifierSituationProfessionnelle: of(
    "loc",
    one("NumeroTiers", tiers),
    one("Libelle", text(60)),
    maybe("Employeur", text(60)),
    maybe("Depuis", day),
  ),
  DeclarerOccupant: ofContract("ctr", ...occupant),
  ModifierOccupant: ofContract("ctr", numbered, ...occupant),
  RetirerOccupant: ofContract("ctr", numbered, maybe("SortieLe", day)),
  ModifierAdresseFacturation: ofContract(
    "ctr",
    one("Destinataire", text(60)),
    one("Adresse", address),
  ),
  DeclarerAssurance: ofContract(
    "ctr",
    one("Assureur", text(60)),
    one("NumeroPolice", text(30)),
    maybe("Assure", text(60)),
    one("Validite", period),
    maybe("Attestation", file),
  ),
  EnregistrerReglementCarte: ofContract(
    "cpt",
    one("Montant", amount),
    one("RegleLe", wallTime),
    one("Prestataire", oneOf("PAYFIP", "LYRA")),
    one("ReferencePrestataire", /^[A-Za-z0-9-]{1,60}$/),
  ),
  ModifierCoordonneesBancaires: ofContract("cpt", ...account),
  SouscrirePrelevement: ofContract(
    "cpt",
    one("Rum", /^[A-Z0-9-]{1,35}$/),
    one("SigneLe", day),
    ...account,
    debitDay,
  ),
  ModifierJourPrelevement: ofContract("cpt", debitDay),
  ResilierPrelevement: ofContract("cpt"),
  CreerDemande: ofContract(
    "dem",
    one("CodeMotif", subjectCode),
    maybe("CodeLieu", subjectCode),
    one("Description", text(4000)),
    upTo(5, "Disponibilite", {
      prefix: "dem",
      fields: [one("Le", day), one("De", hour), one("A", hour)],
    }),
    maybe("Telephone", phone),
    upTo(5, "Photo", file),
  ),
  RepondreEnquete: ofContract(
    "enq",
    one("NumeroEnquete", /^Q\d{8}$/),
    one("SituationFamiliale", household),
    many("Membre", { prefix: "enq", fields: member }),
  ),
};
export type WriteOperation = keyof typeof writeMessages;
