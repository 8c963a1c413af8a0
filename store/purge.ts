import type { Db } from "./database.ts";
import { purgeSigningKeys } from "./keys.ts";

const dayMs = 24 * 3_600_000;
/** So long an old link still says that it was used or has expired. */
const linkDays = 7;
const mailDays = 30;
/** Forms of a day are not taken days later. */
const paymentDays = 7;
/** What came to nothing; what was paid stays. */
const unpaidDays = 400;
/** Told again later than that, an event changes nothing: the payment has had it. */
const paymentEventDays = 400;
/** So long it can be told what an ended change was, for an ERP that comes back from a back-up. */
const payloadDays = 30;
const changeDays = 400;
const heldContractsDays = 30;

/** Deletes what has had its time. May run in several processes at once. */
export async function purge(db: Db, now: Date): Promise<void> {
  const at = now.getTime();
  await db
    .deleteFrom("links")
    .where("expires_at", "<", at - linkDays * dayMs)
    .execute();
  await db
    .deleteFrom("sessions")
    .where((where) => where.or([where("expires_at", "<=", at), where("ended_at", "<=", at)]))
    .execute();
  await db.deleteFrom("throttles").where("window_ends_at", "<=", at).execute();
  await db
    .deleteFrom("mails")
    .where("finished_at", "<", at - mailDays * dayMs)
    .execute();
  await db
    .updateTable("changes")
    .set({ payload: null })
    .where("ended_at", "<", at - payloadDays * dayMs)
    .where("payload", "is not", null)
    .execute();
  await db
    .deleteFrom("changes")
    .where("ended_at", "<", at - changeDays * dayMs)
    .execute();
  await db
    .deleteFrom("payment_days")
    .where("day", "<", new Date(at - paymentDays * dayMs).toISOString().slice(0, 10))
    .execute();
  await db
    .deleteFrom("payments")
    .where("state", "in", ["REFUSED", "ABANDONED", "EXPIRED"])
    .where("created_at", "<", at - unpaidDays * dayMs)
    .where("next_ask_at", "is", null)
    .execute();
  await db
    .deleteFrom("payment_events")
    .where("received_at", "<", at - paymentEventDays * dayMs)
    .execute();
  await db.deleteFrom("survey_drafts").where("expires_at", "<=", at).execute();
  await db.deleteFrom("survey_reminders").where("expires_at", "<=", at).execute();
  await db
    .deleteFrom("held_contracts")
    .where("seen_at", "<", at - heldContractsDays * dayMs)
    .execute();
  await purgeSigningKeys(db, at);
}
