/** Whether moments that the ERP gives fit the time zone in which they are read. */
import { fault, ok, skipped, warning, type Finding } from "../findings.ts";

const minute = 60_000;
/** Clocks are apart, and a batch takes its time: less is no hour. */
const tolerance = 2 * minute;

/** The same dated thing, asked twice. */
export interface Dated {
  /** `balances.asOf` */
  readonly what: string;
  readonly first: { readonly moment: string; readonly askedAt: number };
  readonly again: { readonly moment: string; readonly askedAt: number };
}

/** Where the zone is set, and to what; null where the product has no such setting. */
export interface Zone {
  readonly field: string | null;
  readonly zone: string;
  /** The landlord's own. */
  readonly landlord: string;
}

/**
 * A moment in the future was read in a zone too far west. One that goes with the clock must be now;
 * of one that stands still (a batch of the night) no more can be said.
 */
export function judgeZone(dated: readonly Dated[], zone: Zone): Finding[] {
  if (dated.length === 0) {
    const hint = "Give --reference (as a tenant types it) or --person (a key) of a test tenant.";
    return [...differing(zone), skipped("time zone", "nothing dated was asked for", hint)];
  }
  const wrong = dated.flatMap((one) => offOf(one) ?? []);
  const [worst] = wrong.toSorted((a, b) => Math.abs(b.ms) - Math.abs(a.ms));
  if (worst) return [fault("time zone", wordOff(worst), hintOf(zone, worst.ms))];
  const said = `${dated.map(({ what }) => what).join(", ")}: nothing lies in the future`;
  return [...differing(zone), ok("time zone", `${said} in ${zone.zone}`)];
}

interface Off {
  readonly what: string;
  /** Positive: in the future. */
  readonly ms: number;
}

function offOf({ what, first, again }: Dated): Off | null {
  const ahead = Date.parse(again.moment) - again.askedAt;
  if (ahead > tolerance) return { what, ms: ahead };
  const passed = again.askedAt - first.askedAt;
  const moved = Date.parse(again.moment) - Date.parse(first.moment);
  // It goes with the clock, to the second: it is computed as it is asked for.
  const live = moved > 0 && Math.abs(moved - passed) < 1500;
  return live && ahead < -tolerance ? { what, ms: ahead } : null;
}

function wordOff({ what, ms }: Off): string {
  const minutes = Math.round(Math.abs(ms) / minute);
  const size = minutes < 60 ? `${minutes} min` : `${Math.round(minutes / 6) / 10} h`;
  return `${what} lies ${size} ${ms > 0 ? "in the future" : "behind the clock that it goes with"}`;
}

function hintOf({ field, zone, landlord }: Zone, ms: number): string {
  if (field === null) {
    return "This product has no zone in its settings: is the clock of the ERP's machine right?";
  }
  const side = ms > 0 ? "further east" : "further west";
  const likely = zone === landlord ? "" : `, likely ${landlord}, as the landlord's timeZone`;
  return `Set ${field} (now ${zone}) to the zone of the ERP's clock: ${side}${likely}. Else that clock is wrong.`;
}

function differing({ field, zone, landlord }: Zone): Finding[] {
  if (field === null || zone === landlord) return [];
  const said = `${field} is ${zone}, the landlord's timeZone ${landlord}`;
  return [warning("time zone", said, "Is the ERP's clock really elsewhere?")];
}
