/** Changes that were applied, to be asked for again: an ERP may have lost what it said it did. */
import { kept, keptColumns, open, type KeptChange } from "./change-row.ts";
import type { Cipher } from "./cipher.ts";
import type { Db } from "./database.ts";

export interface AppliedChange {
  readonly change: KeptChange;
  /** What the ERP got, as JSON; null when that has had its time. */
  readonly payload: string | null;
  /** Whether a later one of its kind and lane may have written over it. */
  readonly followed: boolean;
}

export interface ChangeReview {
  /** The landlord's changes that ended as applied at `since` or later, in the order of submission. */
  appliedSince(
    landlord: string,
    since: Date,
    page: { readonly limit: number; readonly after: string | null },
  ): Promise<AppliedChange[]>;
}

export function createChangeReview(db: Db, cipher: Cipher): ChangeReview {
  return {
    appliedSince: async (landlord, since, { limit, after }) => {
      const rows = await appliedSince(db, landlord, since, limit, after).execute();
      return rows.map((row) => ({
        change: kept(row),
        payload: row.payload && cipher.open(`change:${row.id}`, row.payload),
        // SQLite answers 0 or 1.
        followed: row.followed === true || Number(row.followed) === 1,
      }));
    },
  };
}

const appliedSince = (
  db: Db,
  landlord: string,
  since: Date,
  limit: number,
  after: string | null,
) => {
  const page = db
    .selectFrom("changes")
    .select([...keptColumns, "payload"])
    .select((of) =>
      of
        .exists(
          of
            .selectFrom("changes as later")
            .select("later.id")
            .whereRef("later.landlord", "=", "changes.landlord")
            .whereRef("later.lane", "=", "changes.lane")
            .whereRef("later.kind", "=", "changes.kind")
            .whereRef("later.lane_position", ">", "changes.lane_position")
            .where("later.status", "in", [...open, "APPLIED", "NEEDS_ATTENTION"]),
        )
        .as("followed"),
    )
    .where("changes.landlord", "=", landlord)
    .where("changes.status", "=", "APPLIED")
    .where("changes.ended_at", ">=", since.getTime())
    .orderBy("changes.id")
    .limit(limit);
  return after === null ? page : page.where("changes.id", ">", after);
};
