/** The clock of this process, moved. */
export interface MovedClock {
  /** By how many milliseconds it is ahead from now on. */
  set(aheadMs: number): void;
  restore(): void;
}

export function moveClock(): MovedClock {
  const real = Date;
  let aheadMs = 0;
  globalThis.Date = new Proxy(real, {
    construct: (_real, values, made) =>
      Reflect.construct(real, values.length === 0 ? [real.now() + aheadMs] : values, made) as Date,
    get: (_real, name, receiver) =>
      name === "now" ? () => real.now() + aheadMs : (Reflect.get(real, name, receiver) as unknown),
  });
  return {
    set: (ms) => void (aheadMs = ms),
    restore: () => void (globalThis.Date = real),
  };
}
