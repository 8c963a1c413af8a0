/** The nightly window of an ERP: one reckoning for the guard, the delivery and the notifications. */

/** Times of day, `22:00`, in the landlord's zone; `from` is closed, `to` is open again. */
export interface ClosedHours {
  readonly from: string;
  readonly to: string;
}

interface ClosingErp {
  readonly erp: { readonly closed?: ClosedHours | undefined };
  readonly timeZone: string;
}

const minuteMs = 60_000;

/** Whether the landlord's ERP is in its nightly window. */
export function isClosed({ erp, timeZone }: ClosingErp, now: Date): boolean {
  if (!erp.closed) return false;
  const { from, to } = erp.closed;
  const time = timeOfDay(timeZone, now);
  return from <= to ? from <= time && time < to : time >= from || time < to;
}

/** When the window that the ERP is in ends, to the minute; null outside of it. */
export function closedUntil(landlord: ClosingErp, now: Date): Date | null {
  if (!isClosed(landlord, now)) return null;
  const minute = Math.floor(now.getTime() / minuteMs);
  // By the clock of the landlord, which jumps twice a year: so it is looked for, in two strides.
  let [closed, open] = [minute, minute + 25 * 60];
  for (let at = minute; at <= open; at += 15) {
    if (isClosed(landlord, new Date(at * minuteMs))) closed = at;
    else open = at;
  }
  while (closed + 1 < open && isClosed(landlord, new Date((closed + 1) * minuteMs))) closed += 1;
  return new Date((closed + 1) * minuteMs);
}

/** `22:05`. */
export function timeOfDay(timeZone: string, at: Date): string {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
    formats.set(timeZone, format);
  }
  return format.format(at);
}
const formats = new Map<string, Intl.DateTimeFormat>();
