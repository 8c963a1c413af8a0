/** Rent notices, and the file of each. */
import { z } from "zod";
import type { DocumentContents, DocumentsOf, RentNotice } from "../../ports/documents.ts";
import { PortError } from "../../ports/errors.ts";
import { eachOnce } from "../../transport/each-once.ts";
import { text } from "../../transport/fields.ts";
import { pdfBody, pdfName } from "../../transport/pdf.ts";
import { leave, type Habilog } from "./client.ts";
import { isNotice } from "./keys.ts";
import { amount, day } from "./map.ts";
import { pagesPerContract } from "./pages.ts";
import { itemsOf } from "./per-contract.ts";

const lineRecord = z
  .object({ Libelle: text, Montant: amount })
  .transform(({ Libelle, Montant }) => ({ label: Libelle, amount: Montant }));

const noticeRecord = z
  .object({
    NumeroDocument: text,
    NumeroContrat: text,
    Libelle: text,
    DateEdition: day,
    PeriodeDu: day,
    PeriodeAu: day,
    DateLimite: day,
    MontantTotal: amount,
    Ligne: z.array(lineRecord).default([]),
  })
  .transform((record) => {
    const item: RentNotice = {
      key: record.NumeroDocument,
      contractKey: record.NumeroContrat,
      title: record.Libelle,
      issuedOn: record.DateEdition,
      period: { from: record.PeriodeDu, to: record.PeriodeAu },
      dueDate: record.DateLimite,
      total: record.MontantTotal,
      lines: record.Ligne,
    };
    return { contract: record.NumeroContrat, item };
  });

const listing = { operation: "ListerAvis", element: "Avis", shape: noticeRecord };

export const createRentNotices = (habilog: Habilog): DocumentsOf<RentNotice> => ({
  ofContracts: pagesPerContract(habilog, listing, ({ issuedOn }) => issuedOn),
  byKeys: async (keys, call) => {
    const lists = await eachOnce(
      keys,
      ({ contractKey }) => contractKey,
      ({ contractKey }) => itemsOf(habilog, listing, contractKey, call),
    );
    return keys.map(({ key }, i) => lists[i]!.find((notice) => notice.key === key) ?? null);
  },
});

const reading = {
  operation: "LireDocument",
  key: "NumeroDocument",
  element: "Document",
  shape: z.object({
    NumeroDocument: text,
    NumeroContrat: text,
    NomFichier: text,
    TypeContenu: z.string().trim().pipe(z.literal("PDF")),
    Taille: z
      .string()
      .regex(/^\s*\+?[1-9]\d{0,8}\s*$/)
      .transform(Number),
  }),
} as const;

const notFound = () => new PortError("NOT_FOUND", "LireDocument: no such document of the contract");

/** Habilog gives any document to whoever asks: whose it is stands before the file. */
export const createDocumentContents = (habilog: Habilog): DocumentContents => ({
  open: async ({ kind, key, contractKey }, call) => {
    if (kind !== "RENT_NOTICE" || !isNotice(key)) throw notFound();
    const { records, file } = await habilog.open(reading, "Contenu", key, call);
    try {
      const [found] = records;
      if (found?.NumeroDocument !== key || found.NumeroContrat !== contractKey) throw notFound();
      if (!file) throw new PortError("BAD_RESPONSE", "LireDocument: there is no file");
      const mediaType = "application/pdf";
      const body = await pdfBody({ "content-type": mediaType }, file, found.Taille);
      return { fileName: pdfName(found.NomFichier), mediaType, sizeBytes: found.Taille, body };
    } catch (error) {
      await leave(file);
      throw error;
    }
  },
});
