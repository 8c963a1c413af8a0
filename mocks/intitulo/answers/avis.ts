import { monthInFrench } from "../../world/days.ts";
import { hole } from "../../kit/file.ts";
import type { PdfFile } from "../../world/pdf.ts";
import type { WorldContract, WorldNotice } from "../../world/types.ts";
import type { Directory } from "../directory.ts";
import { flux, record } from "../envelope.ts";
import { amount, box, dotted, el, slashed } from "../format.ts";
import { keyOfContract, keyOfNotice } from "../keys.ts";
import {
  BusinessError,
  contractsAsked,
  inRange,
  notFound,
  type Answer,
  type Values,
} from "./answer.ts";

export const titleOf = ({ period }: WorldNotice): string =>
  `Avis d’échéance ${monthInFrench(period.from)}`;

const totalOf = ({ lines }: WorldNotice) => lines.reduce((sum, { cents }) => sum + cents, 0);

/** As on paper: edited on `24/05/2019`, to be paid by `10.06.2019`. */
const avis = (contract: WorldContract, notice: WorldNotice): string =>
  box(
    "avis",
    el("numero_formule", keyOfNotice(notice)),
    el("numero_contrat", keyOfContract(contract)),
    el("libelle", titleOf(notice)),
    el("edite_le", slashed(notice.issuedOn)),
    el("periode_du", slashed(notice.period.from)),
    el("periode_au", slashed(notice.period.to)),
    el("limite_paiement", dotted(notice.dueDate)),
    el("montant", amount(totalOf(notice))),
    ...notice.lines.map(({ label, cents }) =>
      box("ligne", el("libelle", label), el("montant", amount(cents))),
    ),
  );

/** Oldest first. */
export const listNotices: Answer = (values, directory) =>
  flux(
    contractsAsked(values, directory).flatMap((contract) =>
      contract.notices
        .filter(({ issuedOn }) => inRange(issuedOn, values))
        .toReversed()
        .map((notice) => avis(contract, notice)),
    ),
  );

export const readNotice: Answer = (values, directory) => {
  const found = directory.notice(values.numero_formule!);
  if (!found) throw notFound(values);
  return flux([avis(found.contract, found.notice)]);
};

function printed(values: Values, directory: Directory) {
  const found = directory.notice(values.numero_formule!);
  if (!found) throw notFound(values);
  const { contract, notice } = found;
  const lines = notice.lines.map(({ label, cents }) => `${label} : ${amount(cents)} €`);
  const about = [`Contrat ${keyOfContract(contract)}`, ...lines];
  return { ...found, file: directory.print(titleOf(notice), about) };
}

/** The file that goes into the hole of `readDocument`'s answer. */
export const fileOf = (values: Values, directory: Directory): PdfFile =>
  printed(values, directory).file;

/** Whole, in a string, and given to whoever asks. */
export const readDocument: Answer = (values, directory) => {
  if (values.module !== "avis") {
    throw new BusinessError("BAD_PARAMETERS", `Module inconnu : ${values.module}`);
  }
  const { contract, notice, file } = printed(values, directory);
  return record("document", "document", {
    numero_formule: keyOfNotice(notice),
    nom_fichier: `avis/${keyOfContract(contract)}/${titleOf(notice)}.pdf`,
    type_mime: "application/pdf",
    taille: String(file.size),
    contenu: hole,
  });
};
