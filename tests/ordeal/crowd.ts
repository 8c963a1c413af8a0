/** What all who ask have in common. */
import { setTimeout as wait } from "node:timers/promises";
import type { Asked } from "./asked.ts";
import type { Person } from "./person.ts";

export interface Crowd {
  readonly asked: Asked[];
  /** Payments that the provider took the money for, by their id. */
  readonly paid: Map<string, Asked>;
  /** What the gateways answered but an acknowledgement, by its code. */
  readonly refused: Map<string, number>;
  /** So many things are to be asked for by all together. */
  readonly writes: number;
  /** How many people ask. */
  readonly people: number;
  /** When they are to be done. */
  readonly endsAt: number;
  /** Begins nothing more when it is aborted, but sees to an answer. */
  readonly over: AbortSignal;
  /** The last moment to repeat anything. */
  readonly giveUpAt: number;
  /** Instead of the same key at each try: to show what keys are for. */
  readonly newKeyAtEachTry: boolean;
}

/** A pause between two things that one person asks for, on average: none when they are behind. */
export function pauseMs({ asked, writes, people, endsAt }: Crowd): number {
  const each = Math.max(1, writes - asked.length) / people;
  // As much again goes by until there is an answer.
  return Math.max(0, Math.floor((endsAt - Date.now()) / 2 / each));
}

let sequence = 0;

/** Something that is about to be asked for. */
export function begin(
  { asked }: Crowd,
  { asker }: Person,
  what: Pick<Asked, "port" | "marks" | "mayHoldAlready" | "ordered"> & {
    readonly about: "contract" | "person";
  },
): Asked {
  const { landlord, contractKey, personKey } = asker;
  const about = what.about === "contract" ? contractKey : personKey;
  sequence += 1;
  const begun: Asked = { ...what, landlord, about, sequence, receipts: new Set() };
  asked.push(begun);
  return begun;
}

/** An acknowledgement, or why there is none; null when nothing came back. */
export type Answer<A> = A | { readonly refusal: string } | null;

/** Tries until something comes back; null when nothing does for too long, or it was refused. */
export async function untilAnswered<A extends object>(
  { giveUpAt, refused }: Crowd,
  send: () => Promise<Answer<A>>,
): Promise<A | null> {
  while (Date.now() < giveUpAt) {
    const answer = await send();
    if (answer && "refusal" in answer) {
      refused.set(answer.refusal, (refused.get(answer.refusal) ?? 0) + 1);
      return null;
    }
    if (answer) return answer;
    await wait(200);
  }
  return null;
}
