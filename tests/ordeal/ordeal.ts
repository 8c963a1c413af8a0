/** One ordeal of the whole program in its own processes, on one kind of store. */
import { randomFor, type Random } from "../../mocks/world/random.ts";
import { drive, type Outcome } from "./drive.ts";
import type { Gateway } from "./gateways.ts";
import { startProcesses, type StoreKind, type Undo } from "./processes.ts";
import { pause } from "./trouble.ts";

export interface Order {
  readonly store: StoreKind;
  readonly seed: number;
  readonly writes: number;
  readonly stormMs: number;
  readonly calmMs: number;
}

export interface Report extends Outcome, Order {
  readonly kills: number;
  readonly seconds: number;
}

const haste = { deadlineMs: 2_000, settleMs: 500 };
const troubleEveryMs = 800;
const askersEach = 12;
/** Chance of its own. */
const killing = 104;

export async function ordeal(order: Order): Promise<Report> {
  const begun = Date.now();
  const undo: Undo = [];
  try {
    const { gateways, ground } = await setUp(order, undo);
    const count = { kills: 0 };
    const besides = async (over: AbortSignal) => {
      const deaths = gateways.map((gateway, i) =>
        killAgainAndAgain(gateway, randomFor(order.seed, killing, i), over, count),
      );
      await Promise.all(deaths);
    };
    const outcome = await drive(ground, {
      ...order,
      ...haste,
      troubleEveryMs,
      besides,
    });
    const seconds = Math.round((Date.now() - begun) / 1_000);
    return { ...order, ...outcome, ...count, seconds };
  } finally {
    for (const step of undo.toReversed()) await step();
  }
}

async function setUp({ store }: Order, undo: Undo) {
  const { gateways, mocks, askers } = await startProcesses({ store, haste, askersEach }, undo);
  const { payfip, lyra } = mocks.providers;
  const ground = {
    urls: gateways.map(({ url }) => url),
    doors: mocks.erps,
    askers,
    providers: [
      { ...payfip, again: "notify" },
      { ...lyra, again: "retry" },
    ],
  };
  return { gateways, ground };
}

async function killAgainAndAgain(
  gateway: Gateway,
  random: Random,
  over: AbortSignal,
  count: { kills: number },
): Promise<void> {
  // A slow machine starts it slowly: it is to live for longer than that, or nothing gets done.
  let startMs = 0;
  for (;;) {
    await pause(random.int(1_500, 6_000) + 2 * startMs, over);
    if (over.aborted) return;
    await gateway.kill();
    count.kills += 1;
    const begun = Date.now();
    await gateway.start();
    startMs = Date.now() - begun;
  }
}
