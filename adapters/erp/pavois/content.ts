/** The file of a document: MTOM, streamed, checked against what was announced. */
import { z } from "zod";
import type { DocumentContents, DocumentKey, DocumentKind } from "../../ports/documents.ts";
import { PortError } from "../../ports/errors.ts";
import type { Call } from "../../ports/port.ts";
import { text } from "../../transport/fields.ts";
import { readRecord } from "../../transport/read-record.ts";
import type { Attachment, Pavois } from "./client.ts";
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
  if (!attachment) throw broken("there is no file in the answer");
  const body = await checkedBody(attachment, file.Taille);
  return {
    fileName: safeName(file.NomFichier),
    mediaType: file.TypeMime,
    sizeBytes: file.Taille,
    body,
  };
}

const broken = (what: string) => new PortError("BAD_RESPONSE", `${operation}: ${what}`);

/** No path, no control characters, and the extension that fits. */
export function safeName(name: string): string {
  const base = name.replace(/[/\\\p{Cc}]/gu, "-").replace(/\.pdf$/i, "");
  return `${base.slice(0, 150)}.pdf`;
}

const signature = "%PDF-";

/**
 * The attachment's bytes as they come. Its first ones are looked at before anything is promised;
 * that it ends where it should is only known at its end: BAD_RESPONSE is thrown there.
 */
export async function checkedBody({ contentType, body }: Attachment, size: number) {
  if (!/^application\/pdf\b/i.test(contentType)) throw broken("the file is no PDF by its type");
  const source = body[Symbol.asyncIterator]();
  const start: Uint8Array[] = [];
  let length = 0;
  while (length < signature.length) {
    const { value, done } = await source.next();
    if (done) break;
    start.push(value);
    length += value.length;
  }
  const opening = Buffer.concat(start).toString("latin1", 0, signature.length);
  if (opening !== signature) throw broken("the file is no PDF by its content");
  return withLength(start, source, size);
}

/** The bytes of `start`, then of `source`; leaving early closes `source`. */
function withLength(
  start: Uint8Array[],
  source: AsyncIterator<Uint8Array>,
  size: number,
): AsyncIterable<Uint8Array> {
  const waiting = [...start];
  let rest = size;
  const iterator: AsyncIterator<Uint8Array> = {
    next: async () => {
      const first = waiting.shift();
      const step = first ? { value: first, done: false as const } : await source.next();
      if (step.done) {
        if (rest !== 0) throw broken("the file is shorter than announced");
        return step;
      }
      rest -= step.value.length;
      if (rest < 0) {
        await source.return?.();
        throw broken("the file is longer than announced");
      }
      return step;
    },
    return: async () => {
      await source.return?.();
      return { value: undefined, done: true };
    },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}
