import type { Db } from "./database.ts";
import { purgeSigningKeys } from "./keys.ts";

const dayMs = 24 * 3_600_000;
/** So long an old link still says that it was used or has expired. */
const linkDays = 7;
const mailDays = 30;

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
  await purgeSigningKeys(db, at);
}
