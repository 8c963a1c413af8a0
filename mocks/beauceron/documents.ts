/** Entries, payments and documents as beauceron shows them, and the documents' PDF. */
import type { Printer } from "../world/pdf.ts";
import type {
  WorldContract,
  WorldEntry,
  WorldNotice,
  WorldPayment,
  WorldReceipt,
  WorldRegularisation,
} from "../world/types.ts";
import { euros, midnight, monthName } from "./formats.ts";
import type { References } from "./held.ts";
import { keyOfContract, keyOfDocument, type DocumentNature } from "./keys.ts";
import { modes } from "./records.ts";

const paymentStates = {
  RECEIVED: "ENREGISTRE",
  PENDING: "EN_ATTENTE",
  REJECTED: "REJETE",
} as const;

const sum = (lines: { cents: number }[]) => lines.reduce((total, line) => total + line.cents, 0);

export const ecriture = (contract: WorldContract, entry: WorldEntry) => ({
  id: `EC-${contract.number}-${entry.number}`,
  contrat: keyOfContract(contract),
  date_le: midnight(entry.date),
  libelle: entry.label,
  debit: Math.max(entry.cents, 0),
  credit: Math.max(-entry.cents, 0),
  periode_du: entry.period && midnight(entry.period.from),
  periode_au: entry.period && midnight(entry.period.to),
});

export const reglement = (
  contract: WorldContract,
  payment: WorldPayment,
  references: References,
) => ({
  id: `RG-${contract.number}-${payment.number}`,
  contrat: keyOfContract(contract),
  date: payment.date,
  montant: euros(payment.cents),
  mode: modes[payment.method],
  etat: paymentStates[payment.status],
  reference: references.of(contract, payment.number),
});

function head(nature: DocumentNature, contract: WorldContract, number: number) {
  const reference = keyOfDocument(nature, contract.number, number);
  // The file's place on the landlord's own network: of no use, or worse, to anybody else.
  const lien = `http://ged.chartres.intranet/beauceron/${reference}.pdf`;
  return { reference, contrat: keyOfContract(contract), lien };
}

const titleOf = {
  notice: (notice: WorldNotice) => `Avis d'échéance ${monthName(notice.period.from)}`,
  receipt: ({ kind, period }: WorldReceipt) =>
    `${kind === "FULL" ? "Quittance" : "Reçu"} ${monthName(period.from)}`,
  regularisation: ({ year }: WorldRegularisation) => `Régularisation de charges ${year}`,
};

export const avis = (contract: WorldContract, notice: WorldNotice) => ({
  ...head("notice", contract, notice.number),
  intitule: titleOf.notice(notice),
  emis_le: midnight(notice.issuedOn),
  periode_du: midnight(notice.period.from),
  periode_au: midnight(notice.period.to),
  echeance_le: midnight(notice.dueDate),
  total: sum(notice.lines),
  lignes: notice.lines.map((line) => ({ libelle: line.label, montant: line.cents })),
});

const eurosOrNull = (cents: number | null) => (cents === null ? null : euros(cents));

export const quittance = (contract: WorldContract, receipt: WorldReceipt) => ({
  ...head("receipt", contract, receipt.number),
  nature: receipt.kind === "FULL" ? "QUITTANCE" : "RECU",
  intitule: titleOf.receipt(receipt),
  date_emission: receipt.issuedOn,
  debut: receipt.period.from,
  fin: receipt.period.to,
  paye: euros(receipt.paidCents),
  loyer: eurosOrNull(receipt.rentCents),
  charges: eurosOrNull(receipt.chargesCents),
});

export const regularisation = (contract: WorldContract, settled: WorldRegularisation) => ({
  ...head("regularisation", contract, settled.number),
  intitule: titleOf.regularisation(settled),
  date_emission: settled.issuedOn,
  annee: settled.year,
  depenses: euros(settled.actualCents),
  provisions: euros(settled.provisionsCents),
  ecart: euros(settled.actualCents - settled.provisionsCents),
});

/** The PDF behind `AE-12-3` and its title; undefined when the contract has no such document. */
export function fileOf(print: Printer, prefix: string, contract: WorldContract, number: number) {
  const file = (title: string, cents: number) => ({
    title,
    pdf: print(title, [
      `Contrat ${keyOfContract(contract)}`,
      contract.billing.recipient,
      `Montant : ${euros(cents).replace(".", ",")} €`,
    ]),
  });
  const named = <D extends { number: number }>(documents: D[]) =>
    documents.find((document) => document.number === number);
  if (prefix === "AE") {
    const notice = named(contract.notices);
    return notice && file(titleOf.notice(notice), sum(notice.lines));
  }
  if (prefix === "QL") {
    const receipt = named(contract.receipts);
    return receipt && file(titleOf.receipt(receipt), receipt.paidCents);
  }
  const settled = named(contract.regularisations);
  return settled && file(titleOf.regularisation(settled), settled.actualCents);
}
