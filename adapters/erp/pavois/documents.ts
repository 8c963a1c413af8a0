import { z } from "zod";
import type {
  ChargeRegularisation,
  DocumentsOf,
  RentNotice,
  RentReceipt,
} from "../../ports/documents.ts";
import { text } from "../../transport/fields.ts";
import { readAll } from "./batch.ts";
import type { Pavois } from "./client.ts";
import { isDocument, type DocumentPrefix } from "./keys.ts";
import { askLots } from "./lots.ts";
import { amount, day, direction, euros, optionalAmount, owed, periodRecord } from "./map.ts";
import { readPages } from "./paging.ts";

const document = { NumeroDocument: text, NumeroContrat: text, Titre: text, EditeLe: day };

const head = (record: z.infer<z.ZodObject<typeof document>>) => ({
  key: record.NumeroDocument,
  contractKey: record.NumeroContrat,
  title: record.Titre,
  issuedOn: record.EditeLe,
});

const line = z
  .object({ Libelle: text, Montant: amount, Sens: direction })
  .transform(({ Libelle, Montant, Sens }) => ({ label: Libelle, amount: owed(Montant, Sens) }));

const noticeRecord = z
  .object({
    ...document,
    Periode: periodRecord,
    ExigibleLe: day,
    Montant: amount,
    Sens: direction,
    Ligne: z.array(line).default([]),
  })
  .transform((record): RentNotice => ({
    ...head(record),
    period: record.Periode,
    dueDate: record.ExigibleLe,
    total: owed(record.Montant, record.Sens),
    lines: record.Ligne,
  }));

const receiptKinds = { QUITTANCE: "FULL", RECU: "PARTIAL" } as const;
const eurosOrNull = (value: string | null) => (value === null ? null : euros(value));

const receiptRecord = z
  .object({
    ...document,
    Nature: z.enum(["QUITTANCE", "RECU"]),
    Periode: periodRecord,
    MontantRegle: amount,
    PartLoyer: optionalAmount,
    PartCharges: optionalAmount,
  })
  .transform((record): RentReceipt => ({
    ...head(record),
    kind: receiptKinds[record.Nature],
    period: record.Periode,
    paid: euros(record.MontantRegle),
    rent: eurosOrNull(record.PartLoyer),
    charges: eurosOrNull(record.PartCharges),
  }));

const regularisationRecord = z
  .object({
    ...document,
    Exercice: z.string().regex(/^\d{4}$/),
    DepensesReelles: amount,
    Provisions: amount,
    Ecart: amount,
    Sens: direction,
  })
  .transform((record): ChargeRegularisation => ({
    ...head(record),
    year: Number(record.Exercice),
    actual: euros(record.DepensesReelles),
    provisions: euros(record.Provisions),
    difference: owed(record.Ecart, record.Sens),
  }));

/** One kind of document: the first letters of its keys, its operations and its records. */
interface Kind<T extends z.ZodType> {
  prefix: DocumentPrefix;
  list: string;
  read: string;
  element: string;
  shape: T;
}

type AnyDocument = { key: string; contractKey: string };

function documentsOf<D extends AnyDocument>(
  pavois: Pavois,
  { prefix, list, read, element, shape }: Kind<z.ZodType<D>>,
): DocumentsOf<D> {
  return {
    ofContracts: (keys, call) =>
      readPages(keys, askLots(pavois, { operation: list, element, shape }, call)),
    byKeys: async (keys, call) => {
      const form = { operation: read, key: "NumeroDocument", element, shape };
      const numbers = keys.map(({ key }) => key);
      const isKey = (key: string) => isDocument(key, prefix);
      const found = await readAll(pavois, form, numbers, isKey, call);
      const byKey = new Map(found.map((each) => [each.key, each]));
      // Pavois gives any document to whoever asks.
      return keys.map(({ key, contractKey }) => {
        const each = byKey.get(key);
        return each?.contractKey === contractKey ? each : null;
      });
    },
  };
}

export const createRentNotices = (pavois: Pavois): DocumentsOf<RentNotice> =>
  documentsOf(pavois, {
    prefix: "AE",
    list: "ListerAvisEcheance",
    read: "LireAvisEcheance",
    element: "AvisEcheance",
    shape: noticeRecord,
  });

export const createRentReceipts = (pavois: Pavois): DocumentsOf<RentReceipt> =>
  documentsOf(pavois, {
    prefix: "QT",
    list: "ListerQuittances",
    read: "LireQuittances",
    element: "Quittance",
    shape: receiptRecord,
  });

export const createChargeRegularisations = (pavois: Pavois): DocumentsOf<ChargeRegularisation> =>
  documentsOf(pavois, {
    prefix: "RG",
    list: "ListerRegularisations",
    read: "LireRegularisations",
    element: "Regularisation",
    shape: regularisationRecord,
  });
