/** Changes, as a front-end asks for them and follows them. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { operation, type Answer, type Client } from "./client.ts";

export interface AskedChange {
  id: string;
  receipt: string;
  status: string;
  effectiveBy: string | null;
  reason: { code: string; message: string } | null;
}

export interface ChangeAnswer {
  readonly change: AskedChange | null;
  readonly userErrors: readonly { code: string; field: string[] | null; message: string }[];
  readonly errors: Answer["errors"];
}

/** A saved operation with a new key, unless `input` has one. */
export async function ask(front: Client, name: string, input: object): Promise<ChangeAnswer> {
  const answer = await front(operation(name), {
    input: { idempotencyKey: randomUUID(), ...input },
  });
  const [payload] = Object.values((answer.data ?? {}) as Record<string, ChangeAnswer>);
  const { change = null, userErrors = [] } = payload ?? {};
  return { change, userErrors, errors: answer.errors };
}

/** The same; throws unless it is acknowledged. */
export async function asked(front: Client, name: string, input: object): Promise<AskedChange> {
  const { change, userErrors, errors } = await ask(front, name, input);
  if (!change) throw new Error(`${name}: ${JSON.stringify(errors ?? userErrors)}`);
  return change;
}

const patienceMs = 15_000;

/** The change, once it stands at one of `statuses`. Throws when it never does. */
export async function changeAt(
  front: Client,
  id: string,
  ...statuses: readonly string[]
): Promise<AskedChange & { appliedAt: string | null; serviceRequestId: string | null }> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const { data, errors } = await front(operation("F18-change"), { id });
    if (errors) throw new Error(JSON.stringify(errors));
    if (statuses.includes(data.change.status)) return data.change;
    if (Date.now() > end) {
      throw new Error(`a change is ${data.change.status}, not ${statuses.join(" or ")}`);
    }
    await sleep(50);
  }
}
