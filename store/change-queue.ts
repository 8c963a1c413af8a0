/** How changes are taken to the ERP: by one delivery at a time, each under a lease. */
import type { SelectQueryBuilder } from "kysely";
import { kept, keptColumns, type ChangeStatus, type KeptChange } from "./change-row.ts";
import type { Cipher } from "./cipher.ts";
import { isPostgres, type Db } from "./database.ts";

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
  /** Says how it ended, in the caller's transaction if there is one. False: the lease was lost. */
  settle(claimed: ClaimedChange, settlement: Settlement): Promise<boolean>;
  /** When the landlord's next change is due; null when none waits. */
  nextDue(landlord: string): Promise<Date | null>;
  /** How many of the landlord's stand where, and since when the oldest open one waits. */
  standing(
    landlord: string,
  ): Promise<{ readonly counts: Partial<Record<ChangeStatus, number>>; oldestOpen: Date | null }>;
}

const open: ChangeStatus[] = ["ACCEPTED", "SENDING", "UNKNOWN", "SENT"];
/** What keeps later ones of its lane waiting. */
const inTheWay: ChangeStatus[] = ["ACCEPTED", "SENDING", "UNKNOWN", "NEEDS_ATTENTION"];

export function createChangeQueue(db: Db, now: () => Date, cipher: Cipher): ChangeQueue {
  return {
    claim: (landlord, leaseMs) => claim(db, now().getTime(), cipher, landlord, leaseMs),
    sending: (claimed) => sending(db, now().getTime(), claimed),
    settle: (claimed, settlement) => settle(db, now().getTime(), claimed, settlement),
    nextDue: async (landlord) => {
      const row = await db
        .selectFrom("changes")
        .select((of) => of.fn.min("next_attempt_at").as("at"))
        .where("landlord", "=", landlord)
        .where("status", "in", open)
        .executeTakeFirst();
      return row?.at ? new Date(Number(row.at)) : null;
    },
    standing: (landlord) => standing(db, landlord),
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
    .returning([...keptColumns, "payload", "fence"])
    .executeTakeFirst();
  if (!row?.payload) return null;
  return {
    change: kept(row),
    payload: cipher.open(`change:${row.id}`, row.payload),
    maybeSent: row.status !== "ACCEPTED",
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
    .set((of) => ({ status: "SENDING" as const, attempts: of("attempts", "+", 1) }))
    .where("next_attempt_at", ">", at)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

async function settle(
  db: Db,
  at: number,
  claimed: ClaimedChange,
  settlement: Settlement,
): Promise<boolean> {
  const { numUpdatedRows } = await held(db, claimed)
    .set((of) => ({ ...valuesOf(settlement, at), fence: of("fence", "+", 1) }))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

function valuesOf(settlement: Settlement, at: number) {
  const { status } = settlement;
  switch (status) {
    case "APPLIED":
      return { status, reference: settlement.reference, ended_at: at, last_error: null };
    case "REJECTED":
      return { status, reason: settlement.reason, ended_at: at, last_error: null };
    case "NEEDS_ATTENTION":
      return { status, last_error: settlement.error };
    default: {
      const next_attempt_at = settlement.nextAttemptAt.getTime();
      if ("error" in settlement) return { status, next_attempt_at, last_error: settlement.error };
      const { reference, effectiveBy } = settlement;
      const told = effectiveBy && { effective_by: effectiveBy.getTime() };
      return { status, next_attempt_at, reference, last_error: null, ...told };
    }
  }
}

async function standing(db: Db, landlord: string) {
  const rows = await db
    .selectFrom("changes")
    .select((of) => [
      "status" as const,
      of.fn.countAll().as("count"),
      of.fn.min("submitted_at").as("oldest"),
    ])
    .where("landlord", "=", landlord)
    .groupBy("status")
    .execute();
  const waiting = rows.filter(({ status }) => inTheWay.includes(status) || status === "SENT");
  const oldest = Math.min(...waiting.map((row) => Number(row.oldest)));
  return {
    counts: Object.fromEntries(rows.map(({ status, count }) => [status, Number(count)])),
    oldestOpen: waiting.length > 0 ? new Date(oldest) : null,
  };
}
