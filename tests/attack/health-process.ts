/**
 * Asks a gateway for its health, one time after the other, from a process of its own: what an attacker
 * is busy with does not count. Answers each message with what was seen since the one before.
 */
import { Agent, get } from "node:http";

export interface HealthSeen {
  readonly asked: number;
  readonly failed: number;
  /** Milliseconds. */
  readonly slowest: number;
}

const betweenMs = 20;
const agent = new Agent({ keepAlive: true });
const url = `${process.argv[2]}/health/live`;
const nothing: HealthSeen = { asked: 0, failed: 0, slowest: 0 };

let seen = nothing;
/** When the question that is under way was asked. */
let askedAt = performance.now();

function ask(): void {
  askedAt = performance.now();
  const heard = (ok: boolean) => {
    seen = {
      asked: seen.asked + 1,
      failed: seen.failed + (ok ? 0 : 1),
      slowest: Math.max(seen.slowest, performance.now() - askedAt),
    };
    setTimeout(ask, betweenMs);
  };
  get(url, { agent }, (answer) => {
    answer.resume().once("close", () => heard(answer.statusCode === 200));
  }).once("error", () => heard(false));
}

process.on("message", () => {
  process.send?.(seen);
  seen = nothing;
});
process.on("disconnect", () => process.exit());
ask();
