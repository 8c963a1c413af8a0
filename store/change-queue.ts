/** How changes are taken to the ERP: by one delivery at a time, each under a lease. */
import type { SelectQueryBuilder } from "kysely";
import { noteEvent } from "./change-events.ts";
import { inTheWay, kept, keptColumns, open, type KeptChange } from "./change-row.ts";
import type { Cipher } from "./cipher.ts";
import { inTransaction, isPostgres, type Db } from "./database.ts";

/** A change under a lease. */
export interface ClaimedChange {
  readonly change: KeptChange;
  /** JSON. */
  readonly payload: string;
  /**
   * Whether the ERP may have got it already: it must be asked before it is sent. So too when a
   * delivery ended without a word, its process dead.
   */
  readonly maybeSent: boolean;
  /**
   * A back-up brought it back: it may have been applied since, and later ones after it, of which
   * nothing is known here. Where the ERP only shows what stands, that it stands no more says nothing.
   */
  readonly restored: boolean;
  /** The fencing token. */
  readonly fence: number;
  readonly leaseEndsAt: Date;
}

/** How a delivery left a change; `error` is a code of the table of errors. */
export type Settlement =
  | { readonly status: "APPLIED"; readonly reference: string | null }
  | { readonly status: "REJECTED"; readonly reason: string }
  | {
      readonly status: "SENT";
      readonly reference: string | null;
      readonly effectiveBy: Date | null;
      readonly nextAttemptAt: Date;
    }
  | {
      readonly status: "ACCEPTED" | "UNKNOWN" | "SENT";
      readonly error: string;
      readonly nextAttemptAt: Date;
    }
  /** The ERP said that it is applied, and does not show it. */
  | {
      readonly status: "UNKNOWN";
      readonly error: string;
      readonly nextAttemptAt: Date;
      readonly reference: string | null;
      readonly unconfirmedSince: Date;
    }
  | { readonly status: "NEEDS_ATTENTION"; readonly error: string };

export interface ChangeQueue {
  /**
   * Takes the landlord's next change that is due, for `leaseMs`; null when there is none. Of a lane
   * only the first that is not at the ERP yet is ever given. Two deliveries never hold one change.
   */
  claim(landlord: string, leaseMs: number): Promise<ClaimedChange | null>;
  /**
   * Notes that the change is about to be sent; send it only if this answers true. False: the lease
   * was lost.
   */
  sending(claimed: ClaimedChange): Promise<boolean>;
  /**
   * Says how it ended, in the caller's transaction if there is one, and adds that to its history.
   * False: the lease was lost.
   */
  settle(claimed: ClaimedChange, settlement: Settlement): Promise<boolean>;
  /** When the landlord's next change is due; null when none waits. */
  nextDue(landlord: string): Promise<Date | null>;
}

export function createChangeQueue(db: Db, now: () => Date, cipher: Cipher): ChangeQueue {
  return {
    claim: (landlord, leaseMs) => claim(db, now().getTime(), cipher, landlord, leaseMs),
    sending: (claimed) => sending(db, now().getTime(), claimed),
    settle: (claimed, settlement) =>
      inTransaction(db, (trx) => settle(trx, now().getTime(), cipher, claimed, settlement)),
    nextDue: async (landlord) => {
      const row = await db
        .selectFrom("changes")
        .select((of) => of.fn.min("next_attempt_at").as("at"))
        .where("landlord", "=", landlord)
        .where("status", "in", open)
        .executeTakeFirst();
      return row?.at ? new Date(row.at) : null;
    },
  };
}

