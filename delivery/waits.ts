import type { KeptChange } from "../store/change-row.ts";

interface Clock {
  readonly now: () => Date;
}

/** After a quarter of the time since then, within bounds, and spread by a quarter. */
function after({ now }: Clock, since: Date, least: number, most: number): Date {
  const at = now().getTime();
  const whole = Math.min(most, Math.max(least, (at - since.getTime()) / 4));
  return new Date(at + Math.round(whole * (0.75 + Math.random() / 4)));
}

/** When to try again what the ERP did not get, or could not be asked. */
export const nextTry = (clock: Clock, { submittedAt }: KeptChange): Date =>
  after(clock, submittedAt, 1_000, 60_000);

/** When to ask again for what the ERP has and applies later. */
export const nextCheck = (clock: Clock, { submittedAt }: KeptChange): Date =>
  after(clock, submittedAt, 2_000, 15 * 60_000);

/** When to ask again for what the ERP said that it applied, and does not show. */
export const nextLook = (clock: Clock, saidAt: Date): Date =>
  after(clock, saidAt, 2_000, 2 * 60_000);
