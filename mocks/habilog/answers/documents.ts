import { monthInFrench } from "../../world/days.ts";
import { pdfOf } from "../../world/pdf.ts";
import type { WorldNotice } from "../../world/types.ts";
import { amount, day, record } from "../format.ts";
import { keyOfContract, keyOfNotice } from "../keys.ts";
import { ofContract, type Answer } from "./answer.ts";

const titleOf = ({ period }: WorldNotice) => `Avis d'échéance ${monthInFrench(period.from)}`;

const totalOf = ({ lines }: WorldNotice) => lines.reduce((sum, { cents }) => sum + cents, 0);

export const listNotices = ofContract((contract) =>
  contract.notices
    .map((notice) =>
      record("Avis", {
        NumeroDocument: keyOfNotice(notice),
        NumeroContrat: keyOfContract(contract),
        Libelle: titleOf(notice),
        DateEdition: day(notice.issuedOn),
        PeriodeDu: day(notice.period.from),
        PeriodeAu: day(notice.period.to),
        DateLimite: day(notice.dueDate),
        MontantTotal: amount(totalOf(notice)),
        Ligne: notice.lines.map(({ label, cents }) => ({ Libelle: label, Montant: amount(cents) })),
      }),
    )
    .toReversed(),
);

const fileBytes = 20_000;
const base64Line = /.{1,76}/g;

/** Whoever asks gets it: Habilog does not ask whose contract the document is of. */
export const readDocument: Answer = (key, directory) => {
  const found = directory.notice(key);
  if (!found) return [];
  const { contract, notice } = found;
  const lines = notice.lines.map(({ label, cents }) => `${label} : ${amount(cents).trim()} €`);
  const bytes = pdfOf(titleOf(notice), [`Contrat ${keyOfContract(contract)}`, ...lines], fileBytes);
  const values = {
    NumeroDocument: key,
    NumeroContrat: keyOfContract(contract),
    NomFichier: `${titleOf(notice)}.pdf`,
    TypeContenu: "PDF",
    Taille: String(bytes.length),
    Contenu: bytes.toString("base64").match(base64Line)!.join("\n"),
  };
  return [record("Document", values)];
};
