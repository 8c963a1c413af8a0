import { createHash } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { chmod, copyFile, mkdir, open, readdir, rename } from "node:fs/promises";
import { join } from "node:path";

/** How a file is named while it is being written, here and in the folder of uploads. */
const half = ".part";

/** On the disk: the file or the folder itself, with the names in it. */
export async function flush(path: string): Promise<void> {
  await using file = await open(path, "r");
  await file.sync();
}

export async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path)) hash.update(piece as Uint8Array);
  return hash.digest("base64url");
}

/** Whole files by name; those that are just being written end otherwise. None where there is no folder. */
export async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith(half))
    .map(({ name }) => name);
}

/** Copies what is not there yet, and flushes it. What goes meanwhile is left out. */
export async function copyFiles(from: string, to: string, names: readonly string[]): Promise<void> {
  const there = new Set(await listFiles(to));
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const name of names.filter((each) => !there.has(each))) {
    try {
      await copyOne(join(from, name), join(to, name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
  await flush(to);
}

/** Readable by its owner only, and on the disk; whole, or not under that name. */
export async function copyOne(from: string, to: string): Promise<void> {
  const part = `${to}${half}`;
  await copyFile(from, part, constants.COPYFILE_FICLONE);
  await chmod(part, 0o600);
  await flush(part);
  await rename(part, to);
}
