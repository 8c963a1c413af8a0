/** Arithmetic on days written `YYYY-MM-DD`, free of time zones. */

// Worlds are made of some hundred thousand days: cutting texts is faster than parsing them.
const utc = (day: string) =>
  new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8))));
const two = (value: number) => (value < 10 ? `0${value}` : String(value));
const dayOf = (date: Date) =>
  `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;

export function addDays(day: string, count: number): string {
  const date = utc(day);
  date.setUTCDate(date.getUTCDate() + count);
  return dayOf(date);
}

/** The first day of the month that lies `count` months from the month of `day`. */
export function firstOfMonth(day: string, count = 0): string {
  const date = utc(`${day.slice(0, 7)}-01`);
  date.setUTCMonth(date.getUTCMonth() + count);
  return dayOf(date);
}

export function lastOfMonth(day: string): string {
  return addDays(firstOfMonth(day, 1), -1);
}

/** Days from `from` to `to`, both counted. */
export function daysBetween(from: string, to: string): number {
  return Math.round((utc(to).getTime() - utc(from).getTime()) / 86_400_000) + 1;
}

export const yearOf = (day: string): number => Number(day.slice(0, 4));

const monthNames = [
  "janvier",
  "février",
  "mars",
  "avril",
  "mai",
  "juin",
  "juillet",
  "août",
  "septembre",
  "octobre",
  "novembre",
  "décembre",
];

/** `novembre 2026` */
export function monthInFrench(day: string): string {
  return `${monthNames[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;
}

/** The earlier of two days. */
export const earlier = (a: string, b: string): string => (a < b ? a : b);
export const later = (a: string, b: string): string => (a > b ? a : b);
