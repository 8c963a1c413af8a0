/** Which of the things that were promised elsewhere the store knows; see `trousseau store missing`. */
import type { ChangeStatus } from "./change-row.ts";
import type { Db } from "./database.ts";

export interface Known {
  /** Where those that are known stand. */
  changes(ids: readonly string[]): Promise<ReadonlyMap<string, ChangeStatus>>;
  /** Those of which the provider's page is known, so that it can be asked. */
  begunPayments(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** How the landlords' systems name the persons of those accounts that there are. */
  persons(accountIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
}

export function createKnown(db: Db): Known {
  return {
    changes: async (ids) => {
      const rows = await inPieces(ids, (some) =>
        db.selectFrom("changes").select(["id", "status"]).where("id", "in", some).execute(),
      );
      return new Map(rows.map(({ id, status }) => [id, status]));
    },
    begunPayments: async (ids) => {
      const rows = await inPieces(ids, (some) =>
        db
          .selectFrom("payments")
          .select("id")
          .where("id", "in", some)
          .where("provider_reference", "is not", null)
          .execute(),
      );
      return new Set(rows.map(({ id }) => id));
    },
    persons: async (accountIds) => {
      const rows = await inPieces(accountIds, (some) =>
        db
          .selectFrom("account_persons")
          .select(["account_id", "person_key"])
          .where("account_id", "in", some)
          .orderBy("person_key")
          .execute(),
      );
      const keys = Map.groupBy(rows, (row) => row.account_id);
      return new Map([...keys].map(([id, of]) => [id, of.map((row) => row.person_key)]));
    },
  };
}

const piece = 500;

async function inPieces<Row>(
  keys: readonly string[],
  ask: (some: string[]) => Promise<Row[]>,
): Promise<Row[]> {
  const found: Row[] = [];
  for (let at = 0; at < keys.length; at += piece) {
    found.push(...(await ask(keys.slice(at, at + piece))));
  }
  return found;
}
