/** A flood at one landlord, and what somebody at another one notices of it. */
import { setTimeout as wait } from "node:timers/promises";
import { randomFor } from "../../mocks/world/random.ts";
import { compare, type Pair } from "../chaos/percentile.ts";
import { asking, told, type Attack, type Target } from "./attack.ts";
import { costly } from "./crowd.ts";
import { watchNeighbour } from "./processes.ts";
import { send, type Answer } from "./send.ts";

const connections = 30;
const pairs = 6;
const phaseMs = 1_500;
/**
 * A fifth more, and 20 ms: a page waits for its ERP for a tenth of a second and more, of which that is a
 * fifth as well.
 */
const bounds = { ratio: 1.2, ms: 20 };

export const floodAttacks: readonly Attack[] = [
  flood("a flood of costly queries at one landlord", costly),
  flood("a flood of cheap queries at one landlord", "{ landlord { id name } }"),
  flood("a flood of nonsense at one landlord", "{ landlord { nothing } }"),
];

function flood(name: string, query: string): Attack {
  const run = async (target: Target) => {
    if (!target.neighbour) return null;
    const neighbour = await watchNeighbour(target.url, target.neighbour);
    const answers: Answer[] = [];
    const seen: Pair[] = [];
    let failed = 0;
    const phase = async () => {
      await neighbour.look();
      await wait(phaseMs);
      const { ms, failed: more } = await neighbour.look();
      failed += more;
      return ms;
    };
    try {
      for (let i = 0; i < pairs; i += 1) {
        const calm = await phase();
        const stop = begin(target, query, answers);
        seen.push({ calm, troubled: await phase() });
        await stop();
      }
    } finally {
      await neighbour.stop();
    }
    const { calmP99, troubledP99, verdict } = compare(seen, bounds, randomFor(pairs, 15, 0));
    const remark = `the neighbour's p99 was ${Math.round(troubledP99)} ms, ${Math.round(calmP99)} in calm`;
    return {
      answers,
      faults: [
        ...(failed > 0 ? [`the neighbour was not served ${failed} times`] : []),
        ...answers.flatMap(told),
      ],
      late: verdict === "HOLDS" ? [] : [remark],
      remark,
    };
  };
  return { name, ways: ["open"], soon: false, run };
}

/** Each connection asks again as soon as it is answered. Give it a call to end. */
function begin(target: Target, query: string, answers: Answer[]) {
  const over = new AbortController();
  const loop = async () => {
    while (!over.signal.aborted) {
      answers.push(await send(target.url, asking(target, { query })));
    }
  };
  const loops = Array.from({ length: connections }, loop);
  return async () => {
    over.abort();
    await Promise.all(loops);
  };
}
