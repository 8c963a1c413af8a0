import { sql } from "kysely";
import type { Cipher } from "./cipher.ts";
import type { Db } from "./database.ts";

interface ThrottleRule {
  /** How many hits a window allows, 1 or more. */
  readonly points: number;
  /** In milliseconds. A window starts with its first hit. */
  readonly windowMs: number;
}

interface ThrottleAnswer {
  readonly allowed: boolean;
  /** When the window ends, and the count with it. */
  readonly retryAt: Date;
}

/** Call these outside of transactions: a hit that is rolled back has not been counted. */
export interface Throttle {
  /** Counts one hit. `key` says what is counted, landlord included; kept as a keyed hash. */
  hit(key: string, rule: ThrottleRule): Promise<ThrottleAnswer>;
  clear(key: string): Promise<void>;
}

export function createThrottle(db: Db, now: () => Date, cipher: Cipher): Throttle {
  const keyHash = (key: string) => cipher.fingerprint("throttle", key);
  return {
    hit: (key, rule) => hit(db, now().getTime(), keyHash(key), rule),
    clear: async (key) => {
      await db.deleteFrom("throttles").where("key_hash", "=", keyHash(key)).execute();
    },
  };
}

/** One statement, so that parallel hits are all counted. */
async function hit(
  db: Db,
  at: number,
  keyHash: string,
  rule: ThrottleRule,
): Promise<ThrottleAnswer> {
  const windowEndsAt = at + rule.windowMs;
  const over = sql<boolean>`throttles.window_ends_at <= ${at}`;
  const row = await db
    .insertInto("throttles")
    .values({ key_hash: keyHash, hits: 1, window_ends_at: windowEndsAt })
    .onConflict((conflict) =>
      conflict.column("key_hash").doUpdateSet({
        hits: sql<number>`case when ${over} then 1 else throttles.hits + 1 end`,
        window_ends_at: sql<number>`case when ${over} then ${windowEndsAt} else throttles.window_ends_at end`,
      }),
    )
    .returning(["hits", "window_ends_at"])
    .executeTakeFirstOrThrow();
  return { allowed: row.hits <= rule.points, retryAt: new Date(row.window_ends_at) };
}
