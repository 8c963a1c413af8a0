/** The ERP product intitulo, filled from a World. */
import { setTimeout as sleep } from "node:timers/promises";
import { keepWrites, type Writes } from "../kit/writes.ts";
import type { MockAnswer, MockProduct, MockRequest } from "../kit/product.ts";
import type { World } from "../world/types.ts";
import { BusinessError, type Answer } from "./answers/answer.ts";
import { fileOf, listNotices, readDocument, readNotice } from "./answers/avis.ts";
import { listEntries, listPayments, readBalances } from "./answers/compte.ts";
import { listContacts, listContracts } from "./answers/contrats.ts";
import { recordPayment } from "./answers/encaissement.ts";
import { changeTiers } from "./answers/modification.ts";
import { readTiers, searchIntitule } from "./answers/tiers.ts";
import { DeadScript, operationOf, readCall, RefusedCall } from "./call.ts";
import { fluxSchema, wsdlText } from "./description.ts";
import { createDirectory, type Directory } from "./directory.ts";
import { fault, htmlPage, result } from "./envelope.ts";
import { keyOfContract, keyOfPerson } from "./keys.ts";

type Module = "tiers" | "contrats" | "compta" | "avis";

export interface IntituloOptions {
  world: World;
  username: string;
  password: string;
  /** How long it takes to check a password, in milliseconds. */
  loginMs: number;
  /** How long a wrong one is kept waiting. */
  refusalMs: number;
  /** The pages of a module that is off are what its operations answer. */
  modulesOff: readonly Module[];
  /** Another result than OK, as the ERP's own rules would have it; null lets the call through. */
  refuse: (operation: string) => { code: string; label: string } | null;
}

const answers: Record<string, [Module, Answer]> = {
  rechercherIntitule: ["tiers", searchIntitule],
  lireTiers: ["tiers", readTiers],
  listerContrats: ["contrats", listContracts],
  listerInterlocuteurs: ["contrats", listContacts],
  lireSolde: ["compta", readBalances],
  listerEcritures: ["compta", listEntries],
  listerReglements: ["compta", listPayments],
  listerAvis: ["avis", listNotices],
  lireAvis: ["avis", readNotice],
  lireDocument: ["avis", readDocument],
  modifierTiers: ["tiers", changeTiers],
  enregistrerReglement: ["compta", recordPayment],
};

export function createIntitulo(options: IntituloOptions): MockProduct {
  const { world } = options;
  const directory = createDirectory(world);
  const writes = keepWrites();
  return {
    product: "intitulo",
    landlord: world.landlord,
    world,
    writes,
    operationOf,
    answer: (request) =>
      request.method === "POST"
        ? answerCall(request, options, directory, writes)
        : Promise.resolve(publish(request)),
    fault: () => fault("Server", "Erreur interne du serveur"),
    closed: () => databaseDown,
    keyOfPerson,
    keyOfContract,
    referencesOf: (person) => ({ reference: directory.intitulesOf(person)[0]?.key ?? "" }),
    // Every call brings its password: there are no sessions to lose.
    loseSessions: () => {},
    restart: () => {},
  };
}

/** PHP's own page, with a status that promises that the work will be done. */
const databaseDown = htmlPage(
  202,
  "<b>Fatal error</b>: Uncaught Exception: SQLSTATE[HY000] [2002] Connection refused (intitulo@10.1.4.2)",
);

async function answerCall(
  request: MockRequest,
  options: IntituloOptions,
  directory: Directory,
  writes: Writes,
): Promise<MockAnswer> {
  const operation = operationOf(request);
  const off = answers[operation]?.[0];
  if (off && options.modulesOff.includes(off)) return htmlPage(200, `Module ${off} désactivé`);
  try {
    const { login, values } = readCall(request);
    await checkLogin(login, options);
    const refused = options.refuse(operation);
    if (refused) throw new BusinessError(refused.code, refused.label);
    const parts = answers[operation]![1](values, directory, writes);
    const file = operation === "lireDocument" ? fileOf(values, directory) : undefined;
    return result(operation, { code: "OK", label: "", parts, file });
  } catch (error) {
    if (error instanceof BusinessError) {
      return result(operation, { code: error.code, label: error.message });
    }
    if (error instanceof RefusedCall) return fault("Client", error.message);
    if (error instanceof DeadScript) return { ...htmlPage(500, ""), body: "" };
    throw error;
  }
}

async function checkLogin(
  login: { utilisateur: string; mot_de_passe: string },
  { username, password, loginMs, refusalMs }: IntituloOptions,
): Promise<void> {
  await sleep(loginMs);
  if (login.utilisateur === username && login.mot_de_passe === password) return;
  await sleep(refusalMs);
  throw new BusinessError("BAD_CREDENTIALS", "Identifiant ou mot de passe incorrect");
}

/** `?wsdl`, and the schema of the flux at `?xsd`. */
function publish({ method, url }: MockRequest): MockAnswer {
  if (method !== "GET") return { status: 405, headers: { allow: "GET, POST" }, body: "" };
  const body = url.searchParams.has("xsd") ? fluxSchema : wsdlText;
  return { status: 200, headers: { "content-type": "text/xml; charset=UTF-8" }, body };
}
