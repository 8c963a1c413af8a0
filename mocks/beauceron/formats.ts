/** How beauceron writes amounts, days and moments. */

const zone = "Europe/Paris";
const offsets = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
const months = new Intl.DateTimeFormat("fr", { timeZone: "UTC", month: "long", year: "numeric" });
const midnights = new Map<string, number>();

/** `-1250` cents as `-12.50`. */
export function euros(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  return `${cents < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Unix seconds of the midnight that begins a day in Paris. */
export function midnight(day: string): number {
  let found = midnights.get(day);
  if (found === undefined) midnights.set(day, (found = computeMidnight(day)));
  return found;
}

function computeMidnight(day: string): number {
  const winter = Date.parse(`${day}T00:00:00+01:00`);
  const summer = Date.parse(`${day}T00:00:00+02:00`);
  return (offsetAt(summer) === "+02:00" ? summer : winter) / 1000;
}

/** A UTC moment with the offset of Paris: `2026-07-01T14:00:00+02:00`. */
export function localMoment(utc: string): string {
  const time = new Date(utc);
  const offset = offsetAt(time.getTime());
  const shift = Number(offset.slice(1, 3)) * 3_600_000;
  return `${new Date(time.getTime() + shift).toISOString().slice(0, 19)}${offset}`;
}

/** Eight in the evening of a day, when the balances are computed. */
export const evening = (day: string): string => {
  const offset = offsetAt(Date.parse(`${day}T18:30:00Z`));
  return `${day}T20:00:00${offset}`;
};

/** `novembre 2026` */
export const monthName = (day: string): string => months.format(new Date(`${day}T12:00:00Z`));

function offsetAt(time: number): string {
  const parts = offsets.formatToParts(time);
  return parts.find((part) => part.type === "timeZoneName")!.value.slice("GMT".length);
}

/** The day in Paris at a moment. */
export const parisDay = (moment: string): string =>
  localMoment(new Date(moment).toISOString()).slice(0, 10);

/** As people write it in France; other countries' numbers as they came. */
export const writtenPhone = (e164: string): string => {
  const national = /^\+33(\d{9})$/.exec(e164)?.[1];
  return national ? `0${national}`.replace(/\d\d(?=\d)/g, "$& ") : e164;
};
