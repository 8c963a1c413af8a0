/** How slow the slowest hundredth was, and how sure one can be that it was slower than another time. */
import type { Random } from "../../mocks/world/random.ts";

/** The smallest of them that so many percent do not exceed; 0 where there are none. */
export function percentile(ms: readonly number[], percent: number): number {
  const sorted = ms.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? 0;
}

/** Times of the same requests in calm and in trouble, close to each other. */
export interface Pair {
  readonly calm: readonly number[];
  readonly troubled: readonly number[];
}

export interface Bounds {
  /** As often as this in calm. */
  readonly ratio: number;
  /** And so many milliseconds, below which nobody notices anything. */
  readonly ms: number;
}

export interface Comparison {
  readonly samples: number;
  readonly calmP50: number;
  readonly calmP99: number;
  readonly troubledP50: number;
  readonly troubledP99: number;
  /** Of the p99 to the one of calm: at least and at most, in nine of ten draws. */
  readonly ratioBetween: readonly [number, number];
  /**
   * HOLDS: within the bounds. BROKEN: beyond them in nineteen of twenty draws. UNCLEAR: beyond them,
   * but a slow moment of the machine in one pair or another would explain it.
   */
  readonly verdict: "HOLDS" | "BROKEN" | "UNCLEAR";
}

const draws = 400;

/**
 * All pairs together. How much it depends on single ones is found by drawing as many of them again
 * and again, with repeats: whatever the machine does besides falls on whole pairs.
 */
export function compare(pairs: readonly Pair[], bounds: Bounds, random: Random): Comparison {
  const calm = pairs.flatMap((pair) => pair.calm);
  const troubled = pairs.flatMap((pair) => pair.troubled);
  const drawn = Array.from({ length: draws }, () =>
    p99Of(pairs.map(() => pairs[random.int(0, pairs.length - 1)]!)),
  );
  const ratios = drawn.map((p99) => p99.troubled / Math.max(1, p99.calm));
  const all = p99Of(pairs);
  const beyond = drawn.filter((p99) => exceeds(p99, bounds)).length;
  const sure = beyond >= draws * 0.95;
  return {
    samples: troubled.length,
    calmP50: percentile(calm, 50),
    calmP99: all.calm,
    troubledP50: percentile(troubled, 50),
    troubledP99: all.troubled,
    ratioBetween: [percentile(ratios, 5), percentile(ratios, 95)],
    verdict: !exceeds(all, bounds) ? "HOLDS" : sure ? "BROKEN" : "UNCLEAR",
  };
}

interface P99 {
  readonly calm: number;
  readonly troubled: number;
}

const p99Of = (pairs: readonly Pair[]): P99 => ({
  calm: percentile(
    pairs.flatMap(({ calm }) => calm),
    99,
  ),
  troubled: percentile(
    pairs.flatMap(({ troubled }) => troubled),
    99,
  ),
});

const exceeds = ({ calm, troubled }: P99, { ratio, ms }: Bounds) => troubled > calm * ratio + ms;
