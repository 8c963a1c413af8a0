/** For tests: of each write, what Habilog takes, beside the credentials and the first argument. */
const blankDay = " ".repeat(10);
const reference = "01937f2e-6c00-7abc-8def-0123456789ab";
const address = { Voie: "3 rue Raspail\nBât. B", CodePostal: "94200", Ville: "Ivry", Pays: "" };
const bank = { IBAN: "FR76 3000 6000 0112 3456 7890 189", BIC: "AGRIFRPP", Titulaire: "A B" };

export type Texts = Readonly<Record<string, string>>;

export const samples: Readonly<Record<string, Texts>> = {
  ModifierLocataire: {
    ReferenceExterne: reference,
    Civilite: "MME",
    Nom: "Müller-Groß",
    Prenom: "",
    Courriel: "a@example.org",
    Telephone: "01 49 60 21 00",
    ...address,
  },
  EnregistrerOccupant: {
    ReferenceExterne: reference,
    Action: "A",
    NumeroOccupant: "",
    Nom: "Léger",
    Prenom: "Zoé",
    DateNaissance: "29/02/2024",
    LienParente: "Enfant",
    DateArrivee: blankDay,
    DateDepart: blankDay,
  },
  ModifierFacturation: { ReferenceExterne: reference, Destinataire: "Tutelle 94", ...address },
  EnregistrerAssurance: {
    ReferenceExterne: reference,
    Assureur: "Assurance de l'Est",
    NumeroPolice: "P-1",
    Assure: "",
    DateDebut: "01/01/2027",
    DateFin: "31/12/2027",
    NomFichier: "attestation.pdf",
    TypeContenu: "PDF",
    Contenu: "JVBERi0=",
  },
  ModifierRib: { ReferenceExterne: reference, ...bank },
  DemanderPrelevement: {
    ReferenceExterne: reference,
    Action: "A",
    RUM: "RUM-1",
    DateSignature: "20/11/2026",
    ...bank,
    Jour: "08",
  },
  EnregistrerReglement: {
    ReferenceExterne: "A".repeat(25),
    Montant: "    1 234,56",
    DateReglement: "20/11/2026",
    HeureReglement: "08:05",
    Prestataire: "LYRA",
    ReferencePaiement: "p-1",
  },
};
