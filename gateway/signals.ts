/** How long a stop may take before the process ends all the same. */
const patienceMs = 10_000;

/** Runs `stop` once on SIGTERM or SIGINT, then ends the process: 0 when it went well, 1 otherwise. */
export function stopOnSignals(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), patienceMs).unref();
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}

/**
 * A defect that nobody caught, a rejection included, leaves the process in a state that nobody knows: it
 * is told and the process ends with 1, for whatever keeps it running to start another. What was
 * acknowledged is on disk.
 */
export function endOnDefects(tell: (error: unknown) => void): void {
  process.on("uncaughtException", (error) => {
    tell(error);
    process.exit(1);
  });
}
