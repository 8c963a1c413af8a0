/** Dolibarr's clock: seconds since 1970, days as midnights on the wall of its own zone. */
const zone = "Europe/Paris";
const wall = new Intl.DateTimeFormat("sv-SE", {
  timeZone: zone,
  dateStyle: "short",
  timeStyle: "medium",
});

/**
 * `2026-10-01` to 1790805600: midnight in France, late on the day before in UTC. Before 1940 France was
 * at most an hour ahead.
 */
export function midnight(day: string): number {
  const atUtc = Date.parse(`${day}T00:00:00Z`) / 1000;
  const found = [2, 1, 0]
    .map((hours) => atUtc - hours * 3600)
    .find((seconds) => wallTime(seconds) === `${day} 00:00:00`);
  if (found === undefined) throw new Error(`France had no midnight on ${day}`);
  return found;
}

/** `2026-11-18 12:06:40`, without a zone: how payments are dated. */
export const wallTime = (seconds: number): string => wall.format(new Date(seconds * 1000));

export const secondsOf = (moment: string): number => Math.floor(Date.parse(moment) / 1000);

/**
 * Moments that the database stamped itself are an hour behind those that PHP stamped, as on a server
 * where the two have other zones.
 */
export const stampedByDatabase = (seconds: number): number => seconds - 3600;