async function claim(
  db: Db,
  at: number,
  cipher: Cipher,
  landlord: string,
  leaseMs: number,
): Promise<ClaimedChange | null> {
  const row = await db
    .updateTable("changes")
    .set((of) => ({ fence: of("fence", "+", 1), next_attempt_at: at + leaseMs }))
    .where("id", "=", (of) => {
      const due = of
        .selectFrom("changes as c")
        .select("c.id")
        .where("c.landlord", "=", landlord)
        .where("c.status", "in", open)
        .where("c.next_attempt_at", "<=", at)
        .where((where) =>
          where.or([
            where("c.status", "=", "SENT"),
            where.not(
              where.exists(
                where
                  .selectFrom("changes as earlier")
                  .select("earlier.id")
                  .whereRef("earlier.landlord", "=", "c.landlord")
                  .whereRef("earlier.lane", "=", "c.lane")
                  .whereRef("earlier.lane_position", "<", "c.lane_position")
                  .where("earlier.status", "in", inTheWay),
              ),
            ),
          ]),
        )
        .orderBy("c.next_attempt_at")
        .orderBy("c.id")
        .limit(1);
      return skipLocked(db, due);
    })
    .where("next_attempt_at", "<=", at)
    .returning([...keptColumns, "payload", "fence", "restored_at"])
    .executeTakeFirst();
  if (!row?.payload) return null;
  return {
    change: kept(row),
    payload: cipher.open(`change:${row.id}`, row.payload),
    maybeSent: row.status !== "ACCEPTED",
    restored: row.restored_at !== null,
    fence: row.fence,
    leaseEndsAt: new Date(at + leaseMs),
  };
}

/** On PostgreSQL several processes then claim side by side; SQLite has one writer at a time anyway. */
function skipLocked<D, T extends keyof D, O>(db: Db, query: SelectQueryBuilder<D, T, O>) {
  return isPostgres(db) ? query.forUpdate().skipLocked() : query;
}

const held = (db: Db, { change, fence }: ClaimedChange) =>
  db.updateTable("changes").where("id", "=", change.id).where("fence", "=", fence);

async function sending(db: Db, at: number, claimed: ClaimedChange): Promise<boolean> {
  const { numUpdatedRows } = await held(db, claimed)
    .set((of) => ({
      status: "SENDING" as const,
      attempts: of("attempts", "+", 1),
      unconfirmed_since: null,
    }))
    .where("next_attempt_at", ">", at)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

async function settle(
  trx: Db,
  at: number,
  cipher: Cipher,
  claimed: ClaimedChange,
  settlement: Settlement,
): Promise<boolean> {
  const { id } = claimed.change;
  const before = await held(trx, claimed)
    .set((of) => ({ fence: of("fence", "+", 1) }))
    .returning(["status", "attempts"])
    .executeTakeFirst();
  if (!before) return false;
  await trx.updateTable("changes").set(valuesOf(settlement, at)).where("id", "=", id).execute();
  await noteEvent(trx, at, cipher, id, {
    from: before.status,
    to: settlement.status,
    error: "error" in settlement ? settlement.error : null,
    attempt: before.attempts,
    byHand: null,
  });
  return true;
}

const ended = (at: number) => ({ ended_at: at, last_error: null, unconfirmed_since: null });

function valuesOf(settlement: Settlement, at: number) {
  const { status } = settlement;
  switch (status) {
    case "APPLIED":
      return { status, reference: settlement.reference, ...ended(at) };
    case "REJECTED":
      return { status, reason: settlement.reason, ...ended(at) };
    case "NEEDS_ATTENTION":
      return { status, last_error: settlement.error };
    default: {
      const next_attempt_at = settlement.nextAttemptAt.getTime();
      if ("error" in settlement) {
        const waiting = { status, next_attempt_at, last_error: settlement.error };
        if (!("unconfirmedSince" in settlement)) return waiting;
        const unconfirmed_since = settlement.unconfirmedSince.getTime();
        return { ...waiting, reference: settlement.reference, unconfirmed_since };
      }
      const { reference, effectiveBy } = settlement;
      const told = effectiveBy && { effective_by: effectiveBy.getTime() };
      return { status, next_attempt_at, reference, last_error: null, ...told };
    }
  }
}
