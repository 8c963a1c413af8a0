/** Steady traffic: each landlord's people ask in turn, at fixed times, whatever became of the last answer. */
import { setTimeout as wait } from "node:timers/promises";
import type { Sample, Visitor } from "./visitors.ts";

/** Who asks at one landlord. */
export interface Portal {
  readonly landlord: string;
  /** Each of them has been shown every page before. */
  readonly regulars: readonly Visitor[];
}

export interface Pace {
  /** Requests per second of each landlord's people. */
  readonly perSecond: number;
  /** Requests of each landlord's people. */
  readonly turns: number;
}

/** Somebody who asks in place of the regulars, at each turn that `at` says. */
export interface Guest {
  readonly visitor: Visitor;
  at(turn: number): boolean;
}

/**
 * Everybody's answers, the last of them included. Two phases of the same pace ask the same: each turn
 * has its page and its person.
 */
export async function runTraffic(
  portals: readonly Portal[],
  { perSecond, turns }: Pace,
  guest?: Guest,
): Promise<Sample[]> {
  const begin = performance.now();
  const betweenMs = 1_000 / perSecond / portals.length;
  const asked: Promise<Sample>[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    for (const { landlord, regulars } of portals) {
      const leftMs = begin + asked.length * betweenMs - performance.now();
      if (leftMs > 0) await wait(leftMs);
      const isGuests = guest?.visitor.landlord === landlord && guest.at(turn);
      const visitor = isGuests ? guest.visitor : regulars[turn % regulars.length]!;
      asked.push(visitor.look(turn));
    }
  }
  return Promise.all(asked);
}
