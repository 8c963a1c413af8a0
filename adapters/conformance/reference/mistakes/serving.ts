/** Serving one method otherwise than it should be. */
import type { Call, Served } from "../../../ports/port.ts";
import type { Mistake } from "../index.ts";

// What is served is of any shape, and a mistake may make another of it.
// oxlint-disable typescript/no-explicit-any
export type Method = (key: any, call: Call) => Promise<any>;

/** `place`: `balances.ofContracts`. */
export function served(place: string, change: (method: Method) => Method): Mistake {
  const [name, method] = place.split(".") as [string, string];
  return {
    serves: (ports: Served[]) =>
      ports.map((one) => {
        if (one.port.name !== name) return one;
        const whole = one.implementation as Record<string, Method>;
        return { ...one, implementation: { ...whole, [method]: change(whole[method]!) } };
      }),
  };
}

/** Each answer of a batch that is not null changed. */
export const answered = (place: string, change: (answer: any) => unknown): Mistake =>
  served(place, (ask) => async (keys, call) => {
    const answers = (await ask(keys, call)) as unknown[];
    return answers.map((answer) => (answer === null ? null : change(answer)));
  });

/** Each thing of a list or of a page changed. */
export const things = (place: string, change: (thing: any, index: number) => unknown): Mistake =>
  answered(place, (answer) =>
    Array.isArray(answer)
      ? answer.map(change)
      : "items" in answer
        ? { ...answer, items: answer.items.map(change) }
        : change(answer, 0),
  );

/** Each list the wrong way round. */
export const reversed = (place: string): Mistake =>
  answered(place, (answer) =>
    Array.isArray(answer) ? answer.toReversed() : { ...answer, items: answer.items.toReversed() },
  );
