/** Changes as the landlord's people see and settle them. */
import { eventsOf, noteEvent, type ChangeEvent } from "./change-events.ts";
import {
  inTheWay,
  kept,
  keptColumns,
  open,
  type ChangeStatus,
  type KeptChange,
} from "./change-row.ts";
import type { Cipher } from "./cipher.ts";
import { inTransaction, type Db } from "./database.ts";

/** What a person can decide of a change that does not end by itself. */
export type Decision = "APPLIED" | "REJECTED" | "SEND_AGAIN";

export interface ByHand {
  readonly id: string;
  readonly decision: Decision;
  readonly actor: { readonly accountId: string; readonly reason: string };
  /** Those that are on their way can be sent again when they were submitted before. */
  readonly overdueSince: Date;
}

export interface SettledByHand {
  readonly change: KeptChange;
  /** What the ERP was to get, as JSON. */
  readonly payload: string;
}

/** How one change stands in its lane. */
export interface SupportedChange {
  readonly change: KeptChange;
  /** Whether later ones of its lane wait for it, or will. */
  readonly firstInLane: boolean;
}

interface Search {
  /** All of them where it is empty. */
  readonly statuses: readonly ChangeStatus[];
  readonly submittedBefore: Date | null;
  readonly limit: number;
  /** An id: those after it. */
  readonly after: string | null;
}

export interface ChangeSupport {
  /** Of all the landlord's accounts, the oldest first. */
  search(landlord: string, search: Search): Promise<SupportedChange[]>;
  /** Whosever it is; null for what is not the landlord's. */
  ofAnybody(landlord: string, id: string): Promise<SupportedChange | null>;
  /** What became of it, the first step first. The caller knows that it is the landlord's. */
  history(id: string): Promise<ChangeEvent[]>;
  /**
   * Ends a change that needs attention, or has it sent again, in the caller's transaction if there
   * is one. Whatever delivery holds it cannot say any more how it ended. Null when there is nothing
   * that can be decided so.
   */
  settleByHand(landlord: string, byHand: ByHand): Promise<SettledByHand | null>;
  /**
   * Some of those that are open and were submitted before: each is answered once, by whichever
   * process asks.
   */
  takeOverdue(landlord: string, submittedBefore: Date): Promise<KeptChange[]>;
}

export function createChangeSupport(db: Db, now: () => Date, cipher: Cipher): ChangeSupport {
  return {
    search: (landlord, search) => find(db, landlord, search),
    ofAnybody: async (landlord, id) => {
      const row = await all(db, landlord).where("changes.id", "=", id).executeTakeFirst();
      return row ? supported(row) : null;
    },
    history: (id) => eventsOf(db, cipher, id),
    settleByHand: (landlord, byHand) =>
      inTransaction(db, (trx) => settleByHand(trx, now().getTime(), cipher, landlord, byHand)),
    takeOverdue: (landlord, before) => takeOverdue(db, now().getTime(), landlord, before),
  };
}

const all = (db: Db, landlord: string) =>
  db
    .selectFrom("changes")
    .select(keptColumns)
    .select((of) =>
      of
        .exists(
          of
            .selectFrom("changes as earlier")
            .select("earlier.id")
            .whereRef("earlier.landlord", "=", "changes.landlord")
            .whereRef("earlier.lane", "=", "changes.lane")
            .whereRef("earlier.lane_position", "<", "changes.lane_position")
            .where("earlier.status", "in", inTheWay),
        )
        .as("waits"),
    )
    .where("changes.landlord", "=", landlord);

type Row = Parameters<typeof kept>[0] & { waits: unknown };

const supported = (row: Row): SupportedChange => {
  const change = kept(row);
  // SQLite answers 0 or 1.
  const waits = row.waits === true || Number(row.waits) === 1;
  return { change, firstInLane: inTheWay.includes(change.status) && !waits };
};

async function find(
  db: Db,
  landlord: string,
  { statuses, submittedBefore, limit, after }: Search,
): Promise<SupportedChange[]> {
  let query = all(db, landlord).orderBy("changes.id").limit(limit);
  if (statuses.length > 0) query = query.where("changes.status", "in", [...statuses]);
  if (submittedBefore) query = query.where("changes.submitted_at", "<", submittedBefore.getTime());
  if (after !== null) query = query.where("changes.id", ">", after);
  return (await query.execute()).map(supported);
}

async function settleByHand(
  trx: Db,
  at: number,
  cipher: Cipher,
  landlord: string,
  { id, decision, actor, overdueSince }: ByHand,
): Promise<SettledByHand | null> {
  const mine = await trx
    .updateTable("changes")
    // Held from here on: what it is settled from is what stands in its history.
    .set((of) => ({ fence: of("fence", "+", 1) }))
    .where("landlord", "=", landlord)
    .where("id", "=", id)
    .where((where) =>
      where.or([
        where("status", "=", "NEEDS_ATTENTION"),
        ...(decision === "SEND_AGAIN"
          ? [
              where.and([
                where("status", "in", ["ACCEPTED", "UNKNOWN"]),
                where("submitted_at", "<", overdueSince.getTime()),
              ]),
            ]
          : []),
      ]),
    )
    .returning(["status", "attempts", "payload"])
    .executeTakeFirst();
  if (!mine?.payload) return null;
  const row = await trx
    .updateTable("changes")
    .set(valuesOf(decision, mine.status, at))
    .where("id", "=", id)
    .returning(keptColumns)
    .executeTakeFirstOrThrow();
  const { status: from, attempts: attempt } = mine;
  await noteEvent(trx, at, cipher, id, {
    from,
    to: row.status,
    error: null,
    attempt,
    byHand: actor,
  });
  return { change: kept(row), payload: cipher.open(`change:${id}`, mine.payload) };
}

function valuesOf(decision: Decision, from: ChangeStatus, at: number) {
  // It may be sent and applied by itself after somebody looked: it is held first, and sent by a
  // second decision, after a second look.
  if (decision === "SEND_AGAIN" && from === "UNKNOWN") {
    return { status: "NEEDS_ATTENTION" as const, last_error: "OUTCOME_UNKNOWN" };
  }
  const decided = { last_error: null, unconfirmed_since: null };
  switch (decision) {
    case "APPLIED":
      return { status: "APPLIED" as const, ended_at: at, ...decided };
    case "REJECTED":
      return { status: "REJECTED" as const, reason: "OTHER", ended_at: at, ...decided };
    case "SEND_AGAIN":
      return { status: "ACCEPTED" as const, next_attempt_at: at, ...decided, restored_at: null };
  }
}

const mostAtOnce = 100;

async function takeOverdue(db: Db, at: number, landlord: string, before: Date) {
  const overdue = await db
    .selectFrom("changes")
    .select("id")
    .where("landlord", "=", landlord)
    .where("status", "in", open)
    .where("submitted_at", "<", before.getTime())
    .where("attention_at", "is", null)
    .limit(mostAtOnce)
    .execute();
  if (overdue.length === 0) return [];
  const rows = await db
    .updateTable("changes")
    .set({ attention_at: at })
    .where(
      "id",
      "in",
      overdue.map(({ id }) => id),
    )
    .where("attention_at", "is", null)
    .returning(keptColumns)
    .execute();
  return rows.map(kept);
}
