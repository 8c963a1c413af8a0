/** Lets requests begin a few at a time, so that a crowd that comes at once does not hold the process. */

/** A request costs about a millisecond before it first waits for something. */
const beginInOneTurn = 4;

/**
 * Resolves when the caller may begin, in the order of asking: a few in each turn of the event loop.
 * Health, and the answers of ERPs, come in between.
 */
export function createTurns(atOnce = beginInOneTurn): () => Promise<void> {
  const waiting: (() => void)[] = [];
  const begin = () => {
    for (const resolve of waiting.splice(0, atOnce)) resolve();
    if (waiting.length > 0) setImmediate(begin);
  };
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 1) setImmediate(begin);
    });
}
