import type { KeptChange } from "../store/change-row.ts";

interface Clock {
  readonly now: () => Date;
}

/** A quarter of the time that the change has waited already, within bounds, and spread by a quarter. */
function after({ now }: Clock, { submittedAt }: KeptChange, least: number, most: number): Date {
  const at = now().getTime();
  const whole = Math.min(most, Math.max(least, (at - submittedAt.getTime()) / 4));
  return new Date(at + Math.round(whole * (0.75 + Math.random() / 4)));
}

/** When to try again what the ERP did not get, or could not be asked. */
export const nextTry = (clock: Clock, change: KeptChange): Date =>
  after(clock, change, 1_000, 60_000);

/** When to ask again for what the ERP has and applies later. */
export const nextCheck = (clock: Clock, change: KeptChange): Date =>
  after(clock, change, 2_000, 15 * 60_000);
