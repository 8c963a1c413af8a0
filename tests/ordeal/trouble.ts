/** What goes wrong at an ERP, again and again, until it is over. */
import { setTimeout as wait } from "node:timers/promises";
import type { Fault, FaultKind } from "../../mocks/kit/faults.ts";
import type { Random } from "../../mocks/world/random.ts";
import { ask, type Door } from "./askers.ts";

export interface Troubles {
  readonly over: AbortSignal;
  /** A little more than an ERP is waited for. */
  readonly tooLateMs: number;
  /** On average between two troubles. */
  readonly everyMs: number;
  /** Counts what went wrong, by its name. */
  count(trouble: string, times: number): void;
}

/** One call or a few of them; the most dangerous ones most often. */
const single: readonly [FaultKind, ...FaultKind[]] = [
  "cut-after",
  "cut-after",
  "cut-after",
  "slow",
  "slow",
  "cut-middle",
  "cut-before",
  "hang",
  "html",
  "html-202",
  "empty",
  "garbage",
  "fault",
];

/** For a while, whoever calls: closed for the night, or the port is. */
const whole: readonly [FaultKind, ...FaultKind[]] = ["closed", "refuse"];

export async function troubleErp(door: Door, random: Random, troubles: Troubles): Promise<void> {
  const { over, count, everyMs } = troubles;
  const { doorUrl } = door;
  while (!over.aborted) {
    if (random.chance(10)) {
      const kind = random.pick(whole);
      count(kind, 1);
      await setFaults(doorUrl, [{ kind }]);
      await pause(random.int(everyMs, 4 * everyMs), over);
      await calm(doorUrl);
    } else if (random.chance(8)) {
      const path = random.pick(["/restart", "/lose-sessions"]);
      count(path.slice(1), 1);
      await tell(doorUrl, "POST", path);
    }
    await troubleCalls(doorUrl, random, troubles);
  }
  await calm(doorUrl);
}

/** Some of the next calls, mostly of those that change something. */
async function troubleCalls(doorUrl: string, random: Random, troubles: Troubles): Promise<void> {
  const { over, count, tooLateMs, everyMs } = troubles;
  const operations = await writesOf(doorUrl);
  const faults = [0, 1, 2].map((): Counted => {
    const kind = random.pick(single);
    const [first] = operations;
    const anyCall = first === undefined || random.chance(30);
    return {
      kind,
      times: random.int(1, 2),
      ...(kind === "slow" && { ms: tooLateMs }),
      ...(!anyCall && { operation: random.pick(operations as [string]) }),
    };
  });
  await setFaults(doorUrl, faults);
  await pause(random.int(0, 2 * everyMs), over);
  const left = await ask<Counted[]>(doorUrl, "/faults");
  for (const { kind, times } of faults) count(kind, times);
  for (const { kind, times } of left) count(kind, -times);
}

type Counted = Fault & { times: number };

/** What ERPs call an operation that changes something. */
const changing =
  /^(ajouter|creer|declarer|demander|deposer|encaisser|enregistrer|modifier|repondre|resilier|retirer|souscrire)/i;

/** The operations of that kind that were called of late. */
async function writesOf(doorUrl: string): Promise<string[]> {
  const { calls } = await ask<{ calls: { operation: string }[] }>(doorUrl, "/calls");
  if (calls.length > 1_000) await tell(doorUrl, "DELETE", "/calls");
  const names = calls.map(({ operation }) => operation).filter((name) => changing.test(name));
  return [...new Set(names)];
}

/** Ends early when it is over. */
export const pause = (ms: number, over: AbortSignal): Promise<void> =>
  wait(ms, undefined, { signal: over }).catch(() => {});

export const setFaults = (doorUrl: string, faults: Fault[]) =>
  tell(doorUrl, "PUT", "/faults", faults);
export const calm = (doorUrl: string) => tell(doorUrl, "DELETE", "/faults");

/** The night's batch, where the ERP has one. */
export async function runNight(doorUrl: string): Promise<void> {
  await fetch(`${doorUrl}/night`, { method: "POST" });
}

async function tell(doorUrl: string, method: string, path: string, body?: object): Promise<void> {
  const answer = await fetch(doorUrl + path, {
    method,
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
}
