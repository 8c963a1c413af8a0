/** Who is told of something new: `announce` waits for the commit where there is a transaction. */
export interface Announcements {
  announce(): void;
  /** Returns its undoing. */
  listen(listener: () => void): () => void;
}

export function createAnnouncements(): Announcements {
  const listeners = new Set<() => void>();
  return {
    announce: () => {
      for (const listener of listeners) listener();
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Within a transaction: `flush`, after the commit, says whatever was announced meanwhile. */
export function untilCommit(outer: Announcements): Announcements & { flush(): void } {
  let waiting = false;
  return {
    announce: () => void (waiting = true),
    listen: outer.listen,
    flush: () => {
      if (waiting) outer.announce();
    },
  };
}
