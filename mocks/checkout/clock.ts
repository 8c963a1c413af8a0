/** A provider's own clock, which its control door can move. */
export interface ShiftedClock {
  now(): Date;
  /** By how many milliseconds it is ahead of the clock that it was given. */
  readonly shiftMs: number;
  set(shiftMs: number): void;
}

export function shiftedClock(now: () => Date): ShiftedClock {
  let shiftMs = 0;
  return {
    now: () => new Date(now().getTime() + shiftMs),
    get shiftMs() {
      return shiftMs;
    },
    set: (ms) => void (shiftMs = ms),
  };
}
