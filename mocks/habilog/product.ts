/** The ERP product habilog, filled from a World. */
import { setTimeout as sleep } from "node:timers/promises";
import { keepWrites, type Writes } from "../kit/writes.ts";
import type { MockAnswer, MockProduct, MockRequest } from "../kit/product.ts";
import { escapeXml } from "../kit/xml.ts";
import { debitDaysOf } from "../world/direct-debit.ts";
import type { World } from "../world/types.ts";
import type { Answer } from "./answers/answer.ts";
import * as compte from "./answers/compte.ts";
import * as contrat from "./answers/contrat.ts";
import { fileOf, listNotices, readDocument } from "./answers/documents.ts";
import { readTenant, searchTenants } from "./answers/locataire.ts";
import { operationOf, readCall, RefusedCall, type Call } from "./call.ts";
import { createDirectory, type Directory } from "./directory.ts";
import { fault, success } from "./envelope.ts";
import { record } from "./format.ts";
import { keyOfContract, keyOfPerson, referenceOf } from "./keys.ts";
import { published, wsdlFile, xsdFile } from "./schema.ts";
import { createBatch, type Batch } from "./writes/batch.ts";
import { Refused } from "./writes/fields.ts";
import { createTill, type Till } from "./writes/till.ts";

export interface HabilogOptions {
  world: World;
  landlord: string;
  user: string;
  password: string;
  base: string;
  now: () => Date;
  /** How long Habilog works on each call, in milliseconds; calls meet in that time. */
  workMs: number;
  /** While it answers true, accounts and demands are refused with a message: the night's batch runs. */
  inBatch: () => boolean;
  /** What RechercherLocataire answers to everybody: -1, no rights; -3, the licence is over. */
  searchRefusal: -1 | -3 | null;
}

/** The fifth call at once is refused. */
const mostAtOnce = 4;

const answers: Record<string, Answer> = {
  LireLocataire: readTenant,
  ListerContrats: contrat.listContracts,
  LireAssurance: contrat.readInsurance,
  LireFacturation: contrat.readBilling,
  ListerInterlocuteurs: contrat.listContacts,
  ListerOccupants: contrat.listOccupants,
  LireSolde: compte.readBalance,
  ListerEcritures: compte.listEntries,
  ListerReglements: compte.listPayments,
  LirePrelevement: compte.readDirectDebit,
  LireRib: compte.readBank,
  LireEcheancier: compte.readPlan,
  ListerAvis: listNotices,
  LireDocument: readDocument,
};

const batched = new Set(["LireSolde", "ListerEcritures", "ListerReglements"]);

/** What a call is answered from. */
interface House {
  options: HabilogOptions;
  directory: Directory;
  batch: Batch;
  till: Till;
}

export function createHabilog(options: HabilogOptions): MockProduct {
  const { world, landlord } = options;
  const writes = keepWrites();
  const house = openHouse(options, writes);
  const { directory, batch, till } = house;
  let atOnce = 0;
  return {
    product: "habilog",
    landlord,
    world,
    writes,
    operationOf,
    answer: async (request) => {
      if (request.method !== "POST") return publish(request);
      if (atOnce >= mostAtOnce) return busy;
      atOnce += 1;
      try {
        await sleep(options.workMs);
        return answerTo(request, house);
      } finally {
        atOnce -= 1;
      }
    },
    fault: () => fault({ side: "Server", code: "TECHNIQUE", reason: "Erreur technique" }),
    closed: () => closedPage,
    keyOfPerson,
    keyOfContract,
    referencesOf: (person) => ({
      reference: referenceOf(directory.contractsOf(person)[0] ?? { number: 0 }),
    }),
    // Credentials come with every call: there is nothing to lose.
    loseSessions: () => {},
    // Demands that wait for the night are data.
    restart: () => {},
    runNight: () => {
      till.closeDay();
      return batch.run();
    },
  };
}

function openHouse(options: HabilogOptions, writes: Writes): House {
  const directory = createDirectory(options.world);
  const today = () => dayInParis(options.now());
  const office = { directory, debitDays: debitDaysOf(options.landlord), departed: [] };
  const batch = createBatch({ office, writes, today });
  return { options, directory, batch, till: createTill({ directory, writes, today }) };
}

export const dayInParis = (moment: Date): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Paris" }).format(moment);

const busy = fault({ side: "Server", code: "OCCUPE", reason: "Nombre maximal d'appels atteint" });

const closedPage: MockAnswer = {
  status: 503,
  headers: { "content-type": "text/html; charset=utf-8" },
  body: "<!DOCTYPE html><html lang=fr><title>Habilog</title><h1>Traitements de nuit en cours</h1></html>",
};

function answerTo(request: MockRequest, house: House): MockAnswer {
  try {
    const call = readCall(request);
    const result =
      call.operation === "RechercherLocataire" ? search(call, house) : tell(call, house);
    const file = call.operation === "LireDocument" ? fileOf(call.key, house.directory) : undefined;
    return success(call.operation, result, file);
  } catch (error) {
    if (error instanceof RefusedCall) return fault(error.fault);
    throw error;
  }
}

const isKnown = ({ user, password }: Call, options: HabilogOptions) =>
  user === options.user && password === options.password;

/** A document, or a bare negative integer. */
function search(call: Call, { options, directory }: House): string {
  if (!isKnown(call, options)) return "-4";
  if (options.searchRefusal !== null) return String(options.searchRefusal);
  const found = call.base === options.base ? searchTenants(call.key, directory) : null;
  return found === null ? "-2" : escapeXml(found);
}

const error = (text: string) => record("Message", { Type: "E", Texte: text });

/** Nothing at all for somebody whom Habilog does not know. */
function tell(call: Call, house: House): string {
  const { options, directory } = house;
  if (!isKnown(call, options)) return "";
  if (call.base !== options.base) return error(`Base inconnue : ${call.base}`);
  const answer = answers[call.operation];
  if ((!answer || batched.has(call.operation)) && options.inBatch()) {
    return error("Traitement de nuit en cours");
  }
  const records = answer ? answer(call.key, directory) : written(call, house);
  return records.length === 0 ? error("Aucun enregistrement") : records.join("");
}

/** Of what the portal writes, and follows. */
function written({ operation, key, fields }: Call, { batch, till }: House): string[] {
  if (operation === "SuivreDemande") return batch.follow(key);
  if (operation === "RechercherReglement") return till.find(key);
  try {
    return [batch.takes(operation) ? batch.keep(operation, fields) : till.book(fields)];
  } catch (reason) {
    if (reason instanceof Refused) return [error(reason.message)];
    throw reason;
  }
}

/** `?wsdl`, `?xsd=PortailLocataire.xsd`, and the XSD where the WSDL's relative import leads. */
function publish({ method, url, path }: MockRequest): MockAnswer {
  if (method !== "GET") return { status: 405, headers: { allow: "GET, POST" }, body: "" };
  const wantsXsd = url.searchParams.has("xsd") || path.endsWith(xsdFile);
  const name = url.searchParams.has("wsdl") ? wsdlFile : wantsXsd ? xsdFile : "";
  const body = published.get(name);
  if (body === undefined) return { status: 404, headers: {}, body: "" };
  return { status: 200, headers: { "content-type": "text/xml; charset=utf-8" }, body };
}
