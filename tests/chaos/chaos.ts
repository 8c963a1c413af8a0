/** Each trouble at each landlord's ERP in turn, under steady traffic of all landlords' people. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { parse } from "yaml";
import type { Asker, Door } from "../ordeal/askers.ts";
import type { Haste } from "../ordeal/landlord-files.ts";
import type { Pace } from "./traffic.ts";
import { calmPhase, troubles, visit, type Place, type Trouble, type Visit } from "./visit.ts";
import { createVisitor, turnsOfAll, type Visitor } from "./visitors.ts";

/** What takes minutes in life takes seconds here: everything that an ERP is given time for, alike. */
export const haste = {
  deadlineMs: 2_000,
  settleMs: 500,
  breaker: { windowMs: 5_000, pauseMs: 500, longestPauseMs: 1_000 },
} satisfies Haste;

/** Whoever tried the ERP just before it was well waits for that answer, then for one pause. */
export const backWithinMs = haste.deadlineMs + haste.breaker.longestPauseMs;

export const allTroubles = Object.keys(troubles) as Trouble[];

/** So many regulars, and one newcomer for each trouble. */
export const askersFor = (regulars: number, only: readonly Trouble[]): number =>
  regulars + only.length;

interface Ground {
  readonly url: string;
  readonly doors: readonly Door[];
  readonly askers: readonly Asker[];
  readonly only: readonly Trouble[];
}

export const makePlaces = ({ doors, ...ground }: Ground): Promise<Place[]> =>
  Promise.all(doors.map((door) => makePlace(door, ground)));

async function makePlace(
  { landlord, doorUrl }: Door,
  { url, askers, only }: Omit<Ground, "doors">,
): Promise<Place> {
  const visitors: Visitor[] = [];
  for (const asker of askers.filter((one) => one.landlord === landlord)) {
    visitors.push(await createVisitor(url, asker));
  }
  const newcomers = Object.fromEntries(only.map((trouble, i) => [trouble, visitors[i]!]));
  const regulars = visitors.slice(only.length);
  return { landlord, doorUrl, concurrency: await concurrencyOf(landlord), regulars, newcomers };
}

const landlords = fileURLToPath(new URL("../../landlords/", import.meta.url));

async function concurrencyOf(landlord: string): Promise<number> {
  const text = await readFile(join(landlords, `${landlord}.yaml`), "utf8");
  return (parse(text) as { erp: { concurrency: number } }).erp.concurrency;
}

/** Shows every page to every regular, so that it is kept, and lets the process find its stride. */
export async function warmUp(places: readonly Place[]): Promise<void> {
  const looks = places.map(async ({ regulars }) => {
    for (let turn = 0; turn < turnsOfAll; turn += 1) {
      for (const regular of regulars) await regular.look(turn);
    }
  });
  await Promise.all(looks);
}

export interface Round {
  readonly pace: Pace;
  readonly only: readonly Trouble[];
  /** How long it may take until an ERP that is well again is asked again. */
  readonly mostMs: number;
  readonly onVisit?: (visit: Visit) => void;
}

/** In an order in which no landlord's ERP is in trouble twice in a row. */
export async function runVisits(
  places: readonly Place[],
  { pace, only, mostMs, onVisit }: Round,
): Promise<Visit[]> {
  const visits: Visit[] = [];
  let before = await calmPhase(places, pace);
  for (const trouble of only) {
    for (const place of places) {
      const made = await visit(places, pace, { place, trouble, before, mostMs });
      onVisit?.(made);
      visits.push(made);
      before = made.after;
    }
  }
  return visits;
}
