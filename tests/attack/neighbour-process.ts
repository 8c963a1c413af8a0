/**
 * People of another landlord, who look at their space in turn at a steady pace, each from an address of
 * their own, and from a process of its own: what an attacker is busy with does not count. Answers each
 * message with what was seen since the one before.
 */
import { setTimeout as wait } from "node:timers/promises";
import { Agent, request } from "node:http";
import { operation } from "../support/client.ts";

export interface NeighbourSeen {
  /** Of each answer, in milliseconds. */
  readonly ms: readonly number[];
  /** Answers that were not what they should be. */
  readonly failed: number;
}

const [url, landlord, ...tokens] = process.argv.slice(2) as [string, string, ...string[]];
const betweenMs = 20;
const body = JSON.stringify({ query: operation("F11-roles") });
const people = tokens.map((token, i) => ({
  agent: new Agent({ keepAlive: true, localAddress: `127.0.2.${i + 1}` }),
  headers: {
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
    "x-landlord": landlord,
    authorization: `Bearer ${token}`,
  },
}));

let ms: number[] = [];
let failed = 0;

process.on("message", () => {
  process.send?.({ ms, failed } satisfies NeighbourSeen);
  ms = [];
  failed = 0;
});
process.on("disconnect", () => process.exit());

for (let turn = 0; ; turn += 1) {
  const person = people[turn % people.length]!;
  const askedAt = performance.now();
  if (!(await look(person))) failed += 1;
  ms.push(performance.now() - askedAt);
  await wait(betweenMs);
}

function look(person: (typeof people)[number]): Promise<boolean> {
  return new Promise((resolve) => {
    request(`${url}/graphql`, { method: "POST", ...person }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on("data", (piece: Buffer) => pieces.push(piece));
      answer.once("close", () => resolve(Buffer.concat(pieces).includes('"email":"')));
    })
      .once("error", () => resolve(false))
      .end(body);
  });
}
