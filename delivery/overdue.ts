import type { Delivery } from "./deliver.ts";

type Needs = Pick<Delivery, "store" | "landlord" | "now" | "log">;

const lookEveryMs = 60_000;

/**
 * Tells of changes that take longer than the landlord's file allows before somebody looks: of each
 * once, whichever process it is. Looks once a minute, however often it is called.
 */
export function createOverdueWatch({ store, landlord, now, log }: Needs): () => Promise<void> {
  let nextLookAt = 0;
  const hours = landlord.changes.attentionAfterHours;
  return async () => {
    const at = now().getTime();
    if (at < nextLookAt) return;
    nextLookAt = at + lookEveryMs;
    const late = await store.changes.takeOverdue(landlord.id, new Date(at - hours * 3_600_000));
    for (const { id, kind, status, lastError, attempts } of late) {
      const details = { landlord: landlord.id, change: id, kind, status, attempts, hours };
      log("error", "a change is overdue: somebody must look", { ...details, code: lastError });
    }
  };
}
