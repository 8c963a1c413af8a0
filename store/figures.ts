/** How much of everything stands where, for whoever watches the house. Counts only: no key, no name. */
import { open, type ChangeStatus } from "./change-row.ts";
import type { Db } from "./database.ts";

export interface ChangeFigures {
  readonly counts: Partial<Record<ChangeStatus, number>>;
  /** Since when the oldest that has not ended waits. */
  readonly oldestOpen: Date | null;
  /** Those that a person must look at, and those that are open since before the limit. */
  readonly needAttention: number;
  /** Those that the ERP says are applied, and does not show. */
  readonly unconfirmed: number;
}

type Counts = Partial<Record<string, number>>;

export interface Figures {
  changes(landlord: string, overdueSince: Date): Promise<ChangeFigures>;
  /** Those that are queued, and those that were given up within the last month. */
  mails(landlord: string): Promise<Counts>;
  payments(landlord: string): Promise<Counts>;
  /** Files that have not come, that nothing names yet, and that the ERP is to get. */
  uploads(landlord: string): Promise<Counts>;
}

export function createFigures(db: Db): Figures {
  return {
    changes: async (landlord, overdueSince) => {
      const counts = countsOf(await byStatus(db, "changes", landlord).execute());
      const { oldest, overdue, unconfirmed } = await ofOpenChanges(db, landlord, overdueSince);
      const needAttention = (counts["NEEDS_ATTENTION"] ?? 0) + overdue;
      return { counts, oldestOpen: oldest, needAttention, unconfirmed };
    },
    mails: async (landlord) => {
      const waiting = byStatus(db, "mails", landlord).where("status", "in", ["QUEUED", "FAILED"]);
      return countsOf(await waiting.execute());
    },
    payments: async (landlord) => countsOf(await byState(db, "payments", landlord).execute()),
    uploads: async (landlord) => {
      const waiting = byState(db, "uploads", landlord).where("state", "in", [
        "STARTED",
        "RECEIVED",
        "ATTACHED",
      ]);
      return countsOf(await waiting.execute());
    },
  };
}

const byStatus = (db: Db, table: "changes" | "mails", landlord: string) =>
  db
    .selectFrom(table)
    .select((of) => ["status as at" as const, of.fn.countAll().as("count")])
    .where("landlord", "=", landlord)
    .groupBy("status");

const byState = (db: Db, table: "payments" | "uploads", landlord: string) =>
  db
    .selectFrom(table)
    .select((of) => ["state as at" as const, of.fn.countAll().as("count")])
    .where("landlord", "=", landlord)
    .groupBy("state");

const countsOf = (rows: readonly { readonly at: string; readonly count: unknown }[]): Counts =>
  Object.fromEntries(rows.map(({ at, count }) => [at, Number(count)]));

async function ofOpenChanges(db: Db, landlord: string, overdueSince: Date) {
  const row = await db
    .selectFrom("changes")
    .select((of) => [
      of.fn.min("submitted_at").as("oldest"),
      of.fn
        .countAll()
        .filterWhere("status", "in", open)
        .filterWhere("submitted_at", "<", overdueSince.getTime())
        .as("overdue"),
      of.fn.count("unconfirmed_since").as("unconfirmed"),
    ])
    .where("landlord", "=", landlord)
    .where("status", "in", [...open, "NEEDS_ATTENTION"])
    .executeTakeFirstOrThrow();
  const oldest = row.oldest as number | string | null;
  return {
    oldest: oldest === null ? null : new Date(Number(oldest)),
    overdue: Number(row.overdue),
    unconfirmed: Number(row.unconfirmed),
  };
}
