/** A stream of numbers that is the same for the same seed, on every machine. */
export interface Random {
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  pick<T>(pool: readonly [T, ...T[]]): T;
  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean;
}

/** The generator mulberry32: small, fast, good enough for made-up people. */
function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const stream = {
    next(): number {
      state = (state + 0x6d2b79f5) >>> 0;
      let t = state;
      t = Math.imul(t ^ (t >>> 15), t | 1);
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
      return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
    },
    int(min: number, max: number): number {
      return min + Math.floor(stream.next() * (max - min + 1));
    },
    pick<T>(pool: readonly [T, ...T[]]): T {
      return pool[stream.int(0, pool.length - 1)]!;
    },
    chance(percent: number): boolean {
      return stream.next() * 100 < percent;
    },
  };
  return stream;
}

/**
 * A stream of its own for one thing of a world, so that things can be computed in any order.
 * `kind` keeps person 7 and contract 7 apart.
 */
export function randomFor(seed: number, kind: number, number: number): Random {
  const mixed = Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(kind + 1, 0x85ebca6b);
  return randomOf(mixed ^ Math.imul(number + 1, 0xc2b2ae35));
}

/** Kinds of streams, each used for one kind of thing only. */
export const streams = {
  contract: 1,
  ledger: 2,
  requests: 3,
  handMade: 4,
  person: 5,
  home: 6,
  building: 7,
  household: 8,
  bank: 9,
  directDebit: 10,
  profession: 11,
  paymentPlan: 12,
  news: 13,
  roles: 14,
  credentials: 15,
  coOwnership: 16,
  assembly: 17,
  management: 18,
  candidacy: 19,
  survey: 20,
} as const;
