import { setTimeout } from "node:timers/promises";

/** Longer than looking for an account, making a link and queueing a mail take together. */
const leastMs = 150;

/**
 * Runs a job and answers nothing, never sooner than after a fixed while: so that the time it takes
 * does not tell whether an account was found.
 */
export async function evenly(job: () => Promise<void>): Promise<void> {
  await Promise.all([job(), setTimeout(leastMs)]);
}
