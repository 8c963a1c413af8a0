/** Marelle's amounts, dates and addresses, and its way to say that it knows no such thing. */
import { PortError } from "../../ports/errors.ts";
import type { BatchRead, Call } from "../../ports/port.ts";
import type { Address, Day, Moment, Money } from "../../ports/values.ts";
import { exactAmount } from "../../transport/amount.ts";
import { eachOnce } from "../../transport/each-once.ts";
import { momentOnWall } from "../../transport/wall-clock.ts";
import type { Adresse } from "./wire.ts";

/** A read that asks Marelle for one key after the other, for equal ones once. */
export const each =
  <K, A>(ask: (key: K, call: Call) => Promise<A>): BatchRead<K, A> =>
  (keys, call) =>
    eachOnce(keys, JSON.stringify, (key) => ask(key, call));

/** `1 234,56`; `credit`: the landlord owes it. */
export function money(written: string, credit = false): Money {
  const [, whole = "", fraction = ""] = /^([\d\s]+),(\d\d)$/.exec(written.trim()) ?? [];
  return { amount: exactAmount(credit, whole.replace(/\s/g, ""), fraction), currency: "EUR" };
}

/** `20/11/2026` */
export const day = (written: string): Day => written.trim().split("/").toReversed().join("-");

export const dayOrNull = (written: string | undefined): Day | null =>
  written ? day(written) : null;

/** `20/11/2026 23:10`, on the clock of the ERP. */
export function moment(written: string, timeZone: string): Moment {
  const [date = "", time = ""] = written.trim().split(" ");
  return momentOnWall(`${day(date)}T${time}:00`, timeZone);
}

export const address = ({ Ligne, CodePostal, Ville }: Adresse): Address => ({
  lines: Ligne,
  postalCode: CodePostal,
  city: Ville,
  country: "FR",
});

/** For `catch`: null where Marelle says INCONNU; any other error goes on. */
export function orNull(error: unknown): null {
  if (error instanceof PortError && error.code === "NOT_FOUND") return null;
  throw error;
}
