/**
 * Brings a back-up back where nothing is, and settles what nobody can know of the time since: see
 * `restored.ts`. Either all of it is done, or nothing can be started on what is there.
 */
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createCipher } from "../cipher.ts";
import type { Restored } from "../restored.ts";
import { assertSecret } from "../secret.ts";
import { openStore, type StoreOptions } from "../store.ts";
import { copyFiles, listFiles } from "./files.ts";
import { storeFile, uploadsName } from "./make.ts";
import { readManifest, type Manifest } from "./manifest.ts";
import { assertNoPostgres, undumpPostgres, unmark } from "./postgres.ts";
import { BackupProblem } from "./problem.ts";
import type { Environment } from "./run-tool.ts";
import { assertNoSqlite, placeSqlite } from "./sqlite.ts";

export interface RestoreOptions extends StoreOptions {
  readonly from: string;
  readonly uploadsFolder: string;
  /** For PostgreSQL's programs: where they are found. */
  readonly environment: Environment;
}

export interface BroughtBack extends Restored {
  /** Whatever was acknowledged later is not in it. */
  readonly madeAt: string;
  readonly files: number;
}

/** Throws BackupProblem, and an Error for a secret that is not the one of the back-up. */
export async function restoreBackup(options: RestoreOptions): Promise<BroughtBack> {
  const { from, url, uploadsFolder } = options;
  const manifest = await readManifest(from);
  assertSecret(createCipher(options.secret, options.formerSecrets), manifest.sealed);
  const path = /^sqlite:(.+)$/.exec(url)?.[1];
  const kind = path === undefined ? "postgres" : "sqlite";
  if (manifest.store !== kind) {
    throw new BackupProblem(
      `The back-up is of ${names[manifest.store]}, and TROUSSEAU_STORE names ${names[kind]}.`,
    );
  }
  if (path === undefined) await assertNoPostgres(url);
  else await assertNoSqlite(path);
  const files = uploadsOf(manifest);
  await assertOnly(files, uploadsFolder);
  await copyFiles(join(from, uploadsName), uploadsFolder, files);
  const settled = await (path === undefined
    ? intoPostgres(options, manifest)
    : intoSqlite(options, path));
  return { ...settled, madeAt: manifest.madeAt, files: files.length };
}

const names = { sqlite: "SQLite", postgres: "PostgreSQL" };

const uploadsOf = ({ files }: Manifest) =>
  Object.keys(files).flatMap((path) => {
    const [folder, name] = path.split("/");
    return folder === uploadsName && name !== undefined ? name : [];
  });

/** What is of this back-up may be there, from a restoring that was broken off. */
async function assertOnly(files: readonly string[], folder: string): Promise<void> {
  const others = (await listFiles(folder)).filter((name) => !files.includes(name));
  if (others.length === 0) return;
  throw new BackupProblem(
    `${folder} holds ${others.length} files already: nothing is mixed. Name another TROUSSEAU_UPLOADS, or move them away.`,
  );
}

async function intoSqlite(options: RestoreOptions, path: string): Promise<Restored> {
  await mkdir(dirname(path), { recursive: true });
  let settled: Restored | undefined;
  await placeSqlite(join(options.from, storeFile.sqlite), path, async (beside) => {
    settled = await settle({ ...options, url: `sqlite:${beside}` });
  });
  return settled!;
}

async function intoPostgres(options: RestoreOptions, { server }: Manifest): Promise<Restored> {
  const { url, from, environment } = options;
  await undumpPostgres(url, join(from, storeFile.postgres), { server, environment });
  const settled = await settle({ ...options, restoring: true });
  await unmark(url);
  return settled;
}

async function settle(options: StoreOptions): Promise<Restored> {
  const store = await openStore(options);
  try {
    return await store.settleRestored();
  } finally {
    await store.close();
  }
}
