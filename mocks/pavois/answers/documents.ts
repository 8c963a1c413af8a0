import { monthInFrench } from "../../world/days.ts";
import type {
  WorldContract,
  WorldNotice,
  WorldReceipt,
  WorldRegularisation,
} from "../../world/types.ts";
import type { Directory } from "../directory.ts";
import { amount, box, decimal, el, period } from "../format.ts";
import { keyOfContract, keyOfDocument, type DocumentPrefix } from "../keys.ts";
import { BusinessError, contractsAsked, pageOf, type Answer } from "./answer.ts";

/** One kind of document: where it is kept and how it is written. */
interface Kind<D extends { number: number; issuedOn: string }> {
  prefix: DocumentPrefix;
  element: string;
  listOf(contract: WorldContract): D[];
  title(document: D): string;
  /** The elements after those that all documents have. */
  rest(document: D): string;
}

const totalOf = (notice: WorldNotice) => notice.lines.reduce((sum, { cents }) => sum + cents, 0);

const notices: Kind<WorldNotice> = {
  prefix: "AE",
  element: "doc:AvisEcheance",
  listOf: (contract) => contract.notices,
  title: (notice) => `Avis d'échéance ${monthInFrench(notice.period.from)}`,
  rest: (notice) =>
    period("doc:Periode", notice.period) +
    el("doc:ExigibleLe", notice.dueDate) +
    amount("doc", totalOf(notice)) +
    notice.lines
      .map(({ label, cents }) => box("doc:Ligne", el("doc:Libelle", label), amount("doc", cents)))
      .join(""),
};

const decimalOrNil = (cents: number | null) => (cents === null ? null : decimal(cents));

const receipts: Kind<WorldReceipt> = {
  prefix: "QT",
  element: "doc:Quittance",
  listOf: (contract) => contract.receipts,
  title: ({ kind, period: { from } }) =>
    `${kind === "FULL" ? "Quittance" : "Reçu"} ${monthInFrench(from)}`,
  rest: (receipt) =>
    el("doc:Nature", receipt.kind === "FULL" ? "QUITTANCE" : "RECU") +
    period("doc:Periode", receipt.period) +
    el("doc:MontantRegle", decimal(receipt.paidCents)) +
    el("doc:PartLoyer", decimalOrNil(receipt.rentCents)) +
    el("doc:PartCharges", decimalOrNil(receipt.chargesCents)),
};

const regularisations: Kind<WorldRegularisation> = {
  prefix: "RG",
  element: "doc:Regularisation",
  listOf: (contract) => contract.regularisations,
  title: ({ year }) => `Régularisation des charges ${year}`,
  rest: ({ year, actualCents, provisionsCents }) =>
    el("doc:Exercice", String(year)) +
    el("doc:DepensesReelles", decimal(actualCents)) +
    el("doc:Provisions", decimal(provisionsCents)) +
    amount("doc", actualCents - provisionsCents, "Ecart"),
};

type AnyDocument = { number: number; issuedOn: string };

function documentXml<D extends AnyDocument>(kind: Kind<D>, contract: WorldContract, document: D) {
  return box(
    kind.element,
    el("doc:NumeroDocument", keyOfDocument(kind.prefix, document)),
    el("doc:NumeroContrat", keyOfContract(contract)),
    el("doc:Titre", kind.title(document)),
    el("doc:EditeLe", document.issuedOn),
    kind.rest(document),
  );
}

/** One lot for each contract that exists; the page is the same in all. */
const listing =
  <D extends AnyDocument>(kind: Kind<D>): Answer =>
  (request, directory) => ({
    xml: contractsAsked(request, directory)
      .map((contract) => {
        const all = kind.listOf(contract);
        return box(
          "doc:Lot",
          el("doc:NumeroContrat", keyOfContract(contract)),
          el("doc:NombreTotal", String(all.length)),
          ...pageOf(all, request).map((document) => documentXml(kind, contract, document)),
        );
      })
      .join(""),
  });

/** Whoever asks gets it: Pavois does not know whose contract a document should be of. */
const reading =
  <D extends AnyDocument>(kind: Kind<D>): Answer =>
  ({ values }, directory) => ({
    xml: [...new Set(values.NumeroDocument)]
      .filter((key) => key.startsWith(kind.prefix))
      .flatMap((key) => directory.thing(key, kind.listOf) ?? [])
      .map(({ contract, thing }) => documentXml(kind, contract, thing))
      .join(""),
  });

export const listNotices = listing(notices);
export const readNotices = reading(notices);
export const listReceipts = listing(receipts);
export const readReceipts = reading(receipts);
export const listRegularisations = listing(regularisations);
export const readRegularisations = reading(regularisations);

const attachmentId = "contenu@pavois.example";
const fileBytes = 400_000;

export const openDocument: Answer = ({ values }, directory) => {
  const key = values.NumeroDocument?.[0] ?? "";
  const found = find(key, directory);
  if (!found) throw new BusinessError(404, `Document inconnu : ${key}`);
  const { contract, title } = found;
  const file = directory.print(title, [`Contrat n° ${keyOfContract(contract)}`, key], fileBytes);
  const xml = [
    el("doc:NumeroDocument", key),
    el("doc:NumeroContrat", keyOfContract(contract)),
    el("doc:NomFichier", `${title}.pdf`),
    el("doc:TypeMime", "application/pdf"),
    el("doc:Taille", String(file.size)),
    box(
      "doc:Contenu",
      `<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:${attachmentId}"/>`,
    ),
  ];
  return {
    xml: xml.join(""),
    attachment: { id: attachmentId, contentType: "application/pdf", file },
  };
};

function find(key: string, directory: Directory) {
  const prefix = key.slice(0, 2);
  if (prefix === "AE") return titled(notices, key, directory);
  if (prefix === "QT") return titled(receipts, key, directory);
  return titled(regularisations, key, directory);
}

function titled<D extends AnyDocument>(kind: Kind<D>, key: string, directory: Directory) {
  const found = directory.thing(key, kind.listOf);
  return found && { contract: found.contract, title: kind.title(found.thing) };
}
