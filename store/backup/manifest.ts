/** What a back-up says of itself: `backup.json` in its folder. Without it, it is none. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { migrationNames } from "../migrations.ts";
import { digestOf, flush } from "./files.ts";
import { BackupProblem } from "./problem.ts";

export const manifestName = "backup.json";

const Manifest = z.object({
  format: z.literal(1),
  /** Whatever was acknowledged before is in it. */
  madeAt: z.iso.datetime(),
  store: z.enum(["sqlite", "postgres"]),
  /** The version of PostgreSQL's server: `15`; null for SQLite. */
  server: z.int().nullable(),
  migrations: z.array(z.string()),
  /** By which the right secret is known; see `secret.ts`. */
  sealed: z.string(),
  /** By its path in the folder: the SHA-256 of each file. */
  files: z.record(z.string(), z.string()),
});
export type Manifest = z.infer<typeof Manifest>;

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const path = join(folder, manifestName);
  await writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
  await flush(path);
}

/** Throws BackupProblem for what is no back-up, not whole, or of a newer version than this one. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, manifestName), "utf8").catch(() => null);
  if (text === null) throw new BackupProblem(`${folder} is no back-up: it has no ${manifestName}.`);
  const manifest = Manifest.safeParse(parsed(text));
  if (!manifest.success) {
    throw new BackupProblem(`${join(folder, manifestName)} is not what store backup writes.`);
  }
  const newer = manifest.data.migrations.filter((name) => !migrationNames.includes(name));
  if (newer.length > 0) {
    throw new BackupProblem(
      `A newer version made this back-up (${newer.join(", ")}): restore it with that version.`,
    );
  }
  await checkFiles(folder, manifest.data);
  return manifest.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function checkFiles(folder: string, { files }: Manifest): Promise<void> {
  for (const [path, digest] of Object.entries(files)) {
    const found = await digestOf(join(folder, path)).catch(() => null);
    if (found === digest) continue;
    const what = found === null ? "is missing" : "is not as it was written";
    throw new BackupProblem(`The back-up is damaged: ${path} ${what}. Take another one.`);
  }
}
