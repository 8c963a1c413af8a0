/** What goes wrong at an ERP, again and again, until it is over. */
import { setTimeout as wait } from "node:timers/promises";
import type { Fault, FaultKind } from "../../mocks/kit/faults.ts";
import type { Random } from "../../mocks/world/random.ts";
import type { Door } from "./askers.ts";

export interface Troubles {
  readonly over: AbortSignal;
  /** A little more than an ERP is waited for. */
  readonly tooLateMs: number;
  /** On average between two troubles. */
  readonly everyMs: number;
  /** Counts what was done, by its name. */
  count(trouble: string): void;
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
  const { over, count, tooLateMs, everyMs } = troubles;
  const { doorUrl } = door;
  while (!over.aborted) {
    if (random.chance(12)) {
      const kind = random.pick(whole);
      count(kind);
      await setFaults(doorUrl, [{ kind }]);
      await pause(random.int(everyMs, 4 * everyMs), over);
      await calm(doorUrl);
    } else if (random.chance(10)) {
      const path = random.pick(["/restart", "/lose-sessions"]);
      count(path.slice(1));
      await tell(doorUrl, "POST", path);
    } else {
      const kind = random.pick(single);
      count(kind);
      const ms = kind === "slow" ? { ms: tooLateMs } : {};
      await setFaults(doorUrl, [{ kind, times: random.int(1, 3), ...ms }]);
    }
    await pause(random.int(0, 2 * everyMs), over);
  }
  await calm(doorUrl);
}

/** Ends early when it is over. */
export const pause = (ms: number, over: AbortSignal): Promise<void> =>
  wait(ms, undefined, { signal: over }).catch(() => {});

const setFaults = (doorUrl: string, faults: Fault[]) => tell(doorUrl, "PUT", "/faults", faults);
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
