/** Accounts that nobody uses any more: told of it once, then erased. */
import { sql } from "kysely";
import type { Db } from "./database.ts";

const dayMs = 24 * 3_600_000;

export interface UnusedAccount {
  readonly id: string;
  readonly email: string;
  readonly language: "fr" | "en";
}

/**
 * Unused: nobody has signed in, or stayed signed in, since `since`. Those of the landlord's people
 * are none. Each call takes one, in the caller's transaction, and answers null when there is none,
 * or another process is at it.
 */
export interface UnusedAccounts {
  /** One that nobody was told of: it counts as told. */
  tellOne(landlord: string, since: Date): Promise<UnusedAccount | null>;
  /** One of which its owner was told before `toldBefore`; held until the transaction ends. */
  holdOne(landlord: string, since: Date, toldBefore: Date): Promise<UnusedAccount | null>;
}

export function createUnusedAccounts(db: Db, now: () => Date): UnusedAccounts {
  return {
    tellOne: async (landlord, since) => {
      const at = now().getTime();
      const isDue = sql<boolean>`told_unused_at is null`;
      return takeOne(db, { landlord, since, at, isDue }, { told_unused_at: at });
    },
    holdOne: async (landlord, since, toldBefore) => {
      const isDue = sql<boolean>`told_unused_at < ${toldBefore.getTime()}`;
      return takeOne(db, { landlord, since, at: now().getTime(), isDue }, { landlord });
    },
  };
}

interface Sought {
  readonly landlord: string;
  readonly since: Date;
  readonly at: number;
  readonly isDue: ReturnType<typeof sql<boolean>>;
}

/** The conditions are checked again under the row's lock: whoever signs in meanwhile keeps it. */
async function takeOne(
  db: Db,
  { landlord, since, at, isDue }: Sought,
  change: { readonly told_unused_at?: number; readonly landlord?: string },
): Promise<UnusedAccount | null> {
  const unused = sql<boolean>`coalesce(used_at, created_at) < ${since.getTime()}`;
  const row = await db
    .updateTable("accounts")
    .set(change)
    .where("landlord", "=", landlord)
    .where(unused)
    .where(isDue)
    .where("id", "=", (accounts) =>
      accounts
        .selectFrom("accounts as unused")
        .select("unused.id")
        .where("unused.landlord", "=", landlord)
        .where(unused)
        .where(isDue)
        .where("unused.id", "not in", (staff) =>
          staff.selectFrom("staff").select("account_id").where("staff.landlord", "=", landlord),
        )
        .where("unused.id", "not in", (sessions) =>
          sessions
            .selectFrom("sessions")
            .select("sessions.account_id")
            .where("sessions.landlord", "=", landlord)
            .where("sessions.ended_at", "is", null)
            .where("sessions.expires_at", ">", at),
        )
        .orderBy("unused.id")
        .limit(1),
    )
    .returning(["id", "email", "language"])
    .executeTakeFirst();
  return row ? { ...row, language: row.language === "en" ? "en" : "fr" } : null;
}

/** Somebody uses it: written once a day at most. */
export async function noteUse(db: Db, at: number, landlord: string, id: string): Promise<void> {
  await db
    .updateTable("accounts")
    .set({ used_at: at, told_unused_at: null })
    .where("landlord", "=", landlord)
    .where("id", "=", id)
    .where((where) =>
      where.or([
        where("used_at", "is", null),
        where("used_at", "<", at - dayMs),
        where("told_unused_at", "is not", null),
      ]),
    )
    .execute();
}
