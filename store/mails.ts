import { randomUUIDv7 } from "node:crypto";
import type { Announcements } from "./announcements.ts";
import type { Cipher } from "./cipher.ts";
import type { Db } from "./database.ts";
import { nextId } from "./next-id.ts";

export interface NewMail {
  readonly landlord: string;
  readonly to: string;
  /** `Name <address>`, or an address. */
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface QueuedMail extends NewMail {
  /** The same at every try, for a Message-ID by which a receiver can tell a repeat. */
  readonly id: string;
}

interface DeliverOptions {
  /** Fires when no further mail is to be begun. */
  readonly signal?: AbortSignal;
  /** Whether an error of `send` is final, so that the mail is given up at once. Never, by default. */
  readonly isFinal?: (error: unknown) => boolean;
  /** Called with each error of `send`. */
  readonly onError?: (
    error: unknown,
    mail: { id: string; landlord: string; attempts: number },
  ) => void;
}

interface DeliveryCounts {
  readonly sent: number;
  /** To be tried again later. */
  readonly postponed: number;
  readonly failed: number;
}

export interface Mails {
  /** In the caller's transaction, if there is one. Everything of the mail is kept sealed. */
  queue(mail: NewMail): Promise<void>;
  /**
   * Sends what is due, oldest first, until nothing is. Two processes never send one mail at the
   * same time; one that dies after `send` and before its answer is kept sends it a second time.
   * An error postpones the mail, for 24 hours in all; `send` has one minute.
   */
  deliver(
    send: (mail: QueuedMail) => Promise<unknown>,
    options?: DeliverOptions,
  ): Promise<DeliveryCounts>;
  /** Calls `listener` when a mail was queued, and committed, through this store. Returns its undoing. */
  onQueued(listener: () => void): () => void;
}

const minuteMs = 60_000;
const sendMs = minuteMs;
/** Longer than a `send` may take, so that a lease ends only after its holder gave up or died. */
const leaseMs = 3 * minuteMs;
const triesForMs = 24 * 60 * minuteMs;
const longestWaitMs = 30 * minuteMs;
const batch = 5;

export function createMails(
  db: Db,
  now: () => Date,
  cipher: Cipher,
  announcements: Announcements,
): Mails {
  return {
    queue: async (mail) => {
      await insert(db, now().getTime(), cipher, mail);
      announcements.announce();
    },
    deliver: (send, options = {}) => deliver({ db, now, cipher, send, options }),
    onQueued: (listener) => announcements.listen(listener),
  };
}

async function insert(db: Db, at: number, cipher: Cipher, mail: NewMail): Promise<void> {
  const id = nextId();
  const { landlord, to, from, subject, text, html } = mail;
  const content = JSON.stringify({ to, from, subject, text, html });
  await db
    .insertInto("mails")
    .values({
      id,
      landlord,
      content: cipher.seal(`mail:${id}`, content),
      status: "QUEUED",
      attempts: 0,
      queued_at: at,
      next_attempt_at: at,
      lease: null,
      finished_at: null,
    })
    .execute();
}

interface Delivery {
  readonly db: Db;
  readonly now: () => Date;
  readonly cipher: Cipher;
  readonly send: (mail: QueuedMail) => Promise<unknown>;
  readonly options: DeliverOptions;
}

async function deliver(delivery: Delivery): Promise<DeliveryCounts> {
  const counts = { sent: 0, postponed: 0, failed: 0 };
  const { db, now, options } = delivery;
  while (!options.signal?.aborted) {
    const due = await dueIds(db, now().getTime());
    if (due.length === 0) break;
    const outcomes = await Promise.all(due.map((id) => deliverOne(delivery, id)));
    for (const outcome of outcomes) if (outcome) counts[outcome] += 1;
  }
  return counts;
}

async function dueIds(db: Db, at: number): Promise<string[]> {
  const rows = await db
    .selectFrom("mails")
    .select("id")
    .where("status", "=", "QUEUED")
    .where("next_attempt_at", "<=", at)
    .orderBy("next_attempt_at")
    .orderBy("id")
    .limit(batch)
    .execute();
  return rows.map((row) => row.id);
}

async function deliverOne(delivery: Delivery, id: string): Promise<keyof DeliveryCounts | null> {
  const { db, cipher, now, send, options } = delivery;
  const row = await claim(db, now().getTime(), id);
  if (!row?.content || !row.lease) return null;
  const { landlord, attempts } = row;
  try {
    const content = JSON.parse(cipher.open(`mail:${id}`, row.content)) as Omit<NewMail, "landlord">;
    await withinTime(send({ ...content, id, landlord }));
  } catch (error) {
    options.onError?.(error, { id, landlord, attempts });
    const final = options.isFinal?.(error) ?? false;
    return postpone(db, now().getTime(), { ...row, lease: row.lease }, final);
  }
  await settle(db, id, row.lease, { status: "SENT", content: null, finished_at: now().getTime() });
  return "sent";
}

/** Takes the lease, unless somebody else has it: the condition is checked again under the row's lock. */
function claim(db: Db, at: number, id: string) {
  return db
    .updateTable("mails")
    .set((column) => ({
      lease: randomUUIDv7(),
      next_attempt_at: at + leaseMs,
      attempts: column("attempts", "+", 1),
    }))
    .where("id", "=", id)
    .where("status", "=", "QUEUED")
    .where("next_attempt_at", "<=", at)
    .returning(["id", "landlord", "content", "attempts", "queued_at", "lease"])
    .executeTakeFirst();
}

async function withinTime(sending: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("Sending took longer than a minute.")), sendMs);
  });
  try {
    await Promise.race([sending, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function postpone(
  db: Db,
  at: number,
  row: { id: string; lease: string; attempts: number; queued_at: number },
  final: boolean,
): Promise<"postponed" | "failed"> {
  const next = at + waitMs(row.attempts);
  if (final || next > row.queued_at + triesForMs) {
    await settle(db, row.id, row.lease, { status: "FAILED", finished_at: at });
    return "failed";
  }
  await settle(db, row.id, row.lease, { next_attempt_at: next });
  return "postponed";
}

/** 5 s, 10 s, 20 s … 30 min, each between half and the whole of it, so that retries spread. */
function waitMs(attempts: number): number {
  const whole = Math.min(longestWaitMs, 5_000 * 2 ** (attempts - 1));
  return Math.round(whole * (0.5 + Math.random() / 2));
}

interface Settlement {
  readonly status?: "SENT" | "FAILED";
  readonly content?: null;
  readonly finished_at?: number;
  readonly next_attempt_at?: number;
}

/** Only the holder of the lease says how a delivery ended. */
async function settle(db: Db, id: string, lease: string, how: Settlement): Promise<void> {
  await db
    .updateTable("mails")
    .set({ ...how, lease: null })
    .where("id", "=", id)
    .where("lease", "=", lease)
    .execute();
}
