/** When each account's surveys are to be looked at, and which reminders went out already. */
import { sql } from "kysely";
import { isPostgres, type Db } from "./database.ts";

export interface SurveyWatchesTable {
  landlord: string;
  account_id: string;
  /** While it is being looked at: when the lease ends. */
  next_look_at: number;
  /** Names the look that holds it. */
  fence: number;
}

export interface SurveyRemindersTable {
  landlord: string;
  account_id: string;
  contract_key: string;
  survey_key: string;
  /** Which reminder: so many days before the answer is due. */
  days: number;
  expires_at: number;
}

/** An account whose surveys are being looked at, under a lease. */
export interface ClaimedAccount {
  readonly landlord: string;
  readonly accountId: string;
  readonly fence: number;
}

export interface Reminder {
  readonly contractKey: string;
  readonly surveyKey: string;
  readonly days: number;
  /** Until when it is remembered that it went out. */
  readonly expiresAt: Date;
}

export interface SurveyReminders {
  /** Has a first look at each account that has had none, spread over the next `withinMs`. */
  enlist(landlord: string, withinMs: number): Promise<void>;
  /** Takes up to `limit` of the landlord's accounts that are due, for `leaseMs`. */
  claim(landlord: string, leaseMs: number, limit: number): Promise<ClaimedAccount[]>;
  /** Says when to look again, in the caller's transaction if there is one. False: the lease was lost. */
  lookAgain(claimed: ClaimedAccount, at: Date): Promise<boolean>;
  /** In the caller's transaction: true for the first who sends that reminder to that account. */
  isFirst(claimed: ClaimedAccount, reminder: Reminder): Promise<boolean>;
}

export function createSurveyReminders(db: Db, now: () => Date): SurveyReminders {
  return {
    enlist: (landlord, withinMs) => enlist(db, now().getTime(), landlord, withinMs),
    claim: (landlord, leaseMs, limit) => claim(db, now().getTime(), landlord, leaseMs, limit),
    lookAgain: async ({ landlord, accountId, fence }, at) => {
      const { numUpdatedRows } = await db
        .updateTable("survey_watches")
        .set((of) => ({ next_look_at: at.getTime(), fence: of("fence", "+", 1) }))
        .where("landlord", "=", landlord)
        .where("account_id", "=", accountId)
        .where("fence", "=", fence)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    isFirst: async ({ landlord, accountId }, { contractKey, surveyKey, days, expiresAt }) => {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("survey_reminders")
        .values({
          landlord,
          account_id: accountId,
          contract_key: contractKey,
          survey_key: surveyKey,
          days,
          expires_at: expiresAt.getTime(),
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
  };
}

/** By when the account was made, of which no two are alike: that spreads them well enough. */
async function enlist(db: Db, at: number, landlord: string, withinMs: number): Promise<void> {
  await db
    .insertInto("survey_watches")
    .columns(["landlord", "account_id", "next_look_at", "fence"])
    .expression((of) =>
      of
        .selectFrom("accounts")
        .select([
          "accounts.landlord",
          "accounts.id",
          sql<number>`cast(${at} as bigint) + accounts.created_at % cast(${withinMs} as bigint)`.as(
            "next_look_at",
          ),
          sql<number>`0`.as("fence"),
        ])
        .where("accounts.landlord", "=", landlord)
        .where((where) =>
          where.not(
            where.exists(
              where
                .selectFrom("survey_watches as w")
                .select("w.account_id")
                .whereRef("w.landlord", "=", "accounts.landlord")
                .whereRef("w.account_id", "=", "accounts.id"),
            ),
          ),
        ),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function claim(
  db: Db,
  at: number,
  landlord: string,
  leaseMs: number,
  limit: number,
): Promise<ClaimedAccount[]> {
  const rows = await db
    .updateTable("survey_watches")
    .set((of) => ({ fence: of("fence", "+", 1), next_look_at: at + leaseMs }))
    .where("landlord", "=", landlord)
    .where("account_id", "in", (of) => {
      const due = of
        .selectFrom("survey_watches as w")
        .select("w.account_id")
        .where("w.landlord", "=", landlord)
        .where("w.next_look_at", "<=", at)
        .orderBy("w.next_look_at")
        .orderBy("w.account_id")
        .limit(limit);
      return isPostgres(db) ? due.forUpdate().skipLocked() : due;
    })
    .where("next_look_at", "<=", at)
    .returning(["account_id", "fence"])
    .execute();
  return rows.map((row) => ({ landlord, accountId: row.account_id, fence: row.fence }));
}
