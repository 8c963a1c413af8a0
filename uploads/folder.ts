/**
 * The folder in which the files lie, encrypted. A file is there under its name once it is whole and
 * on the disk; until then it has another name that nobody asks for. Names tell which process made
 * them, so that what a crash left behind can be told from what is just being written.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { Refusal } from "./refusal.ts";

export interface Folder {
  /** Writes all of it, or nothing. Resolves to its name once it would survive a power cut. */
  keep(bytes: AsyncIterable<Uint8Array>): Promise<string>;
  /** Writes it for as long as `use` reads it. */
  whileKept<T>(
    bytes: AsyncIterable<Uint8Array>,
    use: (read: () => AsyncIterable<Uint8Array>) => Promise<T>,
  ): Promise<T>;
  read(name: string): AsyncIterable<Uint8Array>;
  /** Nothing happens when it is not there. */
  remove(name: string): Promise<void>;
  /** Whole files, by name. */
  list(): Promise<string[]>;
  /** Removes half files that nobody writes any more. */
  removeHalves(now: Date): Promise<void>;
  /** Whether the process that made the file can still have something to do with it. */
  isYoung(name: string, now: Date): Promise<boolean>;
}

const half = ".part";
/** Longer than any upload takes: for files of other machines, whose processes cannot be looked at. */
const youngMs = 3_600_000;

const machine = createHash("sha256").update(hostname()).digest("hex").slice(0, 12);
const life = randomUUID();

/** `openFile`: as that of `node:fs/promises`. The folder is made when it is needed. */
export function createFolder(path: string, openFile: typeof open = open): Folder {
  const at = (name: string) => join(path, name);
  const remove = (name: string) => rm(at(name), { force: true });

  async function write(name: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    await mkdir(path, { recursive: true, mode: 0o700 });
    try {
      await using file = await openFile(at(name), "wx", 0o600);
      for await (const chunk of bytes) await writeAll(file, chunk);
      await file.sync();
    } catch (error) {
      await remove(name);
      throw isFull(error) ? new Refusal("STORAGE_FULL", { cause: error }) : error;
    }
  }

  const read = (name: string) => readPieces(at(name));
  const list = async (ending: (name: string) => boolean) => {
    const names = await readdir(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw error;
    });
    return names.filter((name) => nameForm.test(name) && ending(name));
  };
  const isYoung = async (name: string, now: Date) => {
    const alive = makerLives(name);
    if (alive === false) return false;
    const found = await stat(at(name)).catch(() => null);
    return found !== null && now.getTime() - found.mtimeMs < youngMs;
  };

  return {
    async keep(bytes) {
      const name = newName();
      await write(name + half, bytes);
      await rename(at(name + half), at(name));
      await syncFolder(path);
      return name;
    },
    async whileKept(bytes, use) {
      const name = newName() + half;
      await write(name, bytes);
      try {
        return await use(() => read(name));
      } finally {
        await remove(name);
      }
    },
    read,
    remove,
    list: () => list((name) => !name.endsWith(half)),
    async removeHalves(now) {
      for (const name of await list((each) => each.endsWith(half))) {
        if (!(await isYoung(name, now))) await remove(name);
      }
    },
    isYoung,
  };
}

const nameForm = /^[0-9a-f]{12}\.\d+\.[0-9a-f-]{36}\.[0-9a-f-]{36}(\.part)?$/;
const newName = () => [machine, process.pid, life, randomUUID()].join(".");

/** Null when it was made on another machine. */
function makerLives(name: string): boolean | null {
  const [madeOn, pid, itsLife] = name.split(".");
  if (madeOn !== machine) return null;
  if (Number(pid) === process.pid) return itsLife === life;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written);
    written += bytesWritten;
  }
}

async function* readPieces(path: string): AsyncGenerator<Uint8Array> {
  await using file = await open(path, "r");
  yield* file.createReadStream({ autoClose: false }) as AsyncIterable<Uint8Array>;
}

/** A new name is on the disk only when its folder is. */
async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, "r");
  await folder.sync();
}

const isFull = (error: unknown) =>
  ["ENOSPC", "EDQUOT"].includes((error as NodeJS.ErrnoException).code ?? "");
