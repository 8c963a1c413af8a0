/** A flood at one landlord, and what people at another one notice of it. */
import { setTimeout as wait } from "node:timers/promises";
import { randomFor } from "../../mocks/world/random.ts";
import { compare, type Pair } from "../chaos/percentile.ts";
import { operation } from "../support/client.ts";
import { asking, told, type Attack, type Target } from "./attack.ts";
import { watchNeighbours } from "./processes.ts";
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
  flood("a flood of home pages at one landlord", operation("F12-home")),
  flood("a flood of the landlord's own page", operation("B01-landlord")),
  flood("a flood of nonsense at one landlord", "{ landlord { nothing } }"),
];

function flood(name: string, query: string): Attack {
  const run = async (target: Target) => {
    if (!target.neighbours) return null;
    const neighbours = await watchNeighbours(target.url, target.neighbours);
    const answers: Answer[] = [];
    const seen: Pair[] = [];
    let failed = 0;
    const phase = async () => {
      await neighbours.look();
      await wait(phaseMs);
      const { ms, failed: more } = await neighbours.look();
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
      await neighbours.stop();
    }
    const { calmP99, troubledP99, verdict } = compare(seen, bounds, randomFor(pairs, 15, 0));
    const remark = `the neighbours' p99 was ${Math.round(troubledP99)} ms, ${Math.round(calmP99)} in calm`;
    return {
      answers,
      faults: [
        ...(failed > 0 ? [`the neighbours were not served ${failed} times`] : []),
        ...answers.flatMap(told),
      ],
      late: verdict === "HOLDS" ? [] : [remark],
      remark,
    };
  };
  return { name, ways: ["usual"], soon: false, run };
}

/** Each from an address of its own, and asks again as soon as it is answered. Give it a call to end. */
function begin(target: Target, query: string, answers: Answer[]) {
  const over = new AbortController();
  const loop = async (from: string) => {
    while (!over.signal.aborted) {
      answers.push(await send(target.url, { ...asking(target, { query }), from }));
    }
  };
  const loops = Array.from({ length: connections }, (_, i) => loop(`127.0.1.${i + 1}`));
  return async () => {
    over.abort();
    await Promise.all(loops);
  };
}
