/**
 * Lets requests begin one at a time, so that a crowd that comes at once does not hold the process, and
 * one of each landlord after the other, so that those of one do not wait behind a crowd at another.
 */

/** A request costs a millisecond or more before it first waits for something. */
const beginInOneTurn = 1;

/**
 * Resolves when the caller may begin: one in each turn of the event loop, whose own in the order of
 * asking. Health, and the answers of ERPs, come in between.
 */
export function createTurns(atOnce = beginInOneTurn): (whose: string) => Promise<void> {
  /** The next one first: whoever had a turn goes behind the others. */
  const waiting = new Map<string, (() => void)[]>();
  const begin = () => {
    for (let begun = 0; begun < atOnce && waiting.size > 0; begun += 1) {
      const [whose, own] = waiting.entries().next().value!;
      waiting.delete(whose);
      own.shift()!();
      if (own.length > 0) waiting.set(whose, own);
    }
    if (waiting.size > 0) setImmediate(begin);
  };
  return (whose) =>
    new Promise((resolve) => {
      if (waiting.size === 0) setImmediate(begin);
      const own = waiting.get(whose);
      if (own) own.push(resolve);
      else waiting.set(whose, [resolve]);
    });
}
