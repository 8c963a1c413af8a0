/** Seals with the current secret what a former one sealed. */
import { sql } from "kysely";
import { openedIfAny, type Cipher } from "./cipher.ts";
import type { Db } from "./database.ts";
import { sealedColumns, type SealedColumn } from "./sealed-columns.ts";

const batch = 200;

/** Values that no secret at hand opens: of which columns, and how many. All others have been sealed anew. */
export class Unopened extends Error {
  constructor(columns: ReadonlyMap<string, number>) {
    const list = [...columns].map(([name, count]) => `${name}: ${count}`).join(", ");
    super(`Some values can be opened with none of the secrets given (${list}).`);
    this.name = "Unopened";
  }
}

/**
 * How many values were sealed anew. What is written meanwhile with the current secret needs nothing;
 * what a process with a former one writes is found the next time. Throws `Unopened` at the end.
 */
export async function reseal(db: Db, cipher: Cipher, signal?: AbortSignal): Promise<number> {
  let resealed = 0;
  const unopened = new Map<string, number>();
  for (const column of sealedColumns) {
    for (let rows = await sealedBefore(db, cipher, column, null); rows.length > 0;) {
      for (const row of rows) {
        if (signal?.aborted) return resealed;
        const done = await resealOne(db, cipher, column, row);
        if (done !== null) resealed += done;
        else count(unopened, `${column.table}.${column.column}`);
      }
      rows = await sealedBefore(db, cipher, column, rows.at(-1)!);
    }
  }
  if (unopened.size > 0) throw new Unopened(unopened);
  return resealed;
}

const count = (of: Map<string, number>, name: string) => of.set(name, (of.get(name) ?? 0) + 1);

type Row = Readonly<Record<string, string>>;

/** In the order of the key, those after `last`. */
async function sealedBefore(
  db: Db,
  { sealedPrefix }: Cipher,
  of: SealedColumn,
  last: Row | null,
): Promise<Row[]> {
  const key = sql.join(of.key.map((name) => sql.ref(name)));
  const sealed = sql.ref(of.column);
  const after = last ? sql`and (${key}) > (${sql.join(of.key.map((name) => last[name]))})` : sql``;
  // Not `like`: the prefix may hold a wildcard.
  const { rows } = await sql<Row>`
    select ${key}, ${sealed} from ${sql.table(of.table)}
    where ${sealed} is not null and substr(${sealed}, 1, ${sealedPrefix.length}) <> ${sealedPrefix} ${after}
    order by ${key} limit ${batch}`.execute(db);
  return rows;
}

/** Only what is still there: whoever wrote something new in between has sealed that. Null: not to be opened. */
async function resealOne(
  db: Db,
  cipher: Cipher,
  of: SealedColumn,
  row: Row,
): Promise<number | null> {
  const sealed = row[of.column]!;
  const context = of.context(row);
  const plain = openedIfAny(cipher, context, sealed);
  if (plain === null) return null;
  const anew = cipher.seal(context, plain);
  const same = [...of.key, of.column].map((name) => sql`${sql.ref(name)} = ${row[name]}`);
  const { numAffectedRows } = await sql`
    update ${sql.table(of.table)} set ${sql.ref(of.column)} = ${anew}
    where ${sql.join(same, sql` and `)}`.execute(db);
  return Number(numAffectedRows ?? 0n);
}
