/** Where kept answers lie: texts under names, each for a time. Whoever takes none from it asks the ERP. */

/** What a text lies under. */
export interface Name {
  /** The account for which alone it is kept, with its landlord; null for what is everybody's. */
  readonly owner: string | null;
  /** What it is told from others by, its owner included. */
  readonly id: string;
}

export interface Shelf {
  /** In the order of the names; undefined for what is not there. Never throws, never waits for long. */
  get(names: readonly Name[]): Promise<(string | undefined)[]>;
  /** Does not wait, and never throws: what could not be put is not there. */
  set(name: Name, text: string, forMs: number): void;
  /** Removes all that is of this owner; what cannot be reached goes when its time is over. */
  clear(owner: string): Promise<void>;
}

/** Twice that many bytes at most, as texts lie in memory. */
const mostCharacters = 32 * 1024 * 1024;

interface Item {
  readonly owner: string | null;
  readonly text: string;
  readonly until: number;
}

/** In this process's memory; beyond `most` characters what was used longest ago goes first. */
export function createMemoryShelf(most: number = mostCharacters): Shelf {
  const items = new Map<string, Item>();
  let held = 0;

  const remove = (id: string): void => {
    const item = items.get(id);
    if (!item) return;
    held -= id.length + item.text.length;
    items.delete(id);
  };
  const read = (id: string): string | undefined => {
    const item = items.get(id);
    if (!item) return undefined;
    items.delete(id);
    items.set(id, item);
    if (item.until > Date.now()) return item.text;
    remove(id);
    return undefined;
  };

  return {
    get: async (names) => names.map(({ id }) => read(id)),
    set: ({ id, owner }, text, forMs) => {
      remove(id);
      items.set(id, { owner, text, until: Date.now() + forMs });
      held += id.length + text.length;
      for (const oldest of items.keys()) {
        if (held <= most) break;
        remove(oldest);
      }
    },
    clear: async (owner) => {
      for (const [id, item] of items) if (item.owner === owner) remove(id);
    },
  };
}
