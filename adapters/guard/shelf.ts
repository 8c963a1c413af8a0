/** Where kept answers lie: texts under names, each for a time. Whoever takes none from it asks the ERP. */
import { Keyv } from "keyv";

export interface Shelf {
  /** In the order of the names; undefined for what is not there. Never throws, never waits for long. */
  get(names: readonly string[]): Promise<(string | undefined)[]>;
  /** Does not wait, and never throws: what could not be put is not there. */
  set(name: string, text: string, forMs: number): void;
  close(): Promise<void>;
}

/** Half of that many bytes and more, as texts lie in memory. */
const mostCharacters = 32 * 1024 * 1024;

/** In this process's memory; beyond `most` characters what was used longest ago goes first. */
export function createMemoryShelf(most: number = mostCharacters): Shelf {
  const store = createBoundedMap(most);
  const keyv = new Keyv<string>({ store, useKeyPrefix: false });
  // They never leave the process: there is nothing to serialize.
  keyv.serialize = undefined;
  keyv.deserialize = undefined;
  return {
    get: (names) => Promise.all(names.map((name) => keyv.get(name))),
    set: (name, text, forMs) => void keyv.set(name, text, forMs),
    close: async () => store.clear(),
  };
}

interface Item {
  readonly value: string;
}

/** As much of a Map as Keyv needs. */
export function createBoundedMap(most: number) {
  const items = new Map<string, Item>();
  let held = 0;
  const sizeOf = (name: string, { value }: Item) => name.length + value.length;
  const remove = (name: string): boolean => {
    const item = items.get(name);
    if (!item) return false;
    held -= sizeOf(name, item);
    return items.delete(name);
  };
  return {
    get: (name: string): Item | undefined => {
      const item = items.get(name);
      if (!item) return undefined;
      items.delete(name);
      items.set(name, item);
      return item;
    },
    set: (name: string, item: Item): void => {
      remove(name);
      items.set(name, item);
      held += sizeOf(name, item);
      for (const oldest of items.keys()) {
        if (held <= most) break;
        remove(oldest);
      }
    },
    delete: remove,
    clear: (): void => {
      items.clear();
      held = 0;
    },
  };
}
