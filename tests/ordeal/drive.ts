/** Lets people ask while everything goes wrong, then lets it calm down, and looks what became of it. */
import { setTimeout as wait } from "node:timers/promises";
import type { AppliedWrite } from "../../mocks/kit/writes.ts";
import { randomFor } from "../../mocks/world/random.ts";
import { ask, type Asker, type Door } from "./askers.ts";
import { keepAsking } from "./asking.ts";
import type { Crowd } from "./crowd.ts";
import { readFacts } from "./facts.ts";
import { judge, type Verdict } from "./judge.ts";
import { bookingsOf, tellAgain } from "./paying.ts";
import { createPerson, type Person } from "./person.ts";
import { changesOf, isUnderWay } from "./told.ts";
import { calm, runNight, troubleErp } from "./trouble.ts";

export interface Ground {
  /** Of the gateways: any of them may be asked. */
  readonly urls: readonly string[];
  readonly doors: readonly Door[];
  readonly askers: readonly Asker[];
  /** The doors of the payment providers, with what makes each tell again what was paid. */
  readonly providers: readonly Provider[];
}

interface Provider {
  readonly doorUrl: string;
  readonly again: string;
}

export interface Plan {
  readonly seed: number;
  readonly writes: number;
  /** How long people ask, and everything goes wrong. */
  readonly stormMs: number;
  /** How long it may take afterwards until everything is at its end. */
  readonly calmMs: number;
  /** How long an ERP is waited for. */
  readonly deadlineMs: number;
  /** On average between two troubles at each ERP. */
  readonly troubleEveryMs: number;
  /** What else goes wrong, until it is over. */
  besides?(over: AbortSignal): Promise<void>;
  readonly newKeyAtEachTry?: boolean;
}

export interface Outcome extends Verdict {
  readonly refused: Readonly<Record<string, number>>;
  readonly troubles: Readonly<Record<string, number>>;
  readonly stormSeconds: number;
  readonly calmSeconds: number;
}

const secondsBetween = (from: number, to: number) => Math.round((to - from) / 1_000);

/** Streams of chance that have nothing to do with each other. */
const streams = { person: 101, asking: 102, erp: 103 } as const;

export async function drive(ground: Ground, plan: Plan): Promise<Outcome> {
  const { urls, doors, askers } = ground;
  const { seed, stormMs, troubleEveryMs: everyMs } = plan;
  const people = askers.map((asker, i) =>
    createPerson(asker, urls, randomFor(seed, streams.person, i)),
  );
  const facts = await Promise.all(people.map(readFacts));
  const before = await receivedBy(doors);
  const ended = new AbortController();
  const over = AbortSignal.any([ended.signal, AbortSignal.timeout(stormMs)]);
  const crowd = crowdOf(plan, people.length, over);
  const troubles = new Map<string, number>();
  const count = (name: string, times: number) =>
    void troubles.set(name, (troubles.get(name) ?? 0) + times);
  const tooLateMs = plan.deadlineMs + 500;
  const storm = [
    ...doors.map((door, i) =>
      troubleErp(door, randomFor(seed, streams.erp, i), { over, tooLateMs, everyMs, count }),
    ),
    plan.besides?.(over),
  ];
  const asking = people.map((person, i) =>
    keepAsking(crowd, person, facts[i]!, randomFor(seed, streams.asking, i)),
  );
  // When everything has been asked for, there is nothing left to go wrong with.
  const done = Promise.all(asking).finally(() => ended.abort());
  const begun = Date.now();
  await Promise.all([done, ...storm]);
  const calmed = Date.now();
  await settle(people, ground, crowd, plan.calmMs);
  const received = new Map(
    [...(await receivedBy(doors))].map(([landlord, writes]) => [
      landlord,
      writes.slice(before.get(landlord)!.length),
    ]),
  );
  const verdict = judge(crowd.asked, await toldTo(people), received);
  return {
    ...verdict,
    refused: Object.fromEntries(crowd.refused),
    troubles: Object.fromEntries(troubles),
    stormSeconds: secondsBetween(begun, calmed),
    calmSeconds: secondsBetween(calmed, Date.now()),
  };
}

function crowdOf(plan: Plan, people: number, over: AbortSignal): Crowd {
  const { writes, stormMs, newKeyAtEachTry = false } = plan;
  return {
    asked: [],
    paid: new Map(),
    refused: new Map(),
    writes,
    people,
    endsAt: Date.now() + stormMs,
    over,
    giveUpAt: Date.now() + stormMs + 20_000,
    newKeyAtEachTry,
  };
}

/** Until nothing is under way any more, or for `calmMs` at most. */
async function settle(
  people: readonly Person[],
  { doors, providers }: Ground,
  crowd: Crowd,
  calmMs: number,
): Promise<void> {
  const until = Date.now() + calmMs;
  await Promise.all(doors.map(({ doorUrl }) => calm(doorUrl)));
  let waiting = people;
  let unbooked = true;
  while (Date.now() < until) {
    if (unbooked) await Promise.all(providers.map(tellAgain));
    await Promise.all(doors.map(({ doorUrl }) => runNight(doorUrl)));
    unbooked = await noteBookings(people, crowd);
    const lists = await Promise.all(waiting.map(changesOf));
    waiting = waiting.filter((_person, i) => lists[i]!.some(isUnderWay));
    if (unbooked) waiting = people;
    if (waiting.length === 0) return;
    await wait(1_000);
  }
}

/** Puts the receipts of bookings in the place of the payments' ids; says whether any has none yet. */
async function noteBookings(people: readonly Person[], { paid }: Crowd): Promise<boolean> {
  for (const bookings of await Promise.all(people.map(bookingsOf))) {
    for (const [id, receipt] of bookings) {
      const asked = paid.get(id);
      paid.delete(id);
      asked?.receipts.delete(id);
      asked?.receipts.add(receipt);
    }
  }
  return paid.size > 0;
}

async function toldTo(people: readonly Person[]) {
  const lists = await Promise.all(people.map(changesOf));
  return new Map(lists.flat().map(({ receipt, status }) => [receipt, status]));
}

async function receivedBy(doors: readonly Door[]) {
  const lists = doors.map(async ({ landlord, doorUrl }) => {
    return [landlord, await ask<AppliedWrite[]>(doorUrl, "/writes")] as const;
  });
  return new Map(await Promise.all(lists));
}
