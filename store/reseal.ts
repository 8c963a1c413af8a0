/** Seals with the current secret what a former one sealed. */
import { sql } from "kysely";
import type { Cipher } from "./cipher.ts";
import type { Db } from "./database.ts";
import { sealedColumns, type SealedColumn } from "./sealed-columns.ts";

const batch = 200;

/** How many values were sealed anew. What is written meanwhile is sealed with the current one anyway. */
export async function reseal(db: Db, cipher: Cipher, signal?: AbortSignal): Promise<number> {
  let resealed = 0;
  for (const column of sealedColumns) {
    for (;;) {
      if (signal?.aborted) return resealed;
      const rows = await sealedBefore(db, cipher, column);
      for (const row of rows) resealed += await resealOne(db, cipher, column, row);
      if (rows.length < batch) break;
    }
  }
  return resealed;
}

type Row = Readonly<Record<string, string>>;

async function sealedBefore(db: Db, { sealedPrefix }: Cipher, of: SealedColumn): Promise<Row[]> {
  const columns = [...of.key, of.column].map((name) => sql.ref(name));
  const sealed = sql.ref(of.column);
  // Not `like`: the prefix may hold a wildcard.
  const { rows } = await sql<Row>`
    select ${sql.join(columns)} from ${sql.table(of.table)}
    where ${sealed} is not null and substr(${sealed}, 1, ${sealedPrefix.length}) <> ${sealedPrefix}
    limit ${batch}`.execute(db);
  return rows;
}

/** Only what is still there: whoever wrote something new in between has sealed that. */
async function resealOne(db: Db, cipher: Cipher, of: SealedColumn, row: Row): Promise<number> {
  const sealed = row[of.column]!;
  const context = of.context(row);
  const anew = cipher.seal(context, cipher.open(context, sealed));
  const same = [...of.key, of.column].map((name) => sql`${sql.ref(name)} = ${row[name]}`);
  const { numAffectedRows } = await sql`
    update ${sql.table(of.table)} set ${sql.ref(of.column)} = ${anew}
    where ${sql.join(same, sql` and `)}`.execute(db);
  return Number(numAffectedRows ?? 0n);
}
