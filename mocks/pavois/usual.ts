/** The messages that callers usually send, with nothing optional left out and one of each list. */
import { messages, operations, type Operation } from "./messages.ts";
import { namespaces, type Prefix } from "./namespaces.ts";
import { prepare } from "./schema.ts";
import { parseXml, type XmlElement } from "../kit/xml.ts";

const samples: Record<string, string> = {
  ReferenceClient: "2013936",
  NumeroContrat: "L/2013936",
  NumeroTiers: "T0000001",
  InclureResilies: "true",
  NumeroDocument: "AE-00001001",
  NumeroDemande: "D00001001",
  Selection: "TOUTES",
};

const page = `<Pagination><SkipRecords xmlns="${namespaces.com}">0</SkipRecords><MaxRecords xmlns="${namespaces.com}">50</MaxRecords></Pagination>`;

interface Form {
  prefix: Prefix;
  fields: readonly { name: string }[];
  choice?: true;
  page?: true;
}

/** One message of each operation, as XML text. */
export function usualMessage(operation: Operation): string {
  const { prefix, fields, choice, page: paged }: Form = messages[operation];
  const inner = (choice ? fields.slice(0, 1) : fields)
    .map(({ name }) => `<${name}>${samples[name]}</${name}>`)
    .join("");
  return `<${operation} xmlns="${namespaces[prefix]}">${inner}${paged ? page : ""}</${operation}>`;
}

export function prepareSchemas(): void {
  prepare(operations.map((operation): XmlElement => parseXml(usualMessage(operation))));
}
