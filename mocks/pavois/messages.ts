/** The messages that Pavois takes: what `wsdl/types/*.xsd` say, once more, read by hand. */
import {
  contract,
  many,
  maybe,
  one,
  oneOf,
  reference,
  tiers,
  type Field,
  type Form,
  type Group,
} from "./fields.ts";
import { writeMessages } from "./messages-writes.ts";
import { namespaces, xsi, type Prefix } from "./namespaces.ts";
import type { XmlElement } from "../kit/xml.ts";

interface Message {
  prefix: Prefix;
  fields: readonly Field[];
  /** Exactly one of the fields, instead of all in order. */
  choice?: true;
  page?: true;
}

const document = /^(AE|QT|RG)-\d{8}$/;
const request = /^D\d{8}$/;

const people = [many("NumeroTiers", tiers)];
const contracts = [many("NumeroContrat", contract)];
const documents = [many("NumeroDocument", document)];
const pageOfContract: Message = {
  prefix: "cpt",
  fields: [one("NumeroContrat", contract)],
  page: true,
};
const pagesOfContracts: Message = { prefix: "doc", fields: contracts, page: true };

export const messages = {
  RechercherLocataire: {
    prefix: "loc",
    fields: [one("ReferenceClient", /^\d{7}$/), one("NumeroContrat", contract)],
    choice: true,
  },
  LireLocataires: { prefix: "loc", fields: people },
  LireSituationsProfessionnelles: { prefix: "loc", fields: people },
  ListerActualites: { prefix: "loc", fields: [one("NumeroTiers", tiers)], page: true },
  ListerContrats: {
    prefix: "ctr",
    fields: [one("NumeroTiers", tiers), one("InclureResilies", /^\s*(true|false|0|1)\s*$/)],
    page: true,
  },
  LireAssurances: { prefix: "ctr", fields: contracts },
  LireAdressesFacturation: { prefix: "ctr", fields: contracts },
  ListerInterlocuteurs: { prefix: "ctr", fields: contracts },
  ListerOccupants: { prefix: "ctr", fields: contracts },
  LireSoldes: { prefix: "cpt", fields: contracts },
  ListerEcritures: pageOfContract,
  ListerReglements: pageOfContract,
  LireCoordonneesBancaires: { prefix: "cpt", fields: contracts },
  ListerMandats: { prefix: "cpt", fields: contracts },
  LirePlansApurement: { prefix: "cpt", fields: contracts },
  ListerAvisEcheance: pagesOfContracts,
  LireAvisEcheance: { prefix: "doc", fields: documents },
  ListerQuittances: pagesOfContracts,
  LireQuittances: { prefix: "doc", fields: documents },
  ListerRegularisations: pagesOfContracts,
  LireRegularisations: { prefix: "doc", fields: documents },
  OuvrirDocument: { prefix: "doc", fields: [one("NumeroDocument", document)] },
  ListerDemandes: {
    prefix: "dem",
    fields: [...contracts, maybe("Selection", oneOf("OUVERTES", "CLOSES", "TOUTES"))],
    page: true,
  },
  LireDemandes: { prefix: "dem", fields: [many("NumeroDemande", request)] },
  LireReferentielDemandes: { prefix: "dem", fields: contracts },
  ListerEnquetes: { prefix: "enq", fields: contracts },
  SuivreModifications: { prefix: "mod", fields: [many("ReferenceExterne", reference)] },
  ...writeMessages,
} satisfies Record<string, Message>;

export type Operation = keyof typeof messages;
export const operations = Object.keys(messages) as Operation[];

/** What stands in a message, or in an element of one. */
export interface Content {
  /** The values of each field, in order; empty where it is absent. */
  values: Record<string, string[]>;
  /** The same for elements with elements inside. */
  groups: Record<string, Content[]>;
}

export interface PavoisRequest extends Content {
  operation: Operation;
  prefix: Prefix;
  skip: number;
  max: number;
}

/** Thrown when a message does not fit; the text names the element that is wrong. */
export class MessageError extends Error {}

/** Reads the body's first child. */
export function readMessage(element: XmlElement): PavoisRequest {
  const operation = operations.find((name) => name === element.name);
  const message: Message | undefined = operation && messages[operation];
  if (!operation || !message || element.ns !== namespaces[message.prefix]) {
    throw new MessageError(`{${element.ns}}${element.name} : opération inconnue`);
  }
  plain(element);
  const rest = [...element.children];
  const ns = namespaces[message.prefix];
  const page = message.page ? readPage(rest.pop(), ns) : { skip: 0, max: 0 };
  const content = message.choice
    ? readChoice(message.fields, rest, ns)
    : readSequence(message.fields, rest, ns);
  return { operation, prefix: message.prefix, ...content, ...page };
}

function readChoice(fields: readonly Field[], rest: XmlElement[], ns: string) {
  const chosen = fields.find((field) => field.name === rest[0]?.name);
  if (!chosen) throw new MessageError("aucun des éléments attendus");
  return readSequence([chosen], rest, ns);
}

function readSequence(fields: readonly Field[], elements: XmlElement[], ns: string): Content {
  const rest = [...elements];
  const read: Content = { values: {}, groups: {} };
  for (const { name, min, max, content } of fields) {
    const found: XmlElement[] = [];
    while (rest[0]?.name === name && rest[0].ns === ns && found.length < max) {
      found.push(rest.shift()!);
    }
    if (found.length < min) throw new MessageError(`${name} : élément attendu`);
    if ("test" in content) read.values[name] = found.map((one) => textOf(one, content));
    else read.groups[name] = found.map((one) => readGroup(one, content));
  }
  if (rest.length > 0) throw new MessageError(`${rest[0]!.name} : élément inattendu`);
  return read;
}

function readGroup(element: XmlElement, { fields, prefix }: Group): Content {
  plain(element);
  return readSequence(fields, element.children, namespaces[prefix]);
}

function readPage(element: XmlElement | undefined, ns: string): { skip: number; max: number } {
  if (element?.name !== "Pagination" || element.ns !== ns) {
    throw new MessageError("Pagination : élément attendu");
  }
  const integer = /^\s*\+?\d{1,9}\s*$/;
  const fields = [one("SkipRecords", integer), one("MaxRecords", integer)];
  const { values } = readGroup(element, { prefix: "com", fields });
  const [skip, max] = [Number(values.SkipRecords![0]), Number(values.MaxRecords![0])];
  if (max < 1) throw new MessageError("MaxRecords : valeur inférieure à 1");
  return { skip, max };
}

function textOf(element: XmlElement, form: Form): string {
  attributesOf(element);
  if (element.children.length > 0 || !form.test(element.text)) {
    throw new MessageError(`${element.name} : valeur incorrecte`);
  }
  return element.text;
}

/** Elements only, no attributes of its own. */
function plain(element: XmlElement): void {
  attributesOf(element);
  if (element.text.trim()) throw new MessageError(`${element.name} : texte inattendu`);
}

function attributesOf(element: XmlElement): void {
  for (const name of element.attributes.keys()) {
    if (!name.startsWith(`{${xsi}}schemaLocation`)) {
      throw new MessageError(`${name} : attribut inattendu`);
    }
  }
}
