/** Where the bytes of uploads lie, and which of them are to go. For `uploads/` alone. */
import { SealError, type Cipher } from "./cipher.ts";
import { inTransaction, type Db } from "./database.ts";
import { sealContext } from "./upload-row.ts";

interface StoredFile {
  /** Its name in the folder. */
  readonly storedAs: string;
  readonly key: Uint8Array;
}

export interface UploadRemains {
  /** The file of an upload that is RECEIVED or ATTACHED; else null. */
  stored(landlord: string, id: string): Promise<StoredFile | null>;
  /** Those of `names` that are of an upload that is known. */
  known(names: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Ends what has had its time: no file came, or nobody named it in a change. Nothing that a change
   * needs. Rows of what has been removed go after a month.
   */
  expire(now: Date): Promise<void>;
  /** Names of files that nobody needs any more. */
  done(): Promise<string[]>;
  /** Such a file is no longer on the disk. */
  removed(storedAs: string): Promise<void>;
}

const hourMs = 3_600_000;
/** A file may still be coming when the time of its link is over. */
const startedGraceMs = hourMs;
const doneMs = 30 * 24 * hourMs;

export function createUploadRemains(db: Db, cipher: Cipher): UploadRemains {
  return {
    stored: (landlord, id) => stored(db, cipher, landlord, id),
    known: async (names) => {
      if (names.length === 0) return new Set();
      const rows = await db
        .selectFrom("uploads")
        .select("stored_as")
        .where("stored_as", "in", [...names])
        .execute();
      return new Set(rows.flatMap((row) => row.stored_as ?? []));
    },
    expire: (now) => inTransaction(db, (trx) => expire(trx, now.getTime())),
    done: async () => {
      const rows = await db
        .selectFrom("uploads")
        .select("stored_as")
        .where("state", "=", "DONE")
        .where("stored_as", "is not", null)
        .limit(10_000)
        .execute();
      return rows.flatMap((row) => row.stored_as ?? []);
    },
    removed: async (storedAs) => {
      await db
        .updateTable("uploads")
        .set({ stored_as: null })
        .where("stored_as", "=", storedAs)
        .where("state", "=", "DONE")
        .execute();
    },
  };
}

async function stored(
  db: Db,
  cipher: Cipher,
  landlord: string,
  id: string,
): Promise<StoredFile | null> {
  const row = await db
    .selectFrom("uploads")
    .select(["stored_as", "stored_key"])
    .where("landlord", "=", landlord)
    .where("id", "=", id)
    .where("state", "in", ["RECEIVED", "ATTACHED"])
    .executeTakeFirst();
  if (!row) return null;
  if (row.stored_as === null || row.stored_key === null) {
    throw new SealError("An upload was received, and its key is not there.");
  }
  const key = cipher.open(sealContext("key", { landlord, id }), row.stored_key);
  return { storedAs: row.stored_as, key: Buffer.from(key, "base64url") };
}

async function expire(trx: Db, at: number): Promise<void> {
  await trx
    .deleteFrom("uploads")
    .where("state", "=", "STARTED")
    .where("expires_at", "<=", at - startedGraceMs)
    .execute();
  await trx
    .updateTable("uploads")
    .set({ state: "DONE", stored_key: null })
    .where("state", "=", "RECEIVED")
    .where("expires_at", "<=", at)
    .execute();
  await trx
    .deleteFrom("uploads")
    .where("state", "=", "DONE")
    .where("stored_as", "is", null)
    .where("expires_at", "<=", at - doneMs)
    .execute();
}
