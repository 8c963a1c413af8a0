/** The ERP product pavois, filled from a World. */
import { setTimeout as sleep } from "node:timers/promises";
import { debitDaysOf } from "../world/direct-debit.ts";
import { keepWrites } from "../kit/writes.ts";
import type { MockAnswer, MockProduct, MockRequest } from "../kit/product.ts";
import type { World } from "../world/types.ts";
import { BusinessError, type Answer, type Reply } from "./answers/answer.ts";
import { readPaymentPlans } from "./answers/apurement.ts";
import { listNews } from "./answers/actualites.ts";
import { listMandates, readBankDetails } from "./answers/banque.ts";
import { listEntries, listPayments, readBalances } from "./answers/compte.ts";
import {
  listContacts,
  listContracts,
  readBillingAddresses,
  readInsurances,
} from "./answers/contrat.ts";
import { listRequests, readRequests, readSubjects } from "./answers/demandes.ts";
import { listSurveys } from "./answers/enquetes.ts";
import * as documents from "./answers/documents.ts";
import { readSituations, readTenants, searchTenant } from "./answers/locataire.ts";
import { listOccupants } from "./answers/occupants.ts";
import { createDirectory } from "./directory.ts";
import { failure, fault, success } from "./envelope.ts";
import { createJournal } from "./journal.ts";
import { keyOfContract, keyOfPerson, referenceOf } from "./keys.ts";
import type { Operation, PavoisRequest } from "./messages.ts";
import type { WriteOperation } from "./messages-writes.ts";
import { runEvening } from "./night.ts";
import { actionOf, operationOf, readCall, RefusedCall } from "./call.ts";
import { published, wsdlFile } from "./schema.ts";
import { createSecurity, type Security, type SecurityOptions } from "./security.ts";
import { applyChange, isWrite, type Traces } from "./writes/table.ts";
import type { Ground } from "./writes/write.ts";

export interface PavoisOptions extends SecurityOptions {
  world: World;
  landlord: string;
  /** How long Pavois works on each call, in milliseconds; calls meet in that time. */
  workMs: number;
  /** While it answers true, accounts are refused with 610: the evening's batch runs. */
  inBatch: () => boolean;
  /** Operations that the portal's account may not use: refused with 403. */
  forbidden: readonly string[];
}

/** The third call at once is refused. */
const mostAtOnce = 2;

const answers: Record<Exclude<Operation, WriteOperation | "SuivreModifications">, Answer> = {
  RechercherLocataire: searchTenant,
  LireLocataires: readTenants,
  LireSituationsProfessionnelles: readSituations,
  ListerActualites: listNews,
  ListerContrats: listContracts,
  LireAssurances: readInsurances,
  LireAdressesFacturation: readBillingAddresses,
  ListerInterlocuteurs: listContacts,
  ListerOccupants: listOccupants,
  LireSoldes: readBalances,
  ListerEcritures: listEntries,
  ListerReglements: listPayments,
  LireCoordonneesBancaires: readBankDetails,
  ListerMandats: listMandates,
  LirePlansApurement: readPaymentPlans,
  ListerAvisEcheance: documents.listNotices,
  LireAvisEcheance: documents.readNotices,
  ListerQuittances: documents.listReceipts,
  LireQuittances: documents.readReceipts,
  ListerRegularisations: documents.listRegularisations,
  LireRegularisations: documents.readRegularisations,
  OuvrirDocument: documents.openDocument,
  ListerDemandes: listRequests,
  LireDemandes: readRequests,
  LireReferentielDemandes: readSubjects,
  ListerEnquetes: listSurveys,
};

const batched = new Set<Operation>([
  "LireSoldes",
  "ListerEcritures",
  "ListerReglements",
  "LirePlansApurement",
  "EnregistrerReglementCarte",
  "ModifierCoordonneesBancaires",
  "SouscrirePrelevement",
  "ModifierJourPrelevement",
  "ResilierPrelevement",
]);

export function createPavois(options: PavoisOptions): MockProduct {
  const { world, landlord } = options;
  const directory = createDirectory(world);
  const traces = { journal: createJournal(), writes: keepWrites() };
  const ground = { directory, now: options.now, debitDays: debitDaysOf(landlord) };
  const inside: Inside = { options, ground, traces, security: createSecurity(options) };
  let atOnce = 0;
  return {
    product: "pavois",
    landlord,
    world,
    writes: traces.writes,
    runNight: () => runEvening(world),
    operationOf,
    answer: async (request) => {
      if (request.method !== "POST") return publish(request);
      if (atOnce >= mostAtOnce) return busy();
      atOnce += 1;
      try {
        await sleep(options.workMs);
        return await answerCall(request, inside);
      } finally {
        atOnce -= 1;
      }
    },
    fault: (request) =>
      fault({ code: "Receiver", reason: "Erreur technique", operation: operationOf(request) }),
    closed: () => closedPage,
    keyOfPerson,
    keyOfContract,
    referencesOf: (person) => ({
      reference: referenceOf(directory.contractsOf(person)[0] ?? { number: 0 }),
    }),
    loseSessions: () => inside.security.forget(),
    restart: () => inside.security.forget(),
  };
}

const busy = () =>
  fault({ code: "Receiver", subcode: "com:ServeurOccupe", reason: "Serveur occupé (server busy)" });

const closedPage: MockAnswer = {
  status: 503,
  headers: { "content-type": "text/html; charset=utf-8" },
  body: "<!DOCTYPE html><html lang=fr><title>Maintenance</title><h1>Service fermé de 22 h à 5 h</h1></html>",
};

interface Inside {
  options: PavoisOptions;
  ground: Ground;
  traces: Traces;
  security: Security;
}

async function answerCall(request: MockRequest, inside: Inside): Promise<MockAnswer> {
  try {
    const { message } = await readCall(request, inside.security);
    const { operation, prefix } = message;
    try {
      refuseByRule(operation, inside.options);
      return success(operation, prefix, replyTo(message, inside));
    } catch (error) {
      if (error instanceof BusinessError) return failure(operation, prefix, error);
      throw error;
    }
  } catch (error) {
    if (error instanceof RefusedCall) {
      return fault({ ...error.fault, operation: actionOf(request) ?? "Portail" });
    }
    throw error;
  }
}

function replyTo(message: PavoisRequest, { ground, traces }: Inside): Reply {
  const { operation } = message;
  if (isWrite(operation)) return applyChange(operation, message, ground, traces);
  if (operation !== "SuivreModifications") return answers[operation](message, ground.directory);
  return { xml: traces.journal.show(message.values.ReferenceExterne!) };
}

function refuseByRule(operation: Operation, { forbidden, inBatch }: PavoisOptions): void {
  if (forbidden.includes(operation)) {
    throw new BusinessError(403, `Le compte n'a pas droit à ${operation}`);
  }
  if (batched.has(operation) && inBatch()) {
    throw new BusinessError(610, "Comptes fermés : traitement du soir en cours");
  }
}

/** `?wsdl`, `?xsd=types/commun.xsd`, and the XSDs where the WSDL's relative imports lead. */
function publish({ method, url, path }: MockRequest): MockAnswer {
  if (method !== "GET") return { status: 405, headers: { allow: "GET, POST" }, body: "" };
  const query = [...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]);
  const wanted = query.some(([name]) => name === "wsdl")
    ? wsdlFile
    : (query.find(([name]) => name === "xsd")?.[1] ?? path.split("/").slice(-2).join("/"));
  const text = published.get(wanted);
  if (text === undefined) return { status: 404, headers: {}, body: "" };
  return { status: 200, headers: { "content-type": "text/xml; charset=utf-8" }, body: text };
}
