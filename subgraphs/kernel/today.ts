import type { RequestContext } from "./context.ts";

/** The day that it is at the landlord's. */
export function today({ landlord, now }: Pick<RequestContext, "landlord" | "now">): string {
  return new Intl.DateTimeFormat("sv-SE", {
    timeZone: landlord.timeZone,
    dateStyle: "short",
  }).format(now());
}
