/** beauceron's records into the ports' data. Pure; dates given as midnights need the ERP's zone. */
import type {
  AccountEntry,
  Balance,
  BankDetails,
  DirectDebit,
  Payment,
} from "../../ports/billing.ts";
import type {
  BillingAddress,
  Building,
  BuildingContact,
  Contract,
  InsurancePolicy,
  Occupant,
} from "../../ports/contract.ts";
import type { ChargeRegularisation, RentNotice, RentReceipt } from "../../ports/documents.ts";
import { PortError } from "../../ports/errors.ts";
import type { Person, Registrant } from "../../ports/identity.ts";
import type { ResidenceRequest, ServiceRequest } from "../../ports/requests.ts";
import type { Address, Period } from "../../ports/values.ts";
import { dayOfMidnight, moneyOfCents, moneyOfText, negated, phoneOf } from "./values.ts";
import type * as wire from "./wire.ts";

const modes = {
  PRELEVEMENT: "DIRECT_DEBIT",
  CARTE: "CARD",
  VIREMENT: "TRANSFER",
  CHEQUE: "CHEQUE",
  AUTRE: "OTHER",
} as const;

const requestStates = {
  RECUE: "RECEIVED",
  EN_COURS: "IN_PROGRESS",
  PLANIFIEE: "SCHEDULED",
  ATTENTE_LOCATAIRE: "WAITING_FOR_TENANT",
  TERMINEE: "DONE",
  ANNULEE: "CANCELLED",
} as const;

const address = (adresse: wire.Adresse): Address => ({
  lines: adresse.lignes,
  postalCode: adresse.code_postal,
  city: adresse.ville,
  country: adresse.pays,
});

export const registrant = (locataire: wire.Locataire): Registrant => ({
  personKey: locataire.cle,
  surnames: [...new Set([locataire.nom, locataire.nom_naissance ?? locataire.nom])],
  givenName: locataire.prenom,
  birthDate: locataire.date_naissance,
  email: locataire.courriel,
});

const titles = { M: "MR", MME: "MRS" } as const;

export const person = (locataire: wire.Locataire): Person => ({
  key: locataire.cle,
  title: locataire.civilite && titles[locataire.civilite],
  surname: locataire.nom,
  birthSurname: locataire.nom_naissance === locataire.nom ? null : locataire.nom_naissance,
  givenName: locataire.prenom,
  birthDate: locataire.date_naissance,
  email: locataire.courriel,
  phones: locataire.telephones.flatMap((phone) => phoneOf(phone) ?? []),
  address: locataire.adresse && address(locataire.adresse),
});

const contractStates = { ACTIF: "ACTIVE", RESILIE: "ENDED", A_VENIR: "UPCOMING" } as const;
const unitKinds = ["DWELLING", "PARKING", "STORAGE", "OTHER"] as const;
const natures = {
  LOGEMENT: "DWELLING",
  STATIONNEMENT: "PARKING",
  ANNEXE: "STORAGE",
  AUTRE: "OTHER",
} as const;

export const contract = (contrat: wire.Contrat): Contract => ({
  key: contrat.numero,
  number: contrat.numero,
  kind: "LEASE",
  status: contractStates[contrat.etat],
  startDate: contrat.date_effet,
  endDate: contrat.date_fin,
  signatories: contrat.signataires.map((signataire) => signataire.nom_avis),
  units: contrat.modules
    .map((module) => ({
      reference: module.reference,
      kind: natures[module.nature],
      label: module.libelle,
      address: address(module.adresse),
    }))
    .toSorted((a, b) => unitKinds.indexOf(a.kind) - unitKinds.indexOf(b.kind)),
  paymentMethod: contrat.mode_paiement && modes[contrat.mode_paiement],
});

export const insurancePolicy = (assurance: wire.Assurance): InsurancePolicy => ({
  insurer: assurance.assureur,
  policyNumber: assurance.police,
  holder: assurance.titulaire,
  validFrom: assurance.valide_du,
  validTo: assurance.valide_au,
});

export const billingAddress = (facturation: wire.AdresseFacturation): BillingAddress => ({
  recipient: facturation.destinataire,
  address: address(facturation.adresse),
});

export const buildingContact = (interlocuteur: wire.Interlocuteur): BuildingContact => ({
  role: interlocuteur.fonction,
  name: interlocuteur.nom,
  phone: phoneOf(interlocuteur.telephone),
  email: interlocuteur.courriel,
});

export const occupant = (lodger: wire.Occupant): Occupant => ({
  key: lodger.cle,
  contractKey: lodger.contrat,
  surname: lodger.nom,
  givenName: lodger.prenom,
  birthDate: lodger.date_naissance,
  relationship: lodger.lien,
  since: lodger.date_entree,
});

