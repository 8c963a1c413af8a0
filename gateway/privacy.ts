/** What erasures and a new secret ask of the house while it runs. */
import type { Logger } from "pino";
import { createErasureList } from "../store/erasure-list.ts";
import type { Erased } from "../store/erasures.ts";
import { runRounds } from "../store/rounds.ts";
import type { Store } from "../store/store.ts";
import { changesSentAnyway } from "../subgraphs/kernel/change-kinds.ts";
import type { Config } from "./config.ts";

export interface Privacy {
  /** Has `forget` called for each erasure from now on, to remove copies that are not in the store. */
  whenErased(forget: (erased: Erased) => Promise<void>): void;
  stop(): Promise<void>;
}

/**
 * Erases again what a restored back-up brought back: call it before anything is sent or served. Then
 * keeps the list of erasures outside of the store, and seals with the current secret what a former
 * one sealed, in the background.
 */
export async function keepPrivacy(
  { erasuresFile, formerSecrets }: Pick<Config, "erasuresFile" | "formerSecrets">,
  store: Store,
  log: Logger,
): Promise<Privacy> {
  const list = createErasureList(erasuresFile, changesSentAnyway);
  const again = await list.apply(store);
  if (again > 0) log.warn({ accounts: again }, "erased again what a restored back-up brought back");
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  const inBackground = (work: Promise<unknown>, complaint: string) => {
    const ended: Promise<void> = work.then(
      () => void running.delete(ended),
      (error: unknown) => {
        running.delete(ended);
        log.error({ err: error }, complaint);
      },
    );
    running.add(ended);
  };
  store.erasures.onErased(() =>
    inBackground(list.apply(store), "the list of erasures could not be written"),
  );
  if (formerSecrets.length > 0)
    inBackground(keepResealing(store, log, stopping.signal), notResealed);
  return {
    whenErased: (forget) =>
      void store.erasures.onErased((erased) =>
        inBackground(forget(erased), "a copy of what was erased could not be removed"),
      ),
    stop: async () => {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

const notResealed = "what a former secret sealed could not be sealed anew: keep that secret";

const resealEveryMs = 60 * 60_000;

/** Again and again: what failed is tried anew, and a process that still seals with a former one writes on. */
function keepResealing(store: Store, log: Logger, signal: AbortSignal): Promise<void> {
  const round = async () => {
    const values = await store.reseal(signal);
    if (signal.aborted) return;
    log.info(
      { values },
      "nothing is left that a former secret sealed: it can go once no process uses it",
    );
  };
  const failed = (error: unknown) => log.error({ err: error }, notResealed);
  return runRounds(round, resealEveryMs, signal, failed).ended;
}
