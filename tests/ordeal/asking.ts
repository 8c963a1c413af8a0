/** One person asks for one thing after another, and repeats what got no answer. */
import { randomUUID } from "node:crypto";
import type { Random } from "../../mocks/world/random.ts";
import { begin, pauseMs, untilAnswered, type Answer, type Crowd } from "./crowd.ts";
import type { Facts } from "./facts.ts";
import { capabilityOf, documentOf, kindsOf, type AtForm, type Form, type Kind } from "./kinds.ts";
import { markOf } from "./marks.ts";
import { pay, port as payments } from "./paying.ts";
import type { Person } from "./person.ts";
import { pause } from "./trouble.ts";

/** Percentages of what clients do wrong: hang up before the answer; ask again after it. */
const hangsUp = 8;
const repeats = 8;

type Way = (crowd: Crowd, at: AtForm) => Promise<void>;

export async function keepAsking(
  crowd: Crowd,
  person: Person,
  facts: Facts,
  random: Random,
): Promise<void> {
  const ways: Way[] = kindsOf(facts).map((kind) => (_crowd, at) => fillInAndSend(crowd, at, kind));
  if (facts.capabilities.includes(capabilityOf({ port: payments }))) ways.push(pay);
  while (!crowd.over.aborted && crowd.asked.length < crowd.writes && ways.length > 0) {
    await pause(random.int(0, 2 * pauseMs(crowd)), crowd.over);
    if (crowd.over.aborted) return;
    // A number of its own for what is asked for, be it in vain.
    const mark = markOf((numbers += 1));
    await random.pick(ways as [Way])(crowd, { person, facts, mark, random });
  }
}

let numbers = 0;

async function fillInAndSend(crowd: Crowd, at: AtForm, kind: Kind): Promise<void> {
  const form = await filledIn(crowd, at, kind);
  if (!form) return;
  const { person, random } = at;
  const { port, about } = kind;
  const asked = begin(crowd, person, { port, about, ...traitsOf(form), ordered: true });
  const send = sender(crowd, person, form, random);
  const tries = random.chance(repeats) ? 2 : 1;
  for (let left = tries; left > 0; left -= 1) {
    const answer = await untilAnswered(crowd, send);
    if (!answer) return;
    asked.receipts.add(answer.receipt);
  }
}

/** What cannot be read just now is tried a few times: a screen that does not load is loaded again. */
async function filledIn({ over }: Crowd, at: AtForm, kind: Kind): Promise<Form | null> {
  for (let tries = 0; tries < 4 && !over.aborted; tries += 1) {
    const form = await kind.fillIn(at);
    if (form) return form;
    await pause(300, over);
  }
  return null;
}

/** One try. */
function sender(crowd: Crowd, person: Person, form: Form, random: Random) {
  const query = documentOf(form);
  const oneKey = randomUUID();
  return async (): Promise<Answer<{ receipt: string }>> => {
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

const traitsOf = ({ marks, mayHoldAlready = false }: Form) => ({ marks, mayHoldAlready });
