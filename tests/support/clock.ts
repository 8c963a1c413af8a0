export interface Clock {
  readonly now: () => Date;
  /** Runs `job` as if so many minutes had passed, then goes back. */
  later<T>(minutes: number, job: () => Promise<T>): Promise<T>;
}

/** The machine's clock, which a test may set forward for a while. */
export function createClock(): Clock {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead),
    async later(minutes, job) {
      ahead = minutes * 60_000;
      try {
        return await job();
      } finally {
        ahead = 0;
      }
    },
  };
}
