/** What the schema of a request cannot say. */
import { addDays } from "../world/days.ts";
import { instant } from "./formats.ts";

/** By the remainder of ISO 13616. */
export function ibanIsRight(iban: string): boolean {
  const moved = iban.slice(4) + iban.slice(0, 4);
  const digits = moved.replace(/[A-Z]/g, (letter) => String(parseInt(letter, 36)));
  return BigInt(digits) % 97n === 1n;
}

/** Whether there is such a day, and it is not after tomorrow. */
export const isDay = (day: string, now: Date): boolean =>
  isRealDay(day) && day <= addDays(instant(now).slice(0, 10), 1);

export const isRealDay = (day: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(day) && addDays(day, 0) === day;
