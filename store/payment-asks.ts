/** Which payments a provider is to be asked about, when, and by whom. */
import { randomUUIDv7 } from "node:crypto";
import type { Cipher } from "./cipher.ts";
import type { Db } from "./database.ts";
import { heldOf, type Held } from "./payment-row.ts";

export interface PaymentAsks {
  /** What of the landlord's is to be asked about, longest due first. */
  dueIds(landlord: string, limit: number): Promise<string[]>;
  /** Null when it is not due any more, or somebody else has it. Counts as an ask. */
  holdDue(id: string): Promise<Held | null>;
  /** Ends the lease; asked again then, or never. */
  postpone(held: Held, nextAskAt: Date | null, failed: boolean): Promise<void>;
  /**
   * It is to be asked about at `at` if that is sooner than planned, or if nothing was paid as far as
   * was known: a page that was opened in time may be paid on after it closed. False for one that is
   * PAID, that a person looks at, or about which the last question failed: then the pause is kept.
   */
  hasten(id: string, at: Date): Promise<boolean>;
}

/** Longer than a question or a beginning may take. */
export const paymentLeaseMs = 2 * 60_000;

export function createAsks(db: Db, now: () => Date, cipher: Cipher): PaymentAsks {
  return {
    dueIds: (landlord, limit) => dueIds(db, now().getTime(), landlord, limit),
    holdDue: async (id) => heldOf(cipher, await holdDue(db, now().getTime(), id)),
    postpone: (held, nextAskAt, failed) => postpone(db, now().getTime(), held, nextAskAt, failed),
    hasten: (id, at) => hasten(db, id, at.getTime()),
  };
}

async function dueIds(db: Db, at: number, landlord: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom("payments")
    .select("id")
    .where("landlord", "=", landlord)
    .where("next_ask_at", "<=", at)
    .orderBy("next_ask_at")
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** The condition is checked again under the row's lock. */
function holdDue(db: Db, at: number, id: string) {
  return db
    .updateTable("payments")
    .set((column) => ({
      lease: randomUUIDv7(),
      next_ask_at: at + paymentLeaseMs,
      asks: column("asks", "+", 1),
    }))
    .where("id", "=", id)
    .where("next_ask_at", "<=", at)
    .returningAll()
    .executeTakeFirst();
}

/** Only the holder of the lease says when it is asked about again, and not against a hint that came meanwhile. */
async function postpone(
  db: Db,
  at: number,
  { payment, lease }: Held,
  nextAskAt: Date | null,
  failed: boolean,
): Promise<void> {
  await db
    .updateTable("payments")
    .set((column) => ({
      lease: null,
      next_ask_at: nextAskAt?.getTime() ?? null,
      failed_asks: failed ? column("failed_asks", "+", 1) : 0,
    }))
    .where("id", "=", payment.id)
    .where("lease", "=", lease)
    .where("next_ask_at", ">", at)
    .execute();
}

async function hasten(db: Db, id: string, at: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("payments")
    .set({ next_ask_at: at })
    .where("id", "=", id)
    .where((where) =>
      where.or([
        where("next_ask_at", ">", at),
        where.and([
          where("next_ask_at", "is", null),
          where("state", "in", ["REFUSED", "ABANDONED", "EXPIRED"]),
        ]),
      ]),
    )
    .where("failed_asks", "=", 0)
    .where("state", "!=", "CREATED")
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
