/** What the landlord's people did by hand: who, what, to which thing, why. Only ever added to. */
import type { Cipher } from "./cipher.ts";
import type { Db } from "./database.ts";
import { nextId } from "./next-id.ts";

export interface SupportActsTable {
  /** UUID version 7. */
  id: string;
  landlord: string;
  actor: string;
  act: string;
  subject: string;
  /** Sealed. */
  reason: string;
  at: number;
  /** In which support view; null outside of one, as what follows. */
  view_id: string | null;
  operation: string | null;
  operation_hash: string | null;
}

export interface SupportAct {
  readonly landlord: string;
  /** The account. */
  readonly actor: string;
  /** `SETTLE_CHANGE:APPLIED`, `VIEW_QUERY`. */
  readonly act: string;
  /** What it was done to: a receipt; an account, of what is done in a support view. */
  readonly subject: string;
  /** As the person wrote it; empty for what is done in a support view. */
  readonly reason: string;
  readonly view?: {
    readonly id: string;
    /** As the client named it. */
    readonly operation: string | null;
    /** SHA-256 in hexadecimal of the operation's text, or of the id of what was downloaded. */
    readonly hash: string | null;
  };
}

export interface KeptSupportAct extends SupportAct {
  readonly id: string;
  readonly at: Date;
  /** Null when the account is gone. */
  readonly actorEmail: string | null;
  /** Null when the account is gone, and where the subject is none. */
  readonly subjectEmail: string | null;
}

interface Page {
  readonly limit: number;
  /** An id: those before it. */
  readonly before: string | null;
  /** Of this support view only. */
  readonly viewId: string | null;
}

export interface SupportActs {
  /** In the caller's transaction, if there is one: the one in which it is done. */
  note(act: SupportAct): Promise<void>;
  /** The newest first. */
  ofLandlord(landlord: string, page: Page): Promise<KeptSupportAct[]>;
}

export const sealContext = (id: string) => `support act:${id}`;

export function createSupportActs(db: Db, now: () => Date, cipher: Cipher): SupportActs {
  return {
    note: async ({ landlord, actor, act, subject, reason, view }) => {
      const id = nextId();
      await db
        .insertInto("support_acts")
        .values({
          id,
          landlord,
          actor,
          act,
          subject,
          reason: cipher.seal(sealContext(id), reason),
          at: now().getTime(),
          view_id: view?.id ?? null,
          operation: view?.operation ?? null,
          operation_hash: view?.hash ?? null,
        })
        .execute();
    },
    ofLandlord: async (landlord, page) => {
      const rows = await rowsOf(db, landlord, page).execute();
      return rows.map((row) => actOf(cipher, row));
    },
  };
}

function rowsOf(db: Db, landlord: string, { limit, before, viewId }: Page) {
  let query = db
    .selectFrom("support_acts")
    .leftJoin("accounts as actors", (join) =>
      join
        .onRef("actors.landlord", "=", "support_acts.landlord")
        .onRef("actors.id", "=", "support_acts.actor"),
    )
    .leftJoin("accounts as subjects", (join) =>
      join
        .onRef("subjects.landlord", "=", "support_acts.landlord")
        .onRef("subjects.id", "=", "support_acts.subject"),
    )
    .selectAll("support_acts")
    .select(["actors.email as actor_email", "subjects.email as subject_email"])
    .where("support_acts.landlord", "=", landlord);
  if (before !== null) query = query.where("support_acts.id", "<", before);
  if (viewId !== null) query = query.where("support_acts.view_id", "=", viewId);
  return query.orderBy("support_acts.id", "desc").limit(limit);
}

type Row = SupportActsTable & {
  readonly actor_email: string | null;
  readonly subject_email: string | null;
};

function actOf(cipher: Cipher, row: Row): KeptSupportAct {
  const { id, landlord, actor, act, subject, view_id, operation, operation_hash: hash } = row;
  return {
    id,
    landlord,
    actor,
    act,
    subject,
    reason: cipher.open(sealContext(id), row.reason),
    at: new Date(row.at),
    ...(view_id !== null && { view: { id: view_id, operation, hash } }),
    actorEmail: row.actor_email,
    subjectEmail: row.subject_email,
  };
}
