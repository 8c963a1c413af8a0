/**
 * Gives `base` the properties named in `keys`, computed all together when one is first read. From
 * then on they are plain data; before that they can be listed, spread, serialised and assigned
 * like plain data too.
 */
export function lazily<B extends object, K extends string, L extends Record<K, unknown>>(
  base: B,
  keys: readonly K[],
  compute: () => L,
): B & Pick<L, K> {
  const settle = () => {
    const computed = compute();
    for (const key of keys) {
      if (Object.getOwnPropertyDescriptor(base, key)?.get) define(base, key, computed[key]);
    }
  };
  for (const key of keys) {
    Object.defineProperty(base, key, {
      enumerable: true,
      configurable: true,
      get: () => {
        settle();
        return (base as Record<K, unknown>)[key];
      },
      set: (value: unknown) => {
        define(base, key, value);
      },
    });
  }
  return base as B & Pick<L, K>;
}

function define(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
