import type { Landlord } from "../subgraphs/kernel/landlord.ts";

/** Whether the landlord's ERP is in its nightly window: nothing is sent then. */
export function isClosed({ erp, timeZone }: Landlord, now: Date): boolean {
  if (!erp.closed) return false;
  const { from, to } = erp.closed;
  const time = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
  }).format(now);
  return from <= to ? from <= time && time < to : time >= from || time < to;
}
