/** Pavois writes the time of the clock on the wall, without a zone. */
import { momentOnWall } from "../../transport/wall-clock.ts";

/** What the clock on the wall shows at a moment, to the second. */
export const wallOf = (moment: string, timeZone: string): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" })
    .format(new Date(moment))
    .replace(" ", "T");

/**
 * What `momentOnWall` makes of a time, whose fraction of a second is left out. A time with a zone
 * all the same keeps its own instant. Throws BAD_RESPONSE.
 */
export function momentOf(wall: string, timeZone: string, notBefore?: string): string {
  const [, local = "", zone] =
    /^\s*(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?\s*$/.exec(wall) ?? [];
  const moment = momentOnWall(local, timeZone, notBefore);
  return zone === undefined ? moment : local + zone;
}
