/** The ERP product beauceron, filled from a World. */
import { timingSafeEqual } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { keepWrites } from "../kit/writes.ts";
import type { MockAnswer, MockProduct, MockRequest } from "../kit/product.ts";
import type { World } from "../world/types.ts";
import { answerOf, errorAnswer, withETag } from "./answers.ts";
import { readBody } from "./body.ts";
import { descriptionText, operationOf, readRequest } from "./description.ts";
import { hold } from "./held.ts";
import { createDirectory, keyOfContract, keyOfPerson } from "./keys.ts";
import { createOperations, type Operations } from "./operations.ts";

export interface BeauceronOptions {
  world: World;
  landlord: string;
  clientId: string;
  clientSecret: string;
}

/** The eleventh call at once is refused. */
const mostAtOnce = 10;
/** What a call takes in beauceron's own hands, so that calls can meet there. */
const workMs = 3;
const longestQuery = 4096;

export function createBeauceron(options: BeauceronOptions): MockProduct {
  const { world, landlord } = options;
  const directory = createDirectory(world);
  const writes = keepWrites();
  const operations = createOperations(world, directory, hold(world, writes));
  let atOnce = 0;
  return {
    product: "beauceron",
    landlord,
    world,
    writes,
    operationOf: (request) => operationOf(request.method, request.path),
    answer: async (request) => {
      if (atOnce >= mostAtOnce) return tooMany();
      atOnce += 1;
      try {
        await sleep(workMs);
        return answerTo(request, options, operations);
      } finally {
        atOnce -= 1;
      }
    },
    fault: () => errorAnswer(500, "Unhandled exception"),
    closed: () => ({
      status: 503,
      headers: { "content-type": "text/html; charset=utf-8" },
      body: "<!doctype html><title>Maintenance</title><h1>Beauceron est en maintenance</h1>",
    }),
    keyOfPerson,
    keyOfContract,
    referencesOf: (person) => ({ reference: directory.referenceOf(person) }),
    // Each call carries its credentials, and nothing is held in memory: nothing to forget.
    loseSessions: () => {},
    restart: () => {},
  };
}

const tooMany = () => errorAnswer(429, "Too many requests", { headers: { "retry-after": "1" } });

function answerTo(
  request: MockRequest,
  options: BeauceronOptions,
  operations: Operations,
): MockAnswer {
  if (request.url.search.length > longestQuery) return errorAnswer(500, "URI overflow");
  const reading = readRequest(request.method, request.url);
  if (!("open" in reading && reading.open) && !isClient(request, options)) {
    return errorAnswer(401, "Unknown client");
  }
  if ("status" in reading) {
    const motif = reading.status === 404 ? { motif: "ROUTE_INCONNUE" as const } : {};
    return errorAnswer(reading.status, reading.message, motif);
  }
  const { operationId, values, takes } = reading;
  if (operationId === "description") {
    return { status: 200, headers: { "content-type": "application/yaml" }, body: descriptionText };
  }
  const sent = takes
    ? readBody(takes, request.headers["content-type"] ?? "", request.body)
    : { body: null, files: {} };
  if ("status" in sent) {
    const motif = sent.status === 400 ? { motif: "REQUETE_INVALIDE" as const } : {};
    return errorAnswer(sent.status, sent.message, motif);
  }
  const page = { limit: Number(values.limit), offset: Number(values.offset) };
  const asked = { ...sent, ifMatch: request.headers["if-match"] ?? null };
  return withETag(request, answerOf(operations[operationId]!(values, asked), page));
}

function isClient(request: MockRequest, options: BeauceronOptions): boolean {
  return (
    same(request.headers["x-client-id"], options.clientId) &&
    same(request.headers["x-client-secret"], options.clientSecret)
  );
}

function same(given: string | string[] | undefined, expected: string): boolean {
  const [a, b] = [Buffer.from(String(given)), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