/** What is not known is 0 at beauceron. */
export const building = (residence: wire.Residence): Building => ({
  key: residence.cle,
  name: residence.nom,
  address: address(residence.adresse),
  builtIn: residence.annee_construction || null,
  units: residence.logements || null,
  notes: residence.informations.map(({ titre, texte }) => ({ title: titre, text: texte })),
});

export const bankDetails = (details: wire.CoordonneesBancaires): BankDetails => ({
  iban: details.iban.replace(/\s/g, "").toUpperCase(),
  bic: details.bic && details.bic.toUpperCase(),
  holder: details.titulaire,
});

const mandateStates = { ACTIF: "ACTIVE", SUSPENDU: "SUSPENDED", CLOS: "ENDED" } as const;

export const directDebit = (mandat: wire.Mandat): DirectDebit => ({
  mandateReference: mandat.rum,
  day: Number(mandat.jour),
  signedOn: mandat.date_signature,
  status: mandateStates[mandat.etat],
});

/** beauceron prints amounts without a sign beside who owes; ours is positive when the tenant does. */
export function balance(solde: wire.Solde): Balance {
  const amount = moneyOfText(solde.montant);
  if (solde.sens === "NUL" && amount.amount !== "0.00") {
    throw new PortError("BAD_RESPONSE", "beauceron: a balance of nothing that is something");
  }
  const owed = solde.sens === "CREDITEUR" ? negated(amount) : amount;
  return { owed, late: solde.en_retard, asOf: solde.calcule_le };
}

export const accountEntry = (ecriture: wire.Ecriture, timeZone: string): AccountEntry => ({
  key: ecriture.id,
  date: dayOfMidnight(ecriture.date_le, timeZone),
  label: ecriture.libelle,
  owed: moneyOfCents(ecriture.debit - ecriture.credit),
  period:
    ecriture.periode_du === null || ecriture.periode_au === null
      ? null
      : period(ecriture.periode_du, ecriture.periode_au, timeZone),
});

const period = (from: number, to: number, timeZone: string): Period => ({
  from: dayOfMidnight(from, timeZone),
  to: dayOfMidnight(to, timeZone),
});

const paymentStates = {
  ENREGISTRE: "RECEIVED",
  EN_ATTENTE: "PENDING",
  REJETE: "REJECTED",
} as const;

export const payment = (reglement: wire.Reglement): Payment => ({
  key: reglement.id,
  date: reglement.date,
  amount: moneyOfText(reglement.montant),
  method: modes[reglement.mode],
  status: paymentStates[reglement.etat],
});

const head = (document: { reference: string; contrat: string; intitule: string }) => ({
  key: document.reference,
  contractKey: document.contrat,
  title: document.intitule,
});

export const rentNotice = (avis: wire.Avis, timeZone: string): RentNotice => ({
  ...head(avis),
  issuedOn: dayOfMidnight(avis.emis_le, timeZone),
  period: period(avis.periode_du, avis.periode_au, timeZone),
  dueDate: dayOfMidnight(avis.echeance_le, timeZone),
  total: moneyOfCents(avis.total),
  lines: avis.lignes.map((line) => ({ label: line.libelle, amount: moneyOfCents(line.montant) })),
});

export const rentReceipt = (quittance: wire.Quittance): RentReceipt => ({
  ...head(quittance),
  issuedOn: quittance.date_emission,
  kind: quittance.nature === "QUITTANCE" ? "FULL" : "PARTIAL",
  period: { from: quittance.debut, to: quittance.fin },
  paid: moneyOfText(quittance.paye),
  rent: quittance.loyer === null ? null : moneyOfText(quittance.loyer),
  charges: quittance.charges === null ? null : moneyOfText(quittance.charges),
});

export const chargeRegularisation = (settled: wire.Regularisation): ChargeRegularisation => ({
  ...head(settled),
  issuedOn: settled.date_emission,
  year: settled.annee,
  actual: moneyOfText(settled.depenses),
  provisions: moneyOfText(settled.provisions),
  difference: moneyOfText(settled.ecart),
});

const categoryOf = (categorie: wire.Demande["categorie"]) =>
  categorie === "TECHNIQUE" ? "TECHNICAL" : "ADMINISTRATIVE";

export const residenceRequest = (demande: wire.DemandeResidence): ResidenceRequest => ({
  key: demande.cle,
  category: categoryOf(demande.categorie),
  place: demande.lieu,
  reason: demande.motif,
  status: requestStates[demande.etat],
  createdAt: demande.creee_le,
});

export const serviceRequest = (demande: wire.Demande): ServiceRequest => ({
  key: demande.cle,
  contractKey: demande.contrat,
  number: demande.numero,
  category: categoryOf(demande.categorie),
  place: demande.lieu,
  reason: demande.motif,
  description: demande.description,
  status: requestStates[demande.etat],
  createdAt: demande.creee_le,
  updates: demande.avancements
    .map((update) => ({
      at: update.le,
      status: requestStates[update.etat],
      comment: update.commentaire,
    }))
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)),
});
