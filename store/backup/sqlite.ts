/** A file of SQLite, copied while others write to it. */
import { existsSync } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { copyOne, flush } from "./files.ts";
import { BackupProblem } from "./problem.ts";

const waitMs = 10_000;

/** What the tables are as of one moment, without what was deleted; others may write meanwhile. */
export async function copySqlite(path: string, to: string): Promise<void> {
  await using empty = await open(to, "wx", 0o600);
  reading(path, (database) => database.prepare("vacuum into ?").run(to));
  await empty.sync();
  checkSqlite(to);
}

function checkSqlite(path: string): void {
  reading(path, (database) => {
    const [found] = Object.values(database.prepare("pragma integrity_check").get() ?? {});
    const strays = database.prepare("pragma foreign_key_check").all().length;
    if (found === "ok" && strays === 0) return;
    throw new BackupProblem(
      "The copy of SQLite's file is damaged, and so may the file be: run trousseau doctor.",
    );
  });
}

/** What else a back-up must know of the store. */
export const readSqlite = (path: string) =>
  reading(path, (database) => {
    const column = (query: string) =>
      database
        .prepare(query)
        .all()
        .map((row) => String(Object.values(row)[0]));
    return {
      migrations: column("select name from kysely_migration order by name"),
      sealed: column("select sealed from secret_check")[0]!,
      files: column("select stored_as from uploads where state in ('RECEIVED', 'ATTACHED')"),
    };
  });

function reading<T>(path: string, work: (database: DatabaseSync) => T): T {
  if (!existsSync(path)) throw new BackupProblem(`There is no store at ${path}.`);
  const database = new DatabaseSync(path, { readOnly: true, timeout: waitMs });
  try {
    return work(database);
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ERR_SQLITE_ERROR") throw error;
    throw new BackupProblem(`${path} cannot be read: ${(error as Error).message}.`);
  } finally {
    database.close();
  }
}

/** Throws BackupProblem where anything is: a journal of another file would be played into this one. */
export async function assertNoSqlite(path: string): Promise<void> {
  const sizes = await Promise.all(
    [path, `${path}-wal`, `${path}-shm`, `${path}-journal`].map((each) =>
      stat(each).then(
        ({ size }) => ({ each, size }),
        () => null,
      ),
    ),
  );
  const found = sizes.find((one) => one && (one.size > 0 || one.each !== path));
  if (!found) return;
  throw new BackupProblem(`${found.each} is there already: nothing is written over. Move it away.`);
}

/** Puts the copy in its place once `settle` is done with it, whole or not at all. */
export async function placeSqlite(
  copy: string,
  path: string,
  settle: (path: string) => Promise<void>,
): Promise<void> {
  const beside = `${path}.restoring`;
  const removeAll = () =>
    Promise.all(["", ".part", "-wal", "-shm"].map((end) => rm(beside + end, { force: true })));
  await removeAll();
  try {
    await copyOne(copy, beside);
    await settle(beside);
    // The last to close a file leaves no journal beside it.
    if (existsSync(`${beside}-wal`)) throw new BackupProblem(`Somebody else uses ${beside}.`);
    await flush(beside);
    await rename(beside, path);
    await flush(dirname(path));
  } catch (error) {
    await removeAll();
    throw error;
  }
}
