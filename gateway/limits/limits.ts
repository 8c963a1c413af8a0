/** The limits of the whole HTTP surface, put together. Numbers of documents: `subgraphs/kernel/door/`. */
import type { FastifyInstance } from "fastify";
import type { Door, OperationList } from "../../subgraphs/kernel/door/door.ts";
import { sendRefusal } from "../../subgraphs/kernel/http-refusals.ts";
import type { House } from "../../subgraphs/kernel/request.ts";
import { landlordNamer, mountOrigins } from "./origins.ts";
import { createPlaces, usualPlaces } from "./places.ts";
import { createRates, type RatesOptions } from "./rates.ts";
import { isHealth, mountShedding, type Load } from "./shed.ts";
import { createTurns } from "./turns.ts";

export interface Limits {
  /** Nobody is counted unless given. */
  readonly rates?: RatesOptions;
  /** Anything that fits the schema may be asked unless given. */
  readonly operations?: OperationList;
  /** How much may be under way at once. */
  readonly places?: number;
  /** How the process fares; measured unless given. */
  readonly loadOf?: () => Load;
}

/** Before any route is added. Answers what GraphQL asks at its door. */
export async function mountLimits(
  app: FastifyInstance,
  { landlords }: Pick<House, "landlords">,
  { rates: ratesOptions, operations, places = usualPlaces, loadOf }: Limits,
): Promise<Door> {
  await mountOrigins(
    app,
    landlords.map(({ landlord }) => landlord),
  );
  await mountShedding(app, loadOf);
  const turn = createTurns();
  const whose = landlordNamer(landlords.map(({ landlord }) => landlord));
  app.addHook("onRequest", async (request) => {
    if (!isHealth(request.url)) await turn(whose(request));
  });
  const takePlace = createPlaces(places);
  if (!ratesOptions) return { operations, takePlace };
  const rates = createRates(ratesOptions);
  app.addHook("onRequest", async (request, reply) => {
    if (isHealth(request.url)) return undefined;
    const seconds = await rates.ofAddress(request.ip);
    if (seconds === null) return undefined;
    return sendRefusal(request, reply, 429, "RATE_LIMITED", seconds);
  });
  return { operations, takePlace, count: rates.ofRequest };
}
