/** The same people before, during and after trouble, side by side. */
import { percentile } from "./percentile.ts";
import type { Visit } from "./visit.ts";
import type { Sample } from "./visitors.ts";

export interface PhaseLine {
  /** Answers that were not as the ERP says it at that moment. */
  readonly errors: number;
  readonly p50: number;
  readonly p99: number;
}

export interface Phases {
  readonly before: PhaseLine;
  readonly during: PhaseLine;
  readonly after: PhaseLine;
}

/** `isOf`: whose answers, of a visit to a sick landlord. */
export function phasesOf(
  visits: readonly Visit[],
  isOf: (sample: Sample, sick: string) => boolean,
): Phases {
  const lineOf = (phase: "before" | "during" | "after"): PhaseLine => {
    const samples = visits.flatMap((visit) =>
      visit[phase].samples.filter((sample) => isOf(sample, visit.landlord)),
    );
    const times = samples.map(({ ms }) => ms);
    return {
      errors: samples.filter(({ outcome }) => outcome !== "LIVE").length,
      p50: percentile(times, 50),
      p99: percentile(times, 99),
    };
  };
  return { before: lineOf("before"), during: lineOf("during"), after: lineOf("after") };
}
