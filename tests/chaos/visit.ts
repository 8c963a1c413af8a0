/** One trouble at one landlord's ERP: what everybody saw of it, and what the ERP was asked. */
import type { Fault, FaultKind } from "../../mocks/kit/faults.ts";
import { ask } from "../ordeal/askers.ts";
import { calm as calmErp, setFaults } from "../ordeal/trouble.ts";
import { runTraffic, type Guest, type Pace, type Portal } from "./traffic.ts";
import { turnsOfAll, type Sample, type Visitor } from "./visitors.ts";

/** What goes wrong at an ERP, by the mocks' name for it. */
export const troubles = {
  hanging: "hang",
  dripping: "drip",
  bombing: "bomb",
  faulting: "fault",
  closed: "closed",
} as const satisfies Record<string, FaultKind>;

export type Trouble = keyof typeof troubles;

/** A landlord's ERP, with those who look at what it holds. */
export interface Place extends Portal {
  readonly doorUrl: string;
  /** How many calls the ERP bears at once. */
  readonly concurrency: number;
  /** One for each trouble, of whom nothing has been read before. */
  readonly newcomers: Readonly<Partial<Record<Trouble, Visitor>>>;
}

/** What an ERP was asked in a phase. */
export interface Asked {
  readonly total: number;
  readonly mostAtOnce: number;
}

export interface Phase {
  readonly samples: readonly Sample[];
  /** By landlord. */
  readonly asked: Readonly<Record<string, Asked>>;
}

export interface Visit {
  readonly trouble: Trouble;
  readonly landlord: string;
  readonly concurrency: number;
  readonly before: Phase;
  readonly during: Phase;
  /** Until all of the landlord's pages were as the ERP says them again; null: too late. */
  readonly backAfterMs: number | null;
  /** What was seen until then. */
  readonly meanwhile: readonly Sample[];
  readonly after: Phase;
}

/** All ERPs are well. */
export async function calmPhase(places: readonly Place[], pace: Pace): Promise<Phase> {
  return phase(places, () => runTraffic(places, pace));
}

/** `before`: the calm phase that has just ended. */
export async function visit(
  places: readonly Place[],
  pace: Pace,
  { place, trouble, before, mostMs }: Order,
): Promise<Visit> {
  const { landlord, concurrency, doorUrl, newcomers } = place;
  const fault: Fault = { kind: troubles[trouble] };
  // Now and then, so that the others' pages are asked for as often as in calm.
  const guest: Guest = {
    visitor: newcomers[trouble]!,
    at: (turn) => turn % turnsOfAll === turnsOfAll - 2,
  };
  await setFaults(doorUrl, [fault]);
  const during = await phase(places, () => runTraffic(places, pace, guest));
  await calmErp(doorUrl);
  const { backAfterMs, samples } = await untilBack(places, pace, landlord, mostMs);
  const after = await calmPhase(places, pace);
  const facts = { trouble, landlord, concurrency, before, during, after };
  return { ...facts, backAfterMs, meanwhile: samples };
}

export interface Order {
  readonly place: Place;
  readonly trouble: Trouble;
  readonly before: Phase;
  /** How long it may take until the ERP is asked again, once it is well. */
  readonly mostMs: number;
}

async function phase(places: readonly Place[], run: () => Promise<Sample[]>): Promise<Phase> {
  await Promise.all(places.map(({ doorUrl }) => fetch(`${doorUrl}/calls`, { method: "DELETE" })));
  const samples = await run();
  const asked: Record<string, Asked> = {};
  for (const { landlord, doorUrl } of places) {
    const { total, mostAtOnce } = await ask<Asked>(doorUrl, "/calls");
    asked[landlord] = { total, mostAtOnce };
  }
  return { samples, asked };
}

/** Every page is asked for once in each slice. */
async function untilBack(
  places: readonly Place[],
  { perSecond }: Pace,
  landlord: string,
  mostMs: number,
): Promise<{ backAfterMs: number | null; samples: Sample[] }> {
  const wellAt = performance.now();
  const samples: Sample[] = [];
  let backAfterMs = 0;
  while (backAfterMs <= mostMs) {
    const slice = await runTraffic(places, { perSecond, turns: turnsOfAll });
    samples.push(...slice);
    const away = slice.filter((one) => one.landlord === landlord && one.outcome !== "LIVE");
    if (away.length === 0) return { backAfterMs, samples };
    backAfterMs = Math.round(Math.max(...away.map(({ at }) => at)) - wellAt);
  }
  return { backAfterMs: null, samples };
}
