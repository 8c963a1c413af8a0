/**
 * Kept answers lie in each process's memory, and what makes them out of date is done by one: each
 * looks in the store for what the others did, and so gives none of it after a few seconds.
 */
import type { Logger } from "pino";
import type { Forgotten } from "../store/forgotten.ts";
import { runRounds } from "../store/rounds.ts";
import type { Store } from "../store/store.ts";
import type { ServedLandlord } from "../subgraphs/kernel/request.ts";

interface Following {
  readonly landlords: readonly ServedLandlord[];
  readonly store: Store;
  readonly now: () => Date;
}

const pollMs = 5_000;
/** What was written with a clock that is behind ours, or committed late, is seen all the same. */
const lookBackMs = 60_000;

export function followForgotten(
  following: Following,
  log: Logger,
): { readonly stop: () => Promise<void> } {
  const stopping = new AbortController();
  const { ended } = runRounds(createLook(following), pollMs, stopping.signal, (error) =>
    log.warn({ err: error }, "what other processes changed could not be looked up"),
  );
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}

/** One round: forgets what is news to this process. */
export function createLook({ landlords, store, now }: Following): () => Promise<void> {
  const seen = new Map<string, Date>();
  let lookedAt = now();
  return async () => {
    const at = now();
    const since = new Date(lookedAt.getTime() - lookBackMs);
    const news = (await store.forgotten.since(since)).filter(({ id }) => !seen.has(id));
    await Promise.all(news.map((one) => forget(landlords, one)));
    for (const one of news) seen.set(one.id, one.at);
    for (const [id, moment] of seen) if (moment < since) seen.delete(id);
    lookedAt = at;
  };
}

async function forget(
  landlords: readonly ServedLandlord[],
  { landlord: id, at, subjects, erasedAccount }: Forgotten,
): Promise<void> {
  const ports = landlords.find(({ landlord }) => landlord.id === id)?.ports;
  ports?.forget?.(subjects, at);
  if (erasedAccount !== null) await ports?.forgetAccount?.(erasedAccount);
}
