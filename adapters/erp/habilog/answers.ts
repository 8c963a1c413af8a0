/** What is inside a result: records, messages, or a document in a string. */
import { z } from "zod";
import { PortError } from "../../ports/errors.ts";
import { text } from "../../transport/fields.ts";
import { readRecord } from "../../transport/read-record.ts";
import { toData } from "../../transport/soap-data.ts";
import { parseXml } from "../../transport/xml.ts";
import { meansNothingFound, messageError, nobodyFound, numberError, type Alarm } from "./errors.ts";

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
  const said = readRecord(messages, inside["Message"], `${operation}: Message`);
  const errors = said.filter(({ Type }) => Type === "E");
  const refused = errors.find(({ Texte }) => !meansNothingFound(Texte));
  if (refused) throw messageError(operation, refused.Texte, alarm);
  if (errors.length > 0) return [];
  return readRecord(z.array(shape).min(1), inside[element], `${operation}: ${element}`);
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
