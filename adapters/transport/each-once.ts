/**
 * Answers in the order of the keys, asking once for keys that are alike: for ERPs that take one key
 * in a call. Rejects as soon as one of the calls does.
 */
export function eachOnce<K, A>(
  keys: readonly K[],
  nameOf: (key: K) => string,
  ask: (key: K) => Promise<A>,
): Promise<A[]> {
  const asked = new Map<string, Promise<A>>();
  return Promise.all(
    keys.map((key) => {
      const name = nameOf(key);
      const answer = asked.get(name) ?? ask(key);
      asked.set(name, answer);
      return answer;
    }),
  );
}
