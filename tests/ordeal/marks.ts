/** What makes each thing asked for unlike any other, so that the ERP's record of it is known again. */
import { addDays } from "../../mocks/world/days.ts";

export interface Mark {
  /** Letters only: passes as a name, and through any ERP's alphabet. */
  readonly word: string;
  /** From 1 on. */
  readonly number: number;
  /** A day of the past, the same again after two thousand marks. */
  readonly day: string;
}

const firstDay = "2021-01-01";
const letters = 5;

export function markOf(number: number): Mark {
  const digits = number.toString(26).padStart(letters, "0");
  const word = digits.replace(/./g, (digit) => String.fromCharCode(97 + parseInt(digit, 26)));
  return { word: `Zq${word}x`, number, day: addDays(firstDay, number % 2000) };
}

/** Whatever the ERP makes of capitals. */
export const holds = (text: string): RegExp =>
  new RegExp(text.replace(/[.*+?^${}()|[\]\\-]/g, "\\$&"), "i");
