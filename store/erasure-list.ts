/**
 * The list of erasures outside of the database, in a file of one hash a line: a restored back-up of
 * the database brings back who was erased since, and not this. Back it up apart from the database.
 */
import { mkdir, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Store } from "./store.ts";

export interface ErasureList {
  /**
   * Erases again what a restored back-up brought back, and adds to the file what only the database
   * knows. How many were erased again. Call it before anything is served, and after each erasure.
   */
  apply(store: Store): Promise<number>;
}

/** `mustBeSent`: as for `store.erasures.erase`. */
export function createErasureList(path: string, mustBeSent: readonly string[]): ErasureList {
  let before: Promise<unknown> = Promise.resolve();
  return {
    apply: (store) => {
      const mine = before.catch(() => {}).then(() => apply(path, mustBeSent, store));
      before = mine;
      return mine;
    },
  };
}

async function apply(path: string, mustBeSent: readonly string[], store: Store): Promise<number> {
  const listed = await read(path);
  const again = await store.erasures.eraseAgain(listed, { mustBeSent });
  const known = new Set(listed);
  const fresh = (await store.erasures.list()).filter((hash) => !known.has(hash));
  if (fresh.length > 0) await append(path, fresh);
  return again;
}

const isHash = (line: string) => /^[\w-]{43}$/.test(line);

async function read(path: string): Promise<string[]> {
  try {
    return (await readFile(path, "utf8")).split("\n").filter(isHash);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** Begins with a line break: what a crash left half of a line of stays a line of its own. */
async function append(path: string, hashes: readonly string[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await using file = await open(path, "a", 0o600);
  await file.appendFile(`\n${hashes.join("\n")}\n`);
  await file.sync();
}
