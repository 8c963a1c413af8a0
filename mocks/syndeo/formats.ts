/** How syndeo writes amounts and moments. */

const noBreakSpace = "\u00a0";
const narrowNoBreakSpace = "\u202f";
const clock = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Paris",
  dateStyle: "short",
  timeStyle: "medium",
});
const months = new Intl.DateTimeFormat("fr", { timeZone: "UTC", month: "long", year: "numeric" });

/** `364313` cents as `+ 3 643,13` with no-break spaces; nothing has no sign. */
export function montant(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  const euros = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, narrowNoBreakSpace);
  const sign = cents === 0 ? "" : `${cents < 0 ? "-" : "+"}${noBreakSpace}`;
  return `${sign}${euros},${digits.slice(-2)}`;
}

/** `+ 3 643,13` to `364313`. */
export const centsOf = (written: string): number =>
  Number(written.replace(/[\s+,]/g, "").replace("\u2212", "-"));

/** A moment as a clock in Paris shows it: `2026-07-01T14:00:00`. */
export const instant = (moment: Date): string => clock.format(moment).replace(" ", "T");

const publishedAt = ["06:00:00", "13:00:00", "20:00:00"];

/** When data were published last: at 6, at 13 and at 20 o'clock in Paris. */
export function publication(now: Date): string {
  const [day, time] = instant(now).split("T") as [string, string];
  const last = publishedAt.findLast((hour) => hour <= time);
  return last ? `${day}T${last}` : `${dayBefore(day)}T${publishedAt.at(-1)}`;
}

const dayBefore = (day: string) =>
  new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);

/** `novembre 2026` */
export const monthName = (day: string): string => months.format(new Date(day));
