/** Lets people pay while everything goes wrong, lets time pass, and reads the books. */
import { setTimeout as wait } from "node:timers/promises";
import { randomFor } from "../../mocks/world/random.ts";
import type { Attempt, ProviderId } from "./payments-attempt.ts";
import { bookingsOf, isUnderWay, shownTo } from "./payments-books.ts";
import type { Books } from "./payments-compare.ts";
import type { Forger } from "./payments-forging.ts";
import type { PaymentsGround } from "./payments-ground.ts";
import { payOnce, type Payer, type Till } from "./payments-paying.ts";
import {
  acceptLookedInto,
  forgetUnpaid,
  paymentsAt,
  release,
  silence,
  troubleProvider,
} from "./payments-trouble.ts";
import { createPerson, type Person } from "./person.ts";
import { calm } from "./trouble.ts";

export interface PaymentsPlan {
  readonly seed: number;
  /** Attempts through each provider that get as far as to its page. */
  readonly each: number;
  /** How long people go on trying, at most. */
  readonly stormMs: number;
  /** How long it may take in the end until every payment is at its end. */
  readonly calmMs: number;
}

/** What was tried, and by whom. */
export interface Tried {
  readonly people: readonly Person[];
  readonly attempts: readonly Attempt[];
  readonly forger: Forger;
  readonly troubles: ReadonlyMap<string, number>;
}

/** Streams of chance that have nothing to do with each other. */
const streams = { person: 201, paying: 202, provider: 203 } as const;

export async function tryPayments(ground: PaymentsGround, plan: PaymentsPlan): Promise<Tried> {
  const { seed } = plan;
  const people = ground.askers.map((asker, i) =>
    createPerson(asker, ground.urls, randomFor(seed, streams.person, i)),
  );
  const till: Till = {
    attempts: [],
    open: [],
    forger: { url: ground.publicUrl, accepted: 0, sent: 0 },
    giveUpAt: performance.now() + plan.stormMs,
    decided: ground.decided,
  };
  const troubles = new Map<string, number>();
  await storm(ground, plan, people, till, troubles);
  await afterwards(ground, plan, people, till);
  return { people, attempts: till.attempts, forger: till.forger, troubles };
}

/** What everybody's books say now. */
export async function readBooks(
  { erps, providers, forgedOnTheWay }: PaymentsGround,
  { people, attempts, forger }: Tried,
): Promise<Books> {
  const at = async (id: ProviderId) =>
    paymentsAt(providers.find(({ provider }) => provider === id)!.doorUrl);
  return {
    attempts,
    atProvider: { payfip: await at("payfip"), lyra: await at("lyra") },
    bookings: (await Promise.all(erps.map(bookingsOf))).flat(),
    shown: (await Promise.all(people.map(shownTo))).flat(),
    forgedTaken: forger.accepted + forgedOnTheWay(),
  };
}

async function storm(
  ground: PaymentsGround,
  { seed, each }: PaymentsPlan,
  people: readonly Person[],
  till: Till,
  troubles: Map<string, number>,
): Promise<void> {
  const payers = await Promise.all(people.map((person) => payerOf(person, ground)));
  const ended = new AbortController();
  const over = ended.signal;
  const count = (name: string) => void troubles.set(name, (troubles.get(name) ?? 0) + 1);
  const going = [
    ...ground.providers.map((door, i) =>
      troubleProvider(door, randomFor(seed, streams.provider, i), { over, count }),
    ),
    ground.besides(over, count),
  ];
  const left = { payfip: each, lyra: each };
  const paying = payers.map(async (payer, i) => {
    const random = randomFor(seed, streams.paying, i);
    while (left[payer.provider] > 0 && performance.now() < till.giveUpAt) {
      left[payer.provider] -= 1;
      await wait(random.int(0, 300));
      const { redirect, refusal } = await payOnce(till, payer, random);
      if (!redirect) left[payer.provider] += 1;
      // Others go on: the house lets nobody begin more than so many in an hour.
      if (refusal === "TOO_MANY_ATTEMPTS") return;
    }
  });
  const done = Promise.all(paying).finally(() => ended.abort());
  await Promise.all([done, ...going]);
  await Promise.all(ground.erps.map(({ doorUrl }) => calm(doorUrl)));
}

/** First what was left open is paid, and what was kept is told; then the night makes an end of the rest. */
async function afterwards(
  ground: PaymentsGround,
  { calmMs }: PaymentsPlan,
  people: readonly Person[],
  till: Till,
): Promise<void> {
  const { providers } = ground;
  await Promise.all(providers.map(({ doorUrl }) => silence(doorUrl)));
  await ground.later(25);
  for (const { page, decision } of till.open) await page.press(decision);
  await Promise.all(providers.map(acceptLookedInto));
  await Promise.all(providers.map(({ doorUrl }) => release(doorUrl)));
  await settle(people, calmMs / 10);
  await Promise.all(providers.map(({ doorUrl }) => forgetUnpaid(doorUrl)));
  await ground.later(100);
  await settle(people, calmMs);
}

/** Until nothing is under way any more, or for so long at most. */
async function settle(people: readonly Person[], mostMs: number): Promise<void> {
  const until = performance.now() + mostMs;
  let waiting = people;
  while (performance.now() < until) {
    const lists = await Promise.all(waiting.map(shownTo));
    waiting = waiting.filter((_person, i) => lists[i]!.some(isUnderWay));
    if (waiting.length === 0) return;
    await wait(300);
  }
}

const screen = "query { viewer { contracts(first: 5) { nodes { id } } } }";

async function payerOf(person: Person, { providers }: PaymentsGround): Promise<Payer> {
  const { viewer } = await person.insist(screen);
  const contractId = viewer.contracts.nodes[0].id as string;
  const { contract } = await person.insist(
    "query ($id: ID!) { contract(id: $id) { paymentOptions { provider } } }",
    { id: contractId },
  );
  const name = (contract.paymentOptions.provider as string).toLowerCase();
  const { provider } = providers.find((one) => one.provider === name)!;
  return { person, contractId, provider };
}
