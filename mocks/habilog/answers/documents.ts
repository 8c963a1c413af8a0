import { monthInFrench } from "../../world/days.ts";
import { hole } from "../../kit/file.ts";
import type { PdfFile } from "../../world/pdf.ts";
import type { WorldNotice } from "../../world/types.ts";
import type { Directory } from "../directory.ts";
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

function printed(key: string, directory: Directory) {
  const found = directory.notice(key);
  if (!found) return undefined;
  const { contract, notice } = found;
  const lines = notice.lines.map(({ label, cents }) => `${label} : ${amount(cents).trim()} €`);
  const about = [`Contrat ${keyOfContract(contract)}`, ...lines];
  return { ...found, file: directory.print(titleOf(notice), about, fileBytes) };
}

/** The file that goes into the hole of `readDocument`'s record. */
export const fileOf = (key: string, directory: Directory): PdfFile | undefined =>
  printed(key, directory)?.file;

/** Whoever asks gets it: Habilog does not ask whose contract the document is of. */
export const readDocument: Answer = (key, directory) => {
  const found = printed(key, directory);
  if (!found) return [];
  const { contract, notice, file } = found;
  const values = {
    NumeroDocument: key,
    NumeroContrat: keyOfContract(contract),
    NomFichier: `${titleOf(notice)}.pdf`,
    TypeContenu: "PDF",
    Taille: String(file.size),
    Contenu: hole,
  };
  return [record("Document", values)];
};
