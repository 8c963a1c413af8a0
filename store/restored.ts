/**
 * After a back-up was brought back: nothing in it says what happened since it was made. Whatever was
 * open then may have ended, and what was good once may have been used.
 */
import { sql } from "kysely";
import { open } from "./change-row.ts";
import { inTransaction, type Db } from "./database.ts";

export interface Restored {
  /** Sessions that were ended: whoever was signed in signs in again. */
  readonly sessions: number;
  /** Links of mails that are void. */
  readonly links: number;
  /** Changes of which the ERP is asked before they are sent, or again. */
  readonly changes: number;
  /** Payments of which the provider is asked, or which a person must look at. */
  readonly payments: number;
}

/** Later than what any day of before the back-up was restored has numbered. */
const numbersPassed = 100_000;

/** All of it or nothing, in the caller's transaction if there is one. Once, while nothing runs. */
export function settleRestored(db: Db, now: Date): Promise<Restored> {
  const at = now.getTime();
  return inTransaction(db, async (trx) => ({
    sessions: await endSessions(trx, at),
    links: await voidLinks(trx, at),
    changes: await doubtChanges(trx, at),
    payments: await doubtPayments(trx, at),
  }));
}

/** One that was ended since would be alive again. */
async function endSessions(trx: Db, at: number): Promise<number> {
  await trx
    .updateTable("support_views")
    .set({ ended_at: at })
    .where("ended_at", "is", null)
    .where("expires_at", ">", at)
    .execute();
  const { numUpdatedRows } = await trx
    .updateTable("sessions")
    .set({ ended_at: at })
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** One that was used since would be good a second time. */
async function voidLinks(trx: Db, at: number): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable("links")
    .set({ live: null, payload: null, expires_at: at })
    .where("live", "=", 1)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Each may have been sent: the delivery asks the ERP first. */
async function doubtChanges(trx: Db, at: number): Promise<number> {
  await sql`
    insert into change_events
      (change_id, position, at, last_at, times, from_status, to_status, error, attempt, actor, reason)
    select id, coalesce((select max(position) from change_events where change_id = changes.id), 0) + 1,
      cast(${at} as bigint), cast(${at} as bigint), 1, status, 'UNKNOWN', 'OUTCOME_UNKNOWN', attempts, null, null
    from changes where status in ('ACCEPTED', 'SENDING')
  `.execute(trx);
  const { numUpdatedRows } = await trx
    .updateTable("changes")
    .set((of) => ({
      status: of
        .case()
        .when("status", "in", ["ACCEPTED", "SENDING"])
        .then("UNKNOWN" as const)
        .else(of.ref("status"))
        .end(),
      fence: of("fence", "+", 1),
      next_attempt_at: at,
      restored_at: at,
    }))
    .where("status", "in", open)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/**
 * The provider is asked at once. Of one that was being begun it cannot be: a person may have got the
 * page and paid. The days' numbers go on behind those that the provider may have seen since.
 */
async function doubtPayments(trx: Db, at: number): Promise<number> {
  const created = await trx
    .updateTable("payments")
    .set({ state: "UNKNOWN", problem: "BEGIN_UNKNOWN", next_ask_at: null, lease: null })
    .where("state", "=", "CREATED")
    .executeTakeFirst();
  const asked = await trx
    .updateTable("payments")
    .set({ next_ask_at: at, lease: null })
    .where("next_ask_at", "is not", null)
    .executeTakeFirst();
  await trx.updateTable("payments").set({ restored_at: at }).where("state", "!=", "PAID").execute();
  await passNumbers(trx, new Date(at).toISOString().slice(0, 10));
  return Number(created.numUpdatedRows + asked.numUpdatedRows);
}

async function passNumbers(trx: Db, day: string): Promise<void> {
  const landlords = await trx.selectFrom("accounts").select("landlord").distinct().execute();
  for (const { landlord } of landlords) {
    await trx
      .insertInto("payment_days")
      .values({ landlord, day, last: numbersPassed })
      .onConflict((conflict) =>
        conflict
          .columns(["landlord", "day"])
          .doUpdateSet((of) => ({ last: of("payment_days.last", "+", numbersPassed) })),
      )
      .execute();
  }
}
