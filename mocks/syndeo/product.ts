/** The ERP product syndeo, filled from a World. */
import { keepWrites } from "../kit/writes.ts";
import type { MockAnswer, MockProduct, MockRequest } from "../kit/product.ts";
import type { World } from "../world/types.ts";
import * as answers from "./answers.ts";
import { descriptionText, operationOf, readRequest, type Values } from "./description.ts";
import { publication } from "./formats.ts";
import { createDirectory, keyOfContract, keyOfPerson } from "./keys.ts";
import { createOperations, same } from "./operations.ts";
import { createState } from "./state.ts";
import { createTickets } from "./tickets.ts";

export interface SyndeoOptions {
  world: World;
  landlord: string;
  user: string;
  password: string;
  /** How long a ticket is good for. */
  ticketMs: number;
  /** Every so many calls for data, the database deadlocks; 0: never. */
  deadlockEvery: number;
  now: () => Date;
}

export function createSyndeo(options: SyndeoOptions): MockProduct {
  const { world, landlord, now } = options;
  const directory = createDirectory(world);
  const tickets = createTickets(options.ticketMs, now);
  const publishedAt = () => publication(now());
  const writes = keepWrites();
  const state = createState(now);
  const operations = createOperations({ world, directory, state, writes, now }, publishedAt);
  const isDeadlocked = createDeadlocks(options.deadlockEvery);

  const openSession = ({ Utilisateur, MotDePasse }: Values): MockAnswer => {
    const right = same(Utilisateur!, options.user) && same(MotDePasse!, options.password);
    if (!right) return answers.refused("IDENTIFIANTS", "Utilisateur ou mot de passe incorrect");
    return answers.published({ Ticket: tickets.open() }, publishedAt());
  };

  const answer = (request: MockRequest): MockAnswer => {
    const reading = readRequest(request);
    if (!reading.open && !tickets.isGood(request.headers["x-ticket"])) return answers.lapsed();
    if ("status" in reading) {
      if (reading.status === 404) return answers.page(404, "Page introuvable");
      return answers.wrongValue(reading.message);
    }
    const { operationId, values, body } = reading;
    if (operationId === "description") {
      return {
        status: 200,
        headers: { "content-type": "application/yaml" },
        body: descriptionText,
      };
    }
    if (operationId === "ouvrirSession") return openSession(body as Values);
    if (isDeadlocked(request)) return answers.deadlock();
    return operations[operationId]!(values, body);
  };

  return {
    product: "syndeo",
    landlord,
    world,
    writes,
    operationOf,
    answer: async (request) => answer(request),
    fault: answers.deadlock,
    closed: () => answers.page(503, "Syndeo est fermé pour la nuit"),
    keyOfPerson,
    keyOfContract,
    referencesOf: (person) => ({
      reference: person.credentials?.identifier ?? keyOfPerson(person),
    }),
    loseSessions: () => tickets.forget(),
    restart: () => {
      tickets.forget();
      state.depot.forget();
    },
  };
}

/** Every so often, but not twice in succession for the same call: to try again is enough. */
function createDeadlocks(every: number): (request: MockRequest) => boolean {
  let calls = 0;
  const victims = new Set<string>();
  return ({ path }) => {
    calls += 1;
    const triedAgain = victims.delete(path);
    if (triedAgain || every === 0 || calls % every > 0) return false;
    victims.add(path);
    return true;
  };
}
