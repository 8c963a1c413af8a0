/** What a landlord's ERP describes of its interface otherwise than its adapter was written for. */
import type { Db } from "./database.ts";

export interface ErpDriftsTable {
  landlord: string;
  /** What was compared: another product, or another copy of its description, is another subject. */
  subject: string;
  /** JSON; null before the first look. */
  finding: string | null;
  checked_at: number | null;
  /** When the finding last became another. */
  changed_at: number | null;
  /** While somebody looks: when the lease ends. */
  next_check_at: number;
}

export interface DriftFinding {
  /** Null where they could be compared. */
  readonly obstacle: { readonly kind: string; readonly because: string } | null;
  readonly differences: readonly {
    readonly operation: string | null;
    readonly part: "OPERATION" | "REQUEST" | "ANSWER";
    readonly field: string | null;
    readonly change: string;
    readonly severity: "BREAKING" | "COMPATIBLE";
    readonly ports: readonly string[];
  }[];
  /** How many more there are than are kept. */
  readonly further: number;
}

export interface KeptDrift extends DriftFinding {
  readonly checkedAt: Date;
  readonly changedAt: Date;
}

export interface ErpDrifts {
  /**
   * Whether it is the caller who is to look now, within `leaseMs`. A subject that is new is looked at
   * `firstAfterMs` later.
   */
  claim(
    landlord: string,
    subject: string,
    times: { readonly leaseMs: number; readonly firstAfterMs: number },
  ): Promise<boolean>;
  /** True where it is another finding than before, or the first. */
  keep(
    landlord: string,
    subject: string,
    finding: DriftFinding,
    nextCheckAt: Date,
  ): Promise<boolean>;
  /** Null before the first look. */
  of(landlord: string): Promise<KeptDrift | null>;
}

export function createErpDrifts(db: Db, now: () => Date): ErpDrifts {
  return {
    claim: (landlord, subject, times) =>
      claim(db, now().getTime(), { landlord, subject, ...times }),
    keep: async (landlord, subject, finding, nextCheckAt) => {
      const before = await rowOf(db, landlord);
      const text = JSON.stringify(finding);
      const changed = before?.finding !== text;
      const at = now().getTime();
      const seen = {
        subject,
        finding: text,
        checked_at: at,
        changed_at: changed ? at : before.changed_at,
        next_check_at: nextCheckAt.getTime(),
      };
      await db
        .insertInto("erp_drifts")
        .values({ landlord, ...seen })
        .onConflict((conflict) => conflict.column("landlord").doUpdateSet(seen))
        .execute();
      return changed;
    },
    of: async (landlord) => {
      const row = await rowOf(db, landlord);
      if (!row || row.finding === null) return null;
      const finding = JSON.parse(row.finding) as DriftFinding;
      const [checkedAt, changedAt] = [new Date(row.checked_at!), new Date(row.changed_at!)];
      return { ...finding, checkedAt, changedAt };
    },
  };
}

const rowOf = (db: Db, landlord: string) =>
  db.selectFrom("erp_drifts").selectAll().where("landlord", "=", landlord).executeTakeFirst();

interface Claiming {
  readonly landlord: string;
  readonly subject: string;
  readonly leaseMs: number;
  readonly firstAfterMs: number;
}

async function claim(db: Db, at: number, asked: Claiming): Promise<boolean> {
  const { landlord, subject, leaseMs, firstAfterMs } = asked;
  const first = { subject, next_check_at: at + firstAfterMs };
  const nothing = { finding: null, checked_at: null, changed_at: null };
  await db
    .insertInto("erp_drifts")
    .values({ landlord, ...first, ...nothing })
    .onConflict((conflict) =>
      conflict.column("landlord").doUpdateSet(first).where("erp_drifts.subject", "!=", subject),
    )
    .execute();
  const { numUpdatedRows } = await db
    .updateTable("erp_drifts")
    .set({ next_check_at: at + leaseMs })
    .where("landlord", "=", landlord)
    .where("next_check_at", "<=", at)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
