/** Who is told of something new: `announce` waits for the commit where there is a transaction. */
export interface Announcements<News = void> {
  announce(news: News): void;
  /** Returns its undoing. */
  listen(listener: (news: News) => void): () => void;
}

export function createAnnouncements<News = void>(): Announcements<News> {
  const listeners = new Set<(news: News) => void>();
  return {
    announce: (news) => {
      for (const listener of listeners) listener(news);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Within a transaction: `flush`, after the commit, says what was announced meanwhile, each news once. */
export function untilCommit<News>(
  outer: Announcements<News>,
): Announcements<News> & { flush(): void } {
  const waiting = new Set<News>();
  return {
    announce: (news) => void waiting.add(news),
    listen: outer.listen,
    flush: () => {
      for (const news of waiting) outer.announce(news);
    },
  };
}
