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
  const parts = partsNamed(keys);
  parts.waiting.set(base, compute);
  return Object.defineProperties(base, parts.descriptors) as B & Pick<L, K>;
}

interface Parts {
  waiting: WeakMap<object, () => Record<string, unknown>>;
  descriptors: PropertyDescriptorMap;
}

/** Made once per list of keys: thousands of objects share the getters. */
const known = new WeakMap<readonly string[], Parts>();

function partsNamed(keys: readonly string[]): Parts {
  const found = known.get(keys);
  if (found) return found;
  const waiting: Parts["waiting"] = new WeakMap();
  const parts = { waiting, descriptors: descriptorsOf(keys, waiting) };
  known.set(keys, parts);
  return parts;
}

function descriptorsOf(keys: readonly string[], waiting: Parts["waiting"]): PropertyDescriptorMap {
  const settle = (base: object) => {
    const computed = waiting.get(base)!();
    waiting.delete(base);
    for (const key of keys) {
      if (Object.getOwnPropertyDescriptor(base, key)?.get) define(base, key, computed[key]);
    }
  };
  const descriptors: PropertyDescriptorMap = {};
  for (const key of keys) {
    descriptors[key] = {
      enumerable: true,
      configurable: true,
      get(this: Record<string, unknown>) {
        settle(this);
        return this[key];
      },
      set(this: object, value: unknown) {
        define(this, key, value);
      },
    };
  }
  return descriptors;
}

function define(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
