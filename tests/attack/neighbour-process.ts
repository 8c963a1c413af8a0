/**
 * Somebody of another landlord, who looks at their space at a steady pace, from a process of its own:
 * what an attacker is busy with does not count. Answers each message with what was seen since the one
 * before.
 */
import { setTimeout as wait } from "node:timers/promises";
import { Agent, request } from "node:http";

export interface NeighbourSeen {
  /** Of each answer, in milliseconds. */
  readonly ms: readonly number[];
  /** Answers that were not what they should be. */
  readonly failed: number;
}

const [url, landlord, token] = process.argv.slice(2) as [string, string, string];
const betweenMs = 20;
const agent = new Agent({ keepAlive: true });
const body = JSON.stringify({ query: "{ landlord { id name } viewer { email } }" });
const headers = {
  "content-type": "application/json",
  "content-length": String(Buffer.byteLength(body)),
  "x-landlord": landlord,
  authorization: `Bearer ${token}`,
};

let ms: number[] = [];
let failed = 0;

process.on("message", () => {
  process.send?.({ ms, failed } satisfies NeighbourSeen);
  ms = [];
  failed = 0;
});
process.on("disconnect", () => process.exit());

for (;;) {
  const askedAt = performance.now();
  if (!(await look())) failed += 1;
  ms.push(performance.now() - askedAt);
  await wait(betweenMs);
}

function look(): Promise<boolean> {
  return new Promise((resolve) => {
    request(`${url}/graphql`, { method: "POST", agent, headers }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on("data", (piece: Buffer) => pieces.push(piece));
      answer.once("close", () => resolve(Buffer.concat(pieces).includes('"email":"')));
    })
      .once("error", () => resolve(false))
      .end(body);
  });
}
