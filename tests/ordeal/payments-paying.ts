/** Somebody pays, or does not: begins at a gateway, goes to the provider's page, comes back. */
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "../../mocks/world/random.ts";
import { operation } from "../support/client.ts";
import {
  newAttempt,
  written,
  type Attempt,
  type ProviderId,
  type Redirect,
} from "./payments-attempt.ts";
import { forge, type Forger } from "./payments-forging.ts";
import { goBack, openPage, type Page } from "./payments-page.ts";
import type { Person } from "./person.ts";

/** What all who pay have in common. */
export interface Till {
  readonly attempts: Attempt[];
  /** Pages that somebody left open, to press on later. */
  readonly open: { readonly page: Page; readonly decision: string }[];
  readonly forger: Forger;
  /** The last moment to repeat anything, by `performance.now()`. */
  readonly giveUpAt: number;
  /** Called right after a decision: the moment at which a dead gateway hurts most. */
  decided(): void;
}

export interface Payer {
  readonly person: Person;
  readonly contractId: string;
  readonly provider: ProviderId;
}

const start = operation("F26-start-payment");
/** Percentages of what clients do wrong: hang up before the answer; ask again after it. */
const hangsUp = 10;
const repeats = 15;
/** Then people try anew: what a dead gateway had begun is over only minutes later. */
const mostAsks = 20;

export async function payOnce(till: Till, payer: Payer, random: Random): Promise<Attempt> {
  const { landlord, contractKey } = payer.person.asker;
  const attempt = newAttempt({ landlord, contractKey, provider: payer.provider }, random);
  till.attempts.push(attempt);
  const key = randomUUID();
  attempt.redirect = await untilAnswered(till, payer, attempt, key, random);
  if (random.chance(repeats)) await begin(payer, attempt, key, 10_000);
  if (attempt.redirect) await decide(till, attempt, random);
  return attempt;
}

async function untilAnswered(
  till: Till,
  payer: Payer,
  attempt: Attempt,
  key: string,
  random: Random,
): Promise<Redirect | null> {
  for (let asked = 0; asked < mostAsks && performance.now() < till.giveUpAt; asked += 1) {
    const patienceMs = random.chance(hangsUp) ? random.int(5, 300) : 12_000;
    const answer = await begin(payer, attempt, key, patienceMs);
    if (answer !== "AGAIN") return answer;
    await wait(500);
  }
  attempt.refusal = "NO_ANSWER";
  return null;
}

async function begin(
  { person, contractId }: Payer,
  attempt: Attempt,
  idempotencyKey: string,
  patienceMs: number,
): Promise<Redirect | null | "AGAIN"> {
  const input = { contractId, amount: written(attempt.cents), idempotencyKey };
  const reply = await person.ask(start, { input }, patienceMs);
  if (reply.kind === "CUT" || reply.kind === "SIGNED_OUT") return "AGAIN";
  if (reply.kind === "ERROR") {
    attempt.refusal = reply.code;
    return null;
  }
  const { payment, userErrors } = reply.data["startPayment"];
  if (!payment) {
    attempt.refusal = userErrors[0].code as string;
    return null;
  }
  attempt.payments.add(payment.id as string);
  if (payment.status === "CREATED") return "AGAIN";
  if (!payment.redirect) attempt.refusal = payment.status as string;
  return payment.redirect as Redirect | null;
}

async function decide(till: Till, attempt: Attempt, random: Random): Promise<void> {
  const { way, redirect } = attempt;
  if (random.chance(50)) await forge(till.forger, attempt, random);
  const page = way.presses && (await openPage(redirect!));
  if (!page) return;
  if (way.later !== undefined) till.open.push({ page, decision: way.later });
  let back: string | null = null;
  for (const decision of way.presses) {
    await wait(random.int(0, 150));
    const pressing = page.press(decision);
    till.decided();
    ({ back } = await pressing);
  }
  if (random.chance(40)) await forge(till.forger, attempt, random);
  if (way.returns && back !== null) await goBack(back);
}
