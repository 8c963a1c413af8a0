/** Documents as syndeo shows them, and their files. */
import { createHash } from "node:crypto";
import type { PdfFile, Printer } from "../world/pdf.ts";
import type {
  WorldContract,
  WorldFundsCall,
  WorldMinutes,
  WorldNotice,
  WorldReceipt,
  WorldZone,
} from "../world/types.ts";
import { monthName, montant } from "./formats.ts";
import { documentPrefixes, keyOfContract, keyOfDocument, type Nature } from "./keys.ts";
import { sitsOnCouncil } from "./records.ts";

const zones: Record<WorldZone, string> = {
  ALL_CO_OWNERS: "TOUS",
  ONE_CO_OWNER: "INDIVIDUEL",
  COUNCIL: "CONSEIL",
};

interface Head {
  Reference: string;
  Contrat: string;
  Nature: Nature;
  Titre: string;
  EmisLe: string;
}

/** All that a contract has of one kind, newest first. Nobody's zone is looked at. */
export function documentsOf(contract: WorldContract, nature: Nature): Head[] {
  if (nature === "APPEL_FONDS") return contract.fundsCalls.map((call) => appel(contract, call));
  if (nature === "PV") return allMinutes(contract).map((minutes) => pv(contract, minutes));
  if (nature === "QUITTANCE") return contract.receipts.map((paid) => quittance(contract, paid));
  return contract.notices.map((notice) => appelLoyer(contract, notice));
}

/** The council's minutes stand in every co-owner's list, as those who may not see them find out. */
function allMinutes(contract: WorldContract): WorldMinutes[] {
  const newest = contract.minutes[0];
  if (!newest || sitsOnCouncil(contract)) return contract.minutes;
  const number = Math.max(...contract.minutes.map((minutes) => minutes.number)) + 1;
  const title = `Compte rendu du conseil syndical, ${monthName(newest.meetingDate)}`;
  return [{ ...newest, number, zone: "COUNCIL", title }, ...contract.minutes];
}

const head = (nature: Nature, contract: WorldContract, number: number, Titre: string) => ({
  Reference: keyOfDocument(nature, contract.number, number),
  Contrat: keyOfContract(contract),
  Nature: nature,
  Titre,
});

const appel = (contract: WorldContract, call: WorldFundsCall) => ({
  ...head("APPEL_FONDS", contract, call.number, `Appel de fonds ${monthName(call.period.from)}`),
  EmisLe: call.issuedOn,
  Zone: zones[call.zone],
  PeriodeDu: call.period.from,
  PeriodeAu: call.period.to,
  ExigibleLe: call.dueDate,
  Montant: montant(call.cents),
});

const pv = (contract: WorldContract, minutes: WorldMinutes) => ({
  ...head("PV", contract, minutes.number, minutes.title),
  EmisLe: minutes.issuedOn,
  Zone: zones[minutes.zone],
  ReunionLe: minutes.meetingDate,
});

/** A reçu says nothing of rent and charges. */
function quittance(contract: WorldContract, receipt: WorldReceipt) {
  const { number, kind, period, issuedOn, paidCents, rentCents, chargesCents } = receipt;
  const title = `${kind === "FULL" ? "Quittance de loyer" : "Reçu"} ${monthName(period.from)}`;
  return {
    ...head("QUITTANCE", contract, number, title),
    EmisLe: issuedOn,
    Type: kind === "FULL" ? "QUITTANCE" : "RECU",
    PeriodeDu: period.from,
    PeriodeAu: period.to,
    Montant: montant(paidCents),
    ...(rentCents !== null && { Loyer: montant(rentCents) }),
    ...(chargesCents !== null && { Charges: montant(chargesCents) }),
  };
}

const appelLoyer = (contract: WorldContract, { number, ...notice }: WorldNotice) => ({
  ...head("APPEL_LOYER", contract, number, `Appel de loyer ${monthName(notice.period.from)}`),
  EmisLe: notice.issuedOn,
  PeriodeDu: notice.period.from,
  PeriodeAu: notice.period.to,
  ExigibleLe: notice.dueDate,
  Montant: montant(notice.lines.reduce((sum, line) => sum + line.cents, 0)),
  Lignes: notice.lines.map(({ label, cents }) => ({ Libelle: label, Montant: montant(cents) })),
});

/** The document behind a reference's parts; undefined when the contract has none such. */
export function documentAt(prefix: string, contract: WorldContract, reference: string) {
  const natures = Object.keys(documentPrefixes) as Nature[];
  const nature = natures.find((candidate) => documentPrefixes[candidate] === prefix);
  return nature && documentsOf(contract, nature).find((found) => found.Reference === reference);
}

/** Where the file of a document lies: guessed by nobody, but open to any ticket. */
export const depotOf = (reference: string): string =>
  createHash("sha256").update(`depot ${reference}`).digest("hex").slice(0, 16);

export const fileOf = (print: Printer, document: Head): PdfFile =>
  print(document.Titre, [`Contrat ${document.Contrat}`, `Référence ${document.Reference}`]);
