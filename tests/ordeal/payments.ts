/** The ordeal of payments: the whole program in its own processes, on one kind of store. */
import { randomFor, type Random } from "../../mocks/world/random.ts";
import type { Gateway } from "./gateways.ts";
import { compare, type Verdict } from "./payments-compare.ts";
import { readBooks, tryPayments, type PaymentsPlan } from "./payments-drive.ts";
import { troubleBooking } from "./payments-erp-trouble.ts";
import { startFront, type Front } from "./payments-front.ts";
import type { PaymentsGround } from "./payments-ground.ts";
import { startProcesses, type StoreKind, type Undo } from "./processes.ts";
import { pause } from "./trouble.ts";

export interface PaymentsOrder extends PaymentsPlan {
  readonly store: StoreKind;
}

export interface PaymentsReport extends PaymentsOrder, Verdict {
  readonly kills: number;
  readonly seconds: number;
  /** Messages by somebody who is not the provider. */
  readonly forged: number;
  /** Attempts for which there was no page, by the reason. */
  readonly refused: Readonly<Record<string, number>>;
  readonly ways: Readonly<Record<string, number>>;
  readonly troubles: Readonly<Record<string, number>>;
}

const haste = { deadlineMs: 1_500, settleMs: 500 };
const askersEach = 10;
/** Streams of chance. */
const streams = { killing: 204, front: 205, erp: 206 } as const;

export async function paymentsOrdeal(order: PaymentsOrder): Promise<PaymentsReport> {
  const begun = performance.now();
  const undo: Undo = [];
  try {
    const { ground, count } = await setUp(order, undo);
    const tried = await tryPayments(ground, order);
    const verdict = compare(await readBooks(ground, tried));
    const { attempts, forger, troubles } = tried;
    return {
      ...order,
      ...verdict,
      kills: count.kills,
      seconds: Math.round((performance.now() - begun) / 1_000),
      forged: forger.sent,
      refused: counted(attempts.flatMap(({ refusal }) => refusal ?? [])),
      ways: counted(attempts.map(({ way }) => way.name)),
      troubles: Object.fromEntries(troubles),
    };
  } finally {
    for (const step of undo.toReversed()) await step();
  }
}

function counted(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

async function setUp({ store, seed }: PaymentsOrder, undo: Undo) {
  let front: Front | null = null;
  const { gateways, publicUrl, mocks, askers, later } = await startProcesses(
    {
      store,
      haste,
      askersEach,
      publicUrl: async (urls) => {
        front = await startFront(urls, randomFor(seed, streams.front, 0));
        undo.push(() => front!.close());
        return front.url;
      },
    },
    undo,
  );
  const { count, decided, killAgainAndAgain } = killer(
    gateways,
    randomFor(seed, streams.killing, 0),
  );
  const besides: PaymentsGround["besides"] = async (over, counting) => {
    const troubles = { over, tooLateMs: haste.deadlineMs + 500, count: counting };
    const erps = mocks.erps.map((door, i) =>
      troubleBooking(door, randomFor(seed, streams.erp, i), troubles),
    );
    await Promise.all([...erps, killAgainAndAgain(over)]);
  };
  const { payfip, lyra } = mocks.providers;
  const ground: PaymentsGround = {
    urls: gateways.map(({ url }) => url),
    publicUrl,
    erps: mocks.erps,
    providers: [
      { provider: "payfip", doorUrl: payfip.doorUrl },
      { provider: "lyra", doorUrl: lyra.doorUrl },
    ],
    askers,
    later: (minutes) => later(minutes * 60_000),
    besides,
    decided,
    forgedOnTheWay: () => front!.forgedTaken,
  };
  return { ground, count };
}

/** Percentage of decisions on a provider's page at which a gateway dies, moments later. */
const dies = 4;

/** Now and then for no reason, and often when a provider has something to tell. */
function killer(gateways: readonly Gateway[], random: Random) {
  const count = { kills: 0 };
  let now = new AbortController();
  const killAgainAndAgain = async (over: AbortSignal) => {
    while (!over.aborted) {
      await pause(random.int(3_000, 9_000), AbortSignal.any([over, now.signal]));
      if (over.aborted) return;
      if (now.signal.aborted) await pause(random.int(0, 120), over);
      const victim = random.pick(gateways as [Gateway]);
      await victim.kill();
      count.kills += 1;
      await victim.start();
      now = new AbortController();
    }
  };
  const decided = () => {
    if (random.chance(dies)) now.abort();
  };
  return { count, killAgainAndAgain, decided };
}
