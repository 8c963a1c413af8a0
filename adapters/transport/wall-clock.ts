/** What ERPs write that have the clock on the wall in mind, and no zone. */
import { PortError } from "../ports/errors.ts";

const hour = 3_600_000;

/**
 * `2026-11-20T08:15:00` on a wall in `timeZone` to `2026-11-20T08:15:00+01:00`.
 *
 * In the hour that comes twice each October, the first one is meant, unless that lies before
 * `notBefore` and the second does not. A time that March skips is read with the offset of the hour
 * before: 02:30 becomes 03:30. Throws BAD_RESPONSE for what is no date and time, a zone included.
 */
export function momentOnWall(wall: string, timeZone: string, notBefore?: string): string {
  const asUtc = Date.parse(`${wall}Z`);
  if (Number.isNaN(asUtc) || new Date(asUtc).toISOString().slice(0, 19) !== wall) {
    throw new PortError("BAD_RESPONSE", "a date and time that cannot be");
  }
  const offsets = [offsetAt(asUtc - 24 * hour, timeZone), offsetAt(asUtc + 24 * hour, timeZone)];
  const readings = offsets
    .map((offset) => ({ instant: asUtc - offset, offset }))
    .filter(({ instant, offset }) => offsetAt(instant, timeZone) === offset);
  const earliest = notBefore === undefined ? -Infinity : Date.parse(notBefore);
  const meant =
    readings.find(({ instant }) => instant >= earliest)?.instant ??
    readings[0]?.instant ??
    asUtc - offsets[0]!;
  return withOffset(meant, offsetAt(meant, timeZone));
}

function withOffset(instant: number, offset: number): string {
  const local = new Date(instant + offset).toISOString().slice(0, 19);
  const clock = new Date(Math.abs(offset)).toISOString().slice(11, 16);
  return `${local}${offset < 0 ? "-" : "+"}${clock}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the wall clock is ahead of UTC at that instant, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
    formats.set(timeZone, format);
  }
  const name = format.formatToParts(instant).find(({ type }) => type === "timeZoneName")?.value;
  const [, sign, hours = "0", minutes = "0"] = /([+-])(\d\d):(\d\d)/.exec(name ?? "") ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * hour + Number(minutes) * 60_000);
}

/** Whether the name is one of the IANA time zones, `Europe/Paris`. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).format() !== "";
  } catch {
    return false;
  }
}
