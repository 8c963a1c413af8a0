/** The ERP product Dolibarr 22.0.4, its REST interface, filled from a World. */
import { timingSafeEqual } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { MockAnswer, MockProduct, MockRequest } from "../kit/product.ts";
import { keepWrites } from "../kit/writes.ts";
import type { World } from "../world/types.ts";
import * as answers from "./answers.ts";
import { descriptionText, isExplorer, operationOf, readRequest } from "./description.ts";
import { createDirectory } from "./directory.ts";
import { accountReads, contractReads, fileReads, peopleReads, ticketReads } from "./reads.ts";
import { createState } from "./state.ts";
import { accountWrites } from "./writes-account.ts";
import { contractWrites, peopleWrites } from "./writes.ts";

export interface DolibarrOptions {
  world: World;
  landlord: string;
  apiKey: string;
  /** How long a wrong key keeps its worker busy. */
  wrongKeyMs: number;
  /** Operations of modules that are switched off: a page, with 200. */
  off: readonly string[];
  /** Operations for which the key's user has no right. */
  forbidden: readonly string[];
  now: () => Date;
}

export function createDolibarr(options: DolibarrOptions): MockProduct {
  const { world, landlord, now } = options;
  const directory = createDirectory(world);
  const state = createState();
  const writes = keepWrites();
  const desk = { world, directory, state, writes, now };
  const operations = {
    ...peopleReads(desk),
    ...contractReads(desk),
    ...accountReads(desk),
    ...ticketReads(desk),
    ...fileReads(desk),
    ...peopleWrites(desk),
    ...contractWrites(desk),
    ...accountWrites(desk),
  };

  async function answer(request: MockRequest): Promise<MockAnswer> {
    if (isExplorer(request)) {
      const headers = { "content-type": "application/json" };
      return { status: 200, headers, body: descriptionText };
    }
    const refusal = await refusedKey(request, options);
    if (refusal) return refusal;
    const reading = readRequest(request);
    if ("status" in reading) {
      return reading.status === 501
        ? answers.noApi()
        : answers.problem(reading.status, reading.message);
    }
    const { operationId, values, body } = reading;
    if (options.off.includes(operationId)) return answers.page(200, "Module désactivé");
    if (options.forbidden.includes(operationId)) return answers.problem(403);
    return operations[operationId]!(values, body);
  }

  return {
    product: "dolibarr",
    landlord,
    world,
    writes,
    operationOf,
    answer,
    // Of all its faults the one that only a write meets.
    fault: answers.deadlock,
    closed: () => answers.page(502, "502 Bad Gateway"),
    keyOfPerson: (person) => String(directory.contactOf(person)?.id ?? 0),
    keyOfContract: ({ number }) => String(number),
    referencesOf: (person) => ({ reference: directory.contactOf(person)?.account.code ?? "" }),
    loseSessions: () => {},
    restart: () => {},
  };
}

const noKey =
  "Failed to login to API. Neither parameter 'HTTP_DOLAPIKEY' nor 'Authentication: Bearer' found on HTTP header (and no parameter DOLAPIKEY in URL).";
const badKey =
  "Error user not valid (not found with api key or bad status or bad validity dates) (conf->entity=1)";

/** Its key opens everything: there are no sessions. A wrong one costs time. */
async function refusedKey(
  { headers }: MockRequest,
  { apiKey, wrongKeyMs }: DolibarrOptions,
): Promise<MockAnswer | null> {
  const given = headers.dolapikey;
  if (typeof given !== "string" || given === "") return answers.problem(401, noKey);
  const [a, b] = [Buffer.from(given), Buffer.from(apiKey)];
  if (a.length === b.length && timingSafeEqual(a, b)) return null;
  await wait(wrongKeyMs);
  return answers.problem(401, badKey);
}
