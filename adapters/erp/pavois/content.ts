/** The file of a document: MTOM, streamed, checked against what was announced. */
import { z } from "zod";
import type { DocumentContents, DocumentKey, DocumentKind } from "../../ports/documents.ts";
import { PortError } from "../../ports/errors.ts";
import type { Call } from "../../ports/port.ts";
import { text } from "../../transport/fields.ts";
import { pdfBody, pdfName } from "../../transport/pdf.ts";
import { readRecord } from "../../transport/read-record.ts";
import type { Pavois } from "./client.ts";
import { isDocument, type DocumentPrefix } from "./keys.ts";

/** Of the kinds that Pavois keeps. */
const prefixes: Partial<Record<DocumentKind, DocumentPrefix>> = {
  RENT_NOTICE: "AE",
  RENT_RECEIPT: "QT",
  CHARGE_REGULARISATION: "RG",
};

const fileRecord = z.object({
  NumeroDocument: text,
  NumeroContrat: text,
  NomFichier: text,
  TypeMime: z.literal("application/pdf"),
  Taille: z
    .string()
    .regex(/^\s*\+?\d{1,10}\s*$/)
    .transform(Number),
});

const operation = "OuvrirDocument";
const notFound = () => new PortError("NOT_FOUND", `${operation}: no such document of the contract`);

export const createDocumentContents = (pavois: Pavois): DocumentContents => ({
  open: async (key, call) => {
    const prefix = prefixes[key.kind];
    if (!prefix || !isDocument(key.key, prefix)) throw notFound();
    // To let go of an exchange whose file nobody may read.
    const abandon = new AbortController();
    const signal = AbortSignal.any([call.signal, abandon.signal]);
    try {
      return await openFile(pavois, key, { ...call, signal });
    } catch (error) {
      abandon.abort();
      throw error;
    }
  },
});

async function openFile(pavois: Pavois, { key, contractKey }: DocumentKey, call: Call) {
  const { answer, attachment } = await pavois.open(operation, { NumeroDocument: key }, call);
  const file = readRecord(fileRecord, answer, operation);
  if (file.NumeroDocument !== key || file.NumeroContrat !== contractKey) throw notFound();
  if (!attachment) throw new PortError("BAD_RESPONSE", `${operation}: there is no file`);
  const { NomFichier: name, TypeMime: mediaType, Taille: sizeBytes } = file;
  const headers = { "content-type": attachment.contentType };
  const body = await pdfBody(headers, attachment.body, sizeBytes);
  return { fileName: pdfName(name), mediaType, sizeBytes, body };
}
