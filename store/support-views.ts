/** The times in which one of the landlord's people sees what a person sees, and can change nothing. */
import type { Cipher } from "./cipher.ts";
import type { Db } from "./database.ts";
import type { LiveSession } from "./sessions.ts";
import { nextId } from "./next-id.ts";

export interface SupportViewsTable {
  /** UUID version 7. */
  id: string;
  landlord: string;
  /** The account of whoever looks. */
  staff_id: string;
  /** Their session: the view ends with it. */
  staff_session: string;
  /** Whose space it is. */
  account_id: string;
  /** Sealed. */
  reason: string;
  began_at: number;
  expires_at: number;
  ended_at: number | null;
}

export interface SupportView {
  readonly id: string;
  /** The account of whoever looks. */
  readonly staffId: string;
  /** Null when that account is gone. */
  readonly staffEmail: string | null;
  /** As they wrote it. */
  readonly reason: string;
  readonly beganAt: Date;
  /** When it ends at the latest. */
  readonly expiresAt: Date;
  /** Null while it goes on. */
  readonly endedAt: Date | null;
}

export interface NewSupportView {
  readonly staffId: string;
  readonly staffSession: string;
  readonly accountId: string;
  readonly reason: string;
  readonly expiresAt: Date;
}

export interface SupportViews {
  /** In the caller's transaction, which has found that `accountId` may be looked at. */
  begin(landlord: string, view: NewSupportView): Promise<{ readonly id: string }>;
  /**
   * Whose space is seen, as by a session of theirs, and by whom. Null when the view ended or expired,
   * is not of this landlord, whoever looks was signed out or is not of the landlord's people any more,
   * or the account has gone, or is itself of the landlord's people. One query.
   */
  alive(
    landlord: string,
    id: string,
  ): Promise<(LiveSession & { readonly support: SupportView }) | null>;
  /** The account that was looked at; null when `staffId` has no such view that goes on. */
  end(landlord: string, id: string, staffId: string): Promise<string | null>;
  /** Of one account's space; the newest first, those before the id `before`, where given. */
  ofAccount(
    landlord: string,
    accountId: string,
    page: { readonly limit: number; readonly before: string | null },
  ): Promise<SupportView[]>;
}

export const sealContext = (id: string) => `support view:${id}`;

export function createSupportViews(db: Db, now: () => Date, cipher: Cipher): SupportViews {
  return {
    begin: async (landlord, { staffId, staffSession, accountId, reason, expiresAt }) => {
      const id = nextId();
      await db
        .insertInto("support_views")
        .values({
          id,
          landlord,
          staff_id: staffId,
          staff_session: staffSession,
          account_id: accountId,
          reason: cipher.seal(sealContext(id), reason),
          began_at: now().getTime(),
          expires_at: expiresAt.getTime(),
          ended_at: null,
        })
        .execute();
      return { id };
    },
    alive: (landlord, id) => alive(db, cipher, now().getTime(), landlord, id),
    end: async (landlord, id, staffId) => {
      const ended = await db
        .updateTable("support_views")
        .set({ ended_at: now().getTime() })
        .where("landlord", "=", landlord)
        .where("id", "=", id)
        .where("staff_id", "=", staffId)
        .where("ended_at", "is", null)
        .where("expires_at", ">", now().getTime())
        .returning("account_id")
        .executeTakeFirst();
      return ended?.account_id ?? null;
    },
    ofAccount: async (landlord, accountId, { limit, before }) => {
      let query = withStaff(db)
        .where("support_views.landlord", "=", landlord)
        .where("support_views.account_id", "=", accountId);
      if (before !== null) query = query.where("support_views.id", "<", before);
      const rows = await query.orderBy("support_views.id", "desc").limit(limit).execute();
      return rows.map((row) => viewOf(cipher, row, now().getTime()));
    },
  };
}

/** Ends what somebody looks at in sessions that end, in the caller's transaction if there is one. */
export async function endViewsOf(
  db: Db,
  at: number,
  landlord: string,
  sessionIds: readonly string[],
): Promise<void> {
  if (sessionIds.length === 0) return;
  await db
    .updateTable("support_views")
    .set({ ended_at: at })
    .where("landlord", "=", landlord)
    .where("staff_session", "in", [...sessionIds])
    .where("ended_at", "is", null)
    .where("expires_at", ">", at)
    .execute();
}

const withStaff = (db: Db) =>
  db
    .selectFrom("support_views")
    .leftJoin("accounts as looking", (join) =>
      join
        .onRef("looking.landlord", "=", "support_views.landlord")
        .onRef("looking.id", "=", "support_views.staff_id"),
    )
    .selectAll("support_views")
    .select("looking.email as staff_email");

type Row = SupportViewsTable & { readonly staff_email: string | null };

function viewOf(cipher: Cipher, row: Row, at: number): SupportView {
  const ended = row.ended_at ?? (row.expires_at <= at ? row.expires_at : null);
  return {
    id: row.id,
    staffId: row.staff_id,
    staffEmail: row.staff_email,
    reason: cipher.open(sealContext(row.id), row.reason),
    beganAt: new Date(row.began_at),
    expiresAt: new Date(row.expires_at),
    endedAt: ended === null ? null : new Date(ended),
  };
}

/** Whoever is the landlord's cannot be looked at, nor look without a session of their own. */
const aliveRows = (db: Db, at: number, landlord: string, id: string) =>
  withStaff(db)
    .innerJoin("accounts as seen", (join) =>
      join
        .onRef("seen.landlord", "=", "support_views.landlord")
        .onRef("seen.id", "=", "support_views.account_id"),
    )
    .innerJoin("sessions", (join) =>
      join
        .onRef("sessions.landlord", "=", "support_views.landlord")
        .onRef("sessions.id", "=", "support_views.staff_session")
        .onRef("sessions.account_id", "=", "support_views.staff_id"),
    )
    .innerJoin("staff", (join) =>
      join
        .onRef("staff.landlord", "=", "support_views.landlord")
        .onRef("staff.account_id", "=", "support_views.staff_id"),
    )
    .leftJoin("staff as colleague", (join) =>
      join
        .onRef("colleague.landlord", "=", "support_views.landlord")
        .onRef("colleague.account_id", "=", "support_views.account_id"),
    )
    .leftJoin("account_persons", (join) =>
      join
        .onRef("account_persons.landlord", "=", "support_views.landlord")
        .onRef("account_persons.account_id", "=", "support_views.account_id"),
    )
    .select(["seen.email as seen_email", "account_persons.person_key"])
    .where("support_views.id", "=", id)
    .where("support_views.landlord", "=", landlord)
    .where("support_views.ended_at", "is", null)
    .where("support_views.expires_at", ">", at)
    .where("sessions.ended_at", "is", null)
    .where("sessions.expires_at", ">", at)
    .where("colleague.account_id", "is", null)
    .execute();

async function alive(db: Db, cipher: Cipher, at: number, landlord: string, id: string) {
  const rows = await aliveRows(db, at, landlord, id);
  const [first] = rows;
  if (!first) return null;
  const personKeys = rows.map((row) => row.person_key).filter((key) => key !== null);
  return {
    accountId: first.account_id,
    email: first.seen_email,
    personKeys: personKeys.sort(),
    support: viewOf(cipher, first, at),
  };
}
