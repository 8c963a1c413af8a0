/** Lets requests begin a few at a time, so that a crowd that comes at once does not hold the process. */

/** A request costs about a millisecond before it first waits for something. */
const beginInOneTurn = 4;

/**
 * Resolves when the caller may begin, in the order of asking: a few in each turn of the event loop.
 * Health, and the answers of ERPs, come in between.
 */
export function createTurns(atOnce = beginInOneTurn): () => Promise<void> {
  const waiting: (() => void)[] = [];
  let next = 0;
  const begin = () => {
    const end = Math.min(next + atOnce, waiting.length);
    while (next < end) waiting[next++]!();
    if (next < waiting.length) setImmediate(begin);
    else waiting.length = next = 0;
  };
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 1) setImmediate(begin);
    });
}
