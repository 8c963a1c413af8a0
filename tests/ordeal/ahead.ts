/**
 * Loaded before a program: its clock is ahead by ORDEAL_AHEAD_MS milliseconds from the start, and
 * by as many as `{ aheadMs }` says, where its parent sends that.
 */
import { moveClock } from "./moved-clock.ts";

const clock = moveClock();
clock.set(Number(process.env["ORDEAL_AHEAD_MS"] ?? 0));

process.on("message", (told) => {
  if (typeof told !== "object" || told === null || !("aheadMs" in told)) return;
  clock.set(Number(told.aheadMs));
  process.send?.({ aheadMs: told.aheadMs });
});
