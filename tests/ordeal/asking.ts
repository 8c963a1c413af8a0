/** One person asks for one thing after another, and repeats what got no answer. */
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "../../mocks/world/random.ts";
import type { Asked } from "./asked.ts";
import type { Facts } from "./facts.ts";
import { documentOf, kindsOf, type Form, type Kind } from "./kinds.ts";
import { markOf } from "./marks.ts";
import type { Person } from "./person.ts";

/** What all who ask have in common. */
export interface Crowd {
  readonly asked: Asked[];
  /** What the gateways answered but an acknowledgement, by its code. */
  readonly refused: Map<string, number>;
  /** So many things are to be asked for by all together. */
  readonly writes: number;
  /** On average between two things that one person asks for. */
  readonly pauseMs: number;
  /** Begins nothing more when it is aborted, but sees to an answer. */
  readonly over: AbortSignal;
  /** The last moment to repeat anything. */
  readonly giveUpAt: number;
  /** Instead of the same key at each try: to show what keys are for. */
  readonly newKeyAtEachTry?: boolean;
}

/** Percentages of what clients do wrong: hang up before the answer; ask again after it. */
const hangsUp = 8;
const repeats = 8;

export async function keepAsking(
  crowd: Crowd,
  person: Person,
  facts: Facts,
  random: Random,
): Promise<void> {
  const kinds = kindsOf(facts);
  if (kinds.length === 0) return;
  while (!crowd.over.aborted && crowd.asked.length < crowd.writes) {
    await wait(random.int(0, 2 * crowd.pauseMs));
    const kind = random.pick(kinds as [Kind]);
    // A number of its own for what is asked for, be it in vain.
    const mark = markOf((numbers += 1));
    const form = await kind.fillIn({ person, facts, mark, random });
    if (form) await askFor(crowd, person, { kind, form }, random);
  }
}

let numbers = 0;
let sequence = 0;

async function askFor(
  crowd: Crowd,
  person: Person,
  { kind, form }: { readonly kind: Kind; readonly form: Form },
  random: Random,
): Promise<void> {
  const { landlord, contractKey, personKey } = person.asker;
  const { port, about } = kind;
  const asked: Asked = {
    landlord,
    port,
    about: about === "contract" ? contractKey : personKey,
    marks: form.marks,
    sequence: (sequence += 1),
    ordered: true,
    receipts: new Set(),
  };
  crowd.asked.push(asked);
  const send = sender(crowd, person, form, random);
  const refusal = await untilAnswered(crowd, send, asked);
  if (refusal) crowd.refused.set(refusal, (crowd.refused.get(refusal) ?? 0) + 1);
  else if (random.chance(repeats)) await untilAnswered(crowd, send, asked);
}

type Send = () => Promise<{ receipt: string } | { refusal: string } | null>;

/** One try; null when there was no answer. */
function sender(crowd: Crowd, person: Person, form: Form, random: Random): Send {
  const query = documentOf(form);
  const oneKey = randomUUID();
  return async () => {
    const idempotencyKey = crowd.newKeyAtEachTry ? randomUUID() : oneKey;
    const patienceMs = random.chance(hangsUp) ? random.int(5, 400) : 10_000;
    const variables = { input: { ...form.input, idempotencyKey } };
    const reply = await person.ask(query, variables, patienceMs);
    if (reply.kind === "ERROR") return { refusal: reply.code };
    if (reply.kind !== "DATA") return null;
    const { change, userErrors } = reply.data[form.mutation];
    return change ? { receipt: change.receipt } : { refusal: userErrors[0].code };
  };
}

/** Why it was refused; null where it was acknowledged, or never answered. */
async function untilAnswered(crowd: Crowd, send: Send, asked: Asked): Promise<string | null> {
  while (Date.now() < crowd.giveUpAt) {
    const answer = await send();
    if (answer && "receipt" in answer) {
      asked.receipts.add(answer.receipt);
      return null;
    }
    if (answer) return answer.refusal;
    await wait(200);
  }
  return null;
}
