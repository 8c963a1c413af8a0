/** What became of a change, step by step: for whoever must tell why a person sees what they see. */
import type { ChangeStatus } from "./change-row.ts";
import type { Cipher } from "./cipher.ts";
import type { Db } from "./database.ts";

export interface ChangeEventsTable {
  change_id: string;
  /** From 1. */
  position: number;
  at: number;
  /** Of the last one in a row that was the same. */
  last_at: number;
  times: number;
  from_status: ChangeStatus;
  to_status: ChangeStatus;
  /** A code of the table of errors. */
  error: string | null;
  attempt: number;
  /** The account of whoever settled it by hand; null for a delivery. */
  actor: string | null;
  /** Sealed. */
  reason: string | null;
}

/** Steps that follow each other and are the same are one: an ERP may be down for hours. */
export interface ChangeEvent {
  readonly at: Date;
  readonly lastAt: Date;
  readonly times: number;
  readonly from: ChangeStatus;
  readonly to: ChangeStatus;
  readonly error: string | null;
  /** How often the change had been sent by then. */
  readonly attempt: number;
  /** Who settled it by hand, and why; null for a delivery. */
  readonly byHand: { readonly accountId: string; readonly reason: string } | null;
}

type Step = Pick<ChangeEvent, "from" | "to" | "error" | "attempt" | "byHand">;

export const sealContext = (changeId: string) => `change event:${changeId}`;

/** In the transaction in which the change was settled: its row is held by that. */
export async function noteEvent(
  db: Db,
  at: number,
  cipher: Cipher,
  changeId: string,
  step: Step,
): Promise<void> {
  const { from, to, error, attempt, byHand } = step;
  const last = await db
    .selectFrom("change_events")
    .selectAll()
    .where("change_id", "=", changeId)
    .orderBy("position", "desc")
    .limit(1)
    .executeTakeFirst();
  const same = last?.from_status === from && last.to_status === to && last.error === error;
  if (last && same && last.actor === null && byHand === null) {
    await db
      .updateTable("change_events")
      .set({ last_at: at, times: last.times + 1, attempt })
      .where("change_id", "=", changeId)
      .where("position", "=", last.position)
      .execute();
    return;
  }
  await db
    .insertInto("change_events")
    .values({
      change_id: changeId,
      position: (last?.position ?? 0) + 1,
      at,
      last_at: at,
      times: 1,
      from_status: from,
      to_status: to,
      error,
      attempt,
      actor: byHand?.accountId ?? null,
      reason: byHand && cipher.seal(sealContext(changeId), byHand.reason),
    })
    .execute();
}

/** The first step first. */
export async function eventsOf(db: Db, cipher: Cipher, changeId: string): Promise<ChangeEvent[]> {
  const rows = await db
    .selectFrom("change_events")
    .selectAll()
    .where("change_id", "=", changeId)
    .orderBy("position")
    .execute();
  return rows.map((row) => ({
    at: new Date(row.at),
    lastAt: new Date(row.last_at),
    times: row.times,
    from: row.from_status,
    to: row.to_status,
    error: row.error,
    attempt: row.attempt,
    byHand:
      row.actor === null || row.reason === null
        ? null
        : { accountId: row.actor, reason: cipher.open(sealContext(changeId), row.reason) },
  }));
}
