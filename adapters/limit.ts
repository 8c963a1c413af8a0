import pLimit from "p-limit";
import { PortError } from "./ports/errors.ts";
import type { Io } from "./ports/adapter.ts";

/** How many calls may wait for each place before further ones are turned away. */
const waitingPerPlace = 50;

/** The concurrency limit of one landlord's ERP. See `Io.limit` for what it promises. */
export function createLimit(landlord: string, places: number): Io["limit"] {
  const run = pLimit(places);
  return (signal, job) => {
    if (run.pendingCount >= places * waitingPerPlace) {
      return Promise.reject(
        new PortError("UNAVAILABLE", `${landlord}: too many calls wait for the ERP`, {
          notApplied: true,
          reason: "BUSY",
        }),
      );
    }
    return new Promise((resolve, reject) => {
      const gaveUp = () =>
        reject(
          new PortError("TIMEOUT", `${landlord}: no place for a call came free in time`, {
            notApplied: true,
            reason: "BUSY",
          }),
        );
      if (signal.aborted) return gaveUp();
      signal.addEventListener("abort", gaveUp, { once: true });
      void run(async () => {
        if (signal.aborted) return;
        signal.removeEventListener("abort", gaveUp);
        await job().then(resolve, reject);
      });
    });
  };
}
