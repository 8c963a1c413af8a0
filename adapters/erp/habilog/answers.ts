/** What is inside a result: records, messages, or a document in a string. */
import { z } from "zod";
import type { Rejection } from "../../ports/changes.ts";
import { PortError } from "../../ports/errors.ts";
import { text } from "../../transport/fields.ts";
import { readRecord } from "../../transport/read-record.ts";
import { toData } from "../../transport/soap-data.ts";
import { parseXml } from "../../transport/xml.ts";
import {
  meansNothingFound,
  messageError,
  nobodyFound,
  numberError,
  refusalOf,
  type Alarm,
} from "./errors.ts";

/** Elements that are lists. The WSDL says `xs:any`: without these names, one would be no list. */
export const arrays: readonly string[] = [
  "Message",
  "Locataire",
  "Contrat",
  "Signataire",
  "Module",
  "Assurance",
  "Facturation",
  "Interlocuteur",
  "Occupant",
  "Solde",
  "Ecriture",
  "Reglement",
  "Prelevement",
  "Rib",
  "Echeancier",
  "Echeance",
  "Avis",
  "Ligne",
  "Document",
  "Demande",
];

interface Wanted<T extends z.ZodType> {
  operation: string;
  /** The element of a record. */
  element: string;
  shape: T;
}

const content = z.record(z.string(), z.unknown());
const messages = z.array(z.object({ Type: z.enum(["E", "A"]), Texte: text })).default([]);

/**
 * The records beside the messages; none where a message says so. Throws for any other error
 * message, not for a warning, and BAD_RESPONSE where there is neither record nor message.
 */
export function recordsIn<T extends z.ZodType>(
  { operation, element, shape }: Wanted<T>,
  result: unknown,
  alarm: Alarm,
): z.infer<T>[] {
  const inside = readRecord(content, result, operation);
  const errors = errorsIn(inside, operation);
  const refused = errors.find((error) => !meansNothingFound(error));
  if (refused !== undefined) throw messageError(operation, refused, alarm);
  if (errors.length > 0) return [];
  return readRecord(z.array(shape).min(1), inside[element], `${operation}: ${element}`);
}

function errorsIn(inside: Record<string, unknown>, operation: string): string[] {
  const said = readRecord(messages, inside["Message"], `${operation}: Message`);
  return said.filter(({ Type }) => Type === "E").map(({ Texte }) => Texte);
}

/**
 * The one record of what was written, or why it was refused. Throws for an error message that is
 * no known refusal: it may have been written all the same.
 */
export function writtenIn<T extends z.ZodType>(
  { operation, element, shape }: Wanted<T>,
  result: unknown,
  alarm: Alarm,
): { record: z.infer<T> } | { refused: Rejection } {
  const inside = readRecord(content, result, operation);
  const errors = errorsIn(inside, operation);
  const unclear = errors.find((error) => refusalOf(error) === null);
  if (unclear !== undefined) throw messageError(operation, unclear, alarm);
  const [refused] = errors.flatMap((error) => refusalOf(error) ?? []);
  if (refused) return { refused };
  const name = `${operation}: ${element}`;
  return { record: readRecord(z.array(shape).length(1), inside[element], name)[0]! };
}

/** The records of the document in the string; none where a number says so. Throws for the others. */
export function foundIn<T extends z.ZodType>(
  { operation, element, shape }: Wanted<T>,
  result: unknown,
  alarm: Alarm,
): z.infer<T>[] {
  const written = readRecord(text, result, operation);
  if (written === nobodyFound) return [];
  if (/^-?\d+$/.test(written)) throw numberError(operation, written, alarm);
  const root = parseXml(written);
  if (root.local !== "Locataires") {
    throw new PortError("BAD_RESPONSE", `${operation}: another document than the one asked for`);
  }
  const inside = readRecord(content, toData(root, {}, new Set(arrays)), operation);
  return readRecord(z.array(shape).min(1), inside[element], `${operation}: ${element}`);
}
