/** Deletes what has had its time, each hour. Several processes may do so on one store. */
import type { Logger } from "pino";
import type { Store } from "../store/store.ts";
import { eraseUnused } from "../subgraphs/identity/privacy/unused.ts";
import type { ServedLandlord } from "../subgraphs/kernel/request.ts";
import type { UploadDesk } from "../uploads/uploads.ts";

interface Purging {
  readonly store: Store;
  readonly uploads: UploadDesk;
  readonly now: () => Date;
  readonly log: Logger;
}

const everyMs = 60 * 60_000;

/** The first time before it answers. `stop` waits for what is under way. */
export async function startPurging(
  landlords: readonly ServedLandlord[],
  purging: Purging,
): Promise<{ readonly stop: () => Promise<void> }> {
  let round = purge(landlords, purging);
  await round;
  const timer = setInterval(() => (round = purge(landlords, purging)), everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await round;
    },
  };
}

async function purge(landlords: readonly ServedLandlord[], purging: Purging): Promise<void> {
  const { store, uploads, log } = purging;
  for (const { landlord } of landlords) await retire({ ...purging, landlord });
  try {
    await store.purge();
  } catch (error) {
    log.warn({ err: error }, "what has had its time could not be deleted");
  }
  await sweep(uploads, log);
}

async function retire({ log, ...house }: Purging & Pick<ServedLandlord, "landlord">) {
  const landlord = house.landlord.id;
  try {
    const { told, erased } = await eraseUnused(house);
    if (told + erased > 0) log.info({ landlord, told, erased }, "accounts that nobody uses");
  } catch (error) {
    log.warn({ landlord, err: error }, "accounts that nobody uses could not be erased");
  }
}

export async function sweep(uploads: UploadDesk, log: Logger): Promise<void> {
  try {
    await uploads.sweep();
  } catch (error) {
    log.warn({ err: error }, "files that nobody needs could not be removed");
  }
}
