/** beauceron's ways to write amounts, days and phone numbers, read into the house's. Pure. */
import { parsePhoneNumberFromString } from "libphonenumber-js";
import { PortError } from "../../ports/errors.ts";
import type { Money } from "../../ports/values.ts";

const eur = (amount: string): Money => ({ amount, currency: "EUR" });

/** Whole cents, as some resources give them. */
export function moneyOfCents(cents: number): Money {
  if (!Number.isSafeInteger(cents) || Math.abs(cents) >= 1e14) throw unreadable("cents");
  const digits = String(Math.abs(cents)).padStart(3, "0");
  return eur(`${cents < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`);
}

/** Decimal text, as others do: `95.50`, `-3`, `0.5`. Digits are moved, never counted with. */
export function moneyOfText(text: string): Money {
  const found = /^(-?)0*(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text);
  if (!found) throw unreadable("amount");
  const [, minus, units, decimals = ""] = found;
  const amount = `${units}.${decimals.padEnd(2, "0")}`;
  return eur(amount === "0.00" ? amount : `${minus}${amount}`);
}

/** Turns what is owed into what is due, and back. */
export function negated({ amount }: Money): Money {
  if (amount === "0.00") return eur(amount);
  return eur(amount.startsWith("-") ? amount.slice(1) : `-${amount}`);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat("sv-SE", {
      timeZone,
      dateStyle: "short",
      timeStyle: "medium",
    });
    clocks.set(timeZone, clock);
  }
  return clock;
}

/**
 * The day that begins at a local midnight, given as Unix seconds. A timestamp that is no midnight
 * in that zone is refused: with a wrong `timeZone` setting, every date would be a day early.
 */
export function dayOfMidnight(seconds: number, timeZone: string): string {
  if (!Number.isSafeInteger(seconds) || Math.abs(seconds) > 8.64e12) throw unreadable("date");
  const [day, time] = clockOf(timeZone)
    .format(new Date(seconds * 1000))
    .split(" ");
  if (time !== "00:00:00") throw unreadable(`date: no midnight in ${timeZone}`);
  return day!;
}

/** E.164, read as people in France write it; null when it is no phone number. */
export function phoneOf(text: string | null): string | null {
  const phone = text === null ? undefined : parsePhoneNumberFromString(text, "FR");
  return phone?.isPossible() ? phone.number : null;
}

const unreadable = (what: string) =>
  new PortError("BAD_RESPONSE", `beauceron: the answer holds an unreadable ${what}`);
