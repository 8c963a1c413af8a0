/** The deliveries of all landlords, side by side: each at its own ERP's pace, none waiting for another. */
import { isClosed } from "../adapters/ports/closed.ts";
import { runRounds } from "../store/rounds.ts";
import { deliver, leaseMs, type Delivery } from "./deliver.ts";
import { createOverdueWatch } from "./overdue.ts";

export interface RunningDelivery {
  /** Begins nothing more, and waits for what is under way. */
  stop(): Promise<void>;
}

const pollMs = 1_000;
/** After so many deliveries in a row that did not reach the ERP, it is tried with one at a time. */
const failuresInARow = 3;
const longestPauseMs = 30_000;

/** Delivers until stopped. Several processes may do so on one store. */
export function startDelivery(deliveries: readonly Delivery[]): RunningDelivery {
  const stops = deliveries.map(deliverOneLandlord);
  return {
    stop: async () => {
      await Promise.all(stops.map((stop) => stop()));
    },
  };
}

function deliverOneLandlord(delivery: Delivery): () => Promise<void> {
  const { store, landlord, now, log, ports } = delivery;
  const stopping = new AbortController();
  const underWay = new Set<Promise<void>>();
  const patience = createPatience(now);
  const tellOverdue = createOverdueWatch(delivery);
  // People who read come first: half of the ERP's places are theirs.
  const places = Math.max(1, Math.floor(landlord.erp.concurrency / 2));

  const begin = async (): Promise<boolean> => {
    const claimed = await store.changes.claim(landlord.id, leaseMs(landlord));
    if (!claimed) return false;
    const delivering = deliver(delivery, claimed)
      .then(patience.learn)
      .catch((error: unknown) => {
        patience.learn("DOWN");
        const details = { landlord: landlord.id, change: claimed.change.id, err: error };
        log("error", "a delivery broke off; it is taken up again when its lease ends", details);
      })
      .finally(() => {
        underWay.delete(delivering);
        rounds.wake();
      });
    underWay.add(delivering);
    return true;
  };

  const round = async () => {
    await tellOverdue();
    if (isClosed(landlord, now()) || ports.pausedUntil?.()) return;
    while (!stopping.signal.aborted && underWay.size < patience.places(places)) {
      if (!(await begin())) return;
    }
  };

  const onError = (error: unknown) =>
    log("error", "changes could not be looked up", { landlord: landlord.id, err: error });
  const rounds = runRounds(round, pollMs, stopping.signal, onError);
  const unsubscribe = store.changes.onSubmitted(rounds.wake);
  return async () => {
    unsubscribe();
    stopping.abort();
    await rounds.ended;
    await Promise.all(underWay);
  };
}

/** How many deliveries at once an ERP is trusted with, after how the last ones went. */
function createPatience(now: () => Date) {
  let failures = 0;
  let pausedUntil = 0;
  return {
    places: (places: number) => {
      if (failures < failuresInARow) return places;
      return now().getTime() < pausedUntil ? 0 : 1;
    },
    learn: (reached: "OK" | "DOWN") => {
      failures = reached === "OK" ? 0 : failures + 1;
      const pause = Math.min(longestPauseMs, 500 * 2 ** Math.max(0, failures - failuresInARow));
      pausedUntil = now().getTime() + pause;
    },
  };
}
