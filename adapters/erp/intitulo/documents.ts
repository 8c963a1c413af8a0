/** Rent notices, and the file of each. */
import { z } from "zod";
import type {
  DocumentContent,
  DocumentContents,
  DocumentKey,
  DocumentsOf,
  RentNotice,
} from "../../ports/documents.ts";
import { PortError } from "../../ports/errors.ts";
import type { Call } from "../../ports/port.ts";
import { eachOnce } from "../../transport/each-once.ts";
import { text } from "../../transport/fields.ts";
import { pdfBody, pdfName } from "../../transport/pdf.ts";
import { readRecord } from "../../transport/read-record.ts";
import type { Intitulo } from "./client.ts";
import { isNotice } from "./keys.ts";
import { amount, dottedDay, slashedDay } from "./map.ts";
import { pagesPerContract, recordsOfContract } from "./pages.ts";

const lineRecord = z
  .object({ libelle: text, montant: amount })
  .transform(({ libelle, montant }) => ({ label: libelle, amount: montant }));

/** Edited on `24/05/2019`, to be paid by `10.06.2019`: as it is printed. */
const noticeRecord = z
  .object({
    numero_formule: text,
    numero_contrat: text,
    libelle: text,
    edite_le: slashedDay,
    periode_du: slashedDay,
    periode_au: slashedDay,
    limite_paiement: dottedDay,
    montant: amount,
    ligne: z.array(lineRecord).default([]),
  })
  .transform((record) => {
    const item: RentNotice = {
      key: record.numero_formule,
      contractKey: record.numero_contrat,
      title: record.libelle,
      issuedOn: record.edite_le,
      period: { from: record.periode_du, to: record.periode_au },
      dueDate: record.limite_paiement,
      total: record.montant,
      lines: record.ligne,
    };
    return { contract: record.numero_contrat, item };
  });

const noticeList = {
  operation: "listerAvis",
  more: { date_debut: "", date_fin: "" },
  element: "avis",
  shape: noticeRecord,
};

export const createRentNotices = (intitulo: Intitulo): DocumentsOf<RentNotice> => ({
  ofContracts: pagesPerContract(
    (contract, call) => recordsOfContract(intitulo, noticeList, contract, call),
    ({ issuedOn }) => issuedOn,
  ),
  byKeys: async (keys, call) => {
    const read = ({ key }: DocumentKey) => readNotice(intitulo, key, call);
    const notices = await eachOnce(keys, ({ key }) => key, read);
    // Intitulo gives any notice to whoever asks.
    return notices.map((notice, i) =>
      notice?.contractKey === keys[i]!.contractKey ? notice : null,
    );
  },
});

async function readNotice(intitulo: Intitulo, key: string, call: Call): Promise<RentNotice | null> {
  if (!isNotice(key)) return null;
  const answer = await intitulo.ask("lireAvis", { numero_formule: key }, call);
  const found = answer?.records("avis", noticeRecord) ?? [];
  return found.find(({ item }) => item.key === key)?.item ?? null;
}

const operation = "lireDocument";
const notFound = () => new PortError("NOT_FOUND", `${operation}: no such document of the contract`);

/** A file does not say whose it is: its notice does, and is asked first. */
export const createDocumentContents = (intitulo: Intitulo): DocumentContents => ({
  open: async ({ kind, key, contractKey }, call) => {
    const notice = kind === "RENT_NOTICE" ? await readNotice(intitulo, key, call) : null;
    if (notice?.contractKey !== contractKey) throw notFound();
    const opened = await intitulo.open(operation, { module: "avis", numero_formule: key }, call);
    if (!opened) throw notFound();
    const { answer, file } = opened;
    try {
      if (!file) throw new PortError("BAD_RESPONSE", `${operation}: there is no file`);
      return await contentOf(answer["document"], key, file);
    } catch (error) {
      await file?.[Symbol.asyncIterator]().return?.();
      throw error;
    }
  },
});

const fileRecord = z.object({
  numero_formule: text,
  nom_fichier: text,
  type_mime: z.literal("application/pdf"),
  taille: z
    .string()
    .trim()
    .regex(/^[1-9]\d{0,8}$/)
    .transform(Number),
});

/** What stands before the file, and the file, of which nothing but the beginning is read. */
async function contentOf(
  record: unknown,
  key: string,
  file: AsyncIterable<Uint8Array>,
): Promise<DocumentContent> {
  const found = readRecord(fileRecord, record, `${operation}: document`);
  if (found.numero_formule !== key) {
    throw new PortError("BAD_RESPONSE", `${operation}: another file than the one asked for`);
  }
  const { nom_fichier: path, type_mime: mediaType, taille: sizeBytes } = found;
  const body = await pdfBody({ "content-type": mediaType }, file, sizeBytes);
  return { fileName: pdfName(path.split(/[/\\]/).at(-1)!), mediaType, sizeBytes, body };
}
