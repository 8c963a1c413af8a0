/**
 * Makes a back-up: a folder with the store as of one moment, the files that people sent, and
 * `backup.json`. The house may run meanwhile. What is sealed stays sealed; the keys are not in it, nor
 * is the list of erasures, which must outlive it.
 */
import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { copyFiles, digestOf, flush, listFiles } from "./files.ts";
import { writeManifest, type Manifest } from "./manifest.ts";
import { dumpPostgres, readPostgres } from "./postgres.ts";
import { BackupProblem } from "./problem.ts";
import type { Environment } from "./run-tool.ts";
import { copySqlite, readSqlite } from "./sqlite.ts";

export interface BackupOptions {
  /** The folder to make: nothing is there yet. */
  readonly to: string;
  /** As `StoreOptions`. */
  readonly url: string;
  readonly uploadsFolder: string;
  readonly now: () => Date;
  /** For PostgreSQL's programs: where they are found. */
  readonly environment: Environment;
}

export interface Made {
  readonly madeAt: string;
  readonly bytes: number;
  readonly files: number;
  /** How many files that people sent should be there, and are not. */
  readonly missing: number;
}

/** The file of the store in a back-up of either kind. */
export const storeFile = { sqlite: "store.sqlite", postgres: "store.dump" } as const;
export const uploadsName = "files";

/** Whole and on the disk, or not there. Throws BackupProblem. */
export async function makeBackup(options: BackupOptions): Promise<Made> {
  const { to } = options;
  if (await exists(to)) throw new BackupProblem(`${to} is there already: name a new folder.`);
  const part = `${to}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true, mode: 0o700 });
  try {
    const made = await fill(part, options);
    await flush(part);
    await rename(part, to);
    await flush(dirname(to));
    return made;
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  }
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Files first, and again after the store: each that it names was there at one of both times, or is delivered. */
async function fill(part: string, options: BackupOptions): Promise<Made> {
  const { uploadsFolder, now } = options;
  const source = sourceOf(options);
  const uploads = join(part, uploadsName);
  const copyAll = async () => copyFiles(uploadsFolder, uploads, await listFiles(uploadsFolder));
  await copyAll();
  const madeAt = now().toISOString();
  const path = join(part, storeFile[source.kind]);
  await source.copy(path);
  const { files: needed, ...known } = await source.read();
  await copyAll();
  const copied = await listFiles(uploads);
  const files = await digestsOf(part, [
    storeFile[source.kind],
    ...copied.map((name) => `${uploadsName}/${name}`),
  ]);
  await writeManifest(part, { format: 1, madeAt, store: source.kind, ...known, files });
  const absent = needed.filter((name) => !copied.includes(name));
  // What was handed to the landlord meanwhile is needed no more.
  const still = absent.length === 0 ? [] : (await source.read()).files;
  const missing = absent.filter((name) => still.includes(name)).length;
  return { madeAt, bytes: (await stat(path)).size, files: copied.length, missing };
}

interface Source {
  readonly kind: Manifest["store"];
  copy(to: string): Promise<void>;
  /** `files`: names of those that somebody needs. */
  read(): Promise<Pick<Manifest, "migrations" | "sealed" | "server"> & { files: string[] }>;
}

function sourceOf({ url, environment }: BackupOptions): Source {
  const path = /^sqlite:(.+)$/.exec(url)?.[1];
  if (path === undefined) {
    return {
      kind: "postgres",
      copy: async (to) => {
        await writeFile(to, "", { mode: 0o600 });
        await dumpPostgres(url, to, environment);
        await flush(to);
      },
      read: () => readPostgres(url),
    };
  }
  return {
    kind: "sqlite",
    copy: (to) => copySqlite(path, to),
    read: async () => ({ ...readSqlite(path), server: null }),
  };
}

async function digestsOf(folder: string, paths: readonly string[]) {
  const digests: Record<string, string> = {};
  for (const path of paths) digests[path] = await digestOf(join(folder, path));
  return digests;
}
