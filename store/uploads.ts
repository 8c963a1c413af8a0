/**
 * Files that people give, kept until their landlord's ERP has them: what is known of each. The
 * bytes lie in a folder, see `uploads/`.
 *
 * ```
 * start ──▶ STARTED ──receive──▶ RECEIVED ──attach──▶ ATTACHED ──release──▶ DONE
 *              │                     └── nobody named it in time ──────────▶ DONE
 *              └── no file came in time: forgotten
 * ```
 */
import { randomUUIDv7 } from "node:crypto";
import type { Cipher } from "./cipher.ts";
import { inTransaction, type Db } from "./database.ts";
import { createUploadRemains, type UploadRemains } from "./upload-remains.ts";
import {
  sealContext,
  uploadColumns,
  uploadOf,
  type Upload,
  type UploadPurpose,
} from "./upload-row.ts";

interface NewUpload {
  readonly accountId: string;
  readonly purpose: UploadPurpose;
  readonly fileName: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** Until when the file may come. */
  readonly expiresAt: Date;
}

interface ReceivedFile {
  readonly sizeBytes: number;
  readonly sha256: string;
  /** Its name in the folder, and the key that it is encrypted with. */
  readonly storedAs: string;
  readonly key: Uint8Array;
  /** So long it is kept for a change to name it. */
  readonly expiresAt: Date;
}

interface Attachment {
  readonly accountId: string;
  readonly purpose: UploadPurpose;
  readonly ids: readonly string[];
  readonly changeId: string;
}

export interface Uploads extends UploadRemains {
  start(landlord: string, upload: NewUpload): Promise<Upload>;
  /** How many the account has for which no change needs them: STARTED or RECEIVED, and in time. */
  countLoose(landlord: string, accountId: string): Promise<number>;
  /** Null for what does not exist. Whose it is, is for the caller to look at. */
  find(landlord: string, id: string): Promise<Upload | null>;
  /** Once: false when it has been received already, or does not wait for a file any more. */
  receive(landlord: string, id: string, file: ReceivedFile): Promise<boolean>;
  /**
   * Gives the files to a change, in the caller's transaction: the one in which the change is
   * submitted. The uploads in the order of `ids`; or null, and then none is attached, when one of
   * them is another account's, of another purpose, not received, expired, named twice, or another
   * change's. Calling it again for the same change answers the same.
   */
  attach(landlord: string, attachment: Attachment): Promise<Upload[] | null>;
  /**
   * The ERP has the change's files, or refused them: nobody can read them from now on. In the
   * caller's transaction: the one in which the change ends. What is left on the disk is removed by
   * the next sweep. How many there were.
   */
  release(landlord: string, changeId: string): Promise<number>;
}

export function createUploads(db: Db, now: () => Date, cipher: Cipher): Uploads {
  return {
    ...createUploadRemains(db, cipher),
    start: (landlord, upload) => start(db, cipher, landlord, upload),
    countLoose: (landlord, accountId) => countLoose(db, now().getTime(), landlord, accountId),
    find: async (landlord, id) => {
      const row = await of(db, landlord).where("id", "=", id).executeTakeFirst();
      return row ? uploadOf(cipher, row) : null;
    },
    receive: (landlord, id, file) => receive(db, cipher, landlord, id, file),
    attach: (landlord, attachment) =>
      inTransaction(db, (trx) => attach(trx, now().getTime(), cipher, landlord, attachment)),
    release: async (landlord, changeId) => {
      const { numUpdatedRows } = await db
        .updateTable("uploads")
        .set({ state: "DONE", stored_key: null, expires_at: now().getTime() })
        .where("landlord", "=", landlord)
        .where("change_id", "=", changeId)
        .where("state", "=", "ATTACHED")
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },
  };
}

const of = (db: Db, landlord: string) =>
  db.selectFrom("uploads").select(uploadColumns).where("landlord", "=", landlord);

async function start(db: Db, cipher: Cipher, landlord: string, upload: NewUpload): Promise<Upload> {
  const id = randomUUIDv7();
  const row = await db
    .insertInto("uploads")
    .values({
      landlord,
      id,
      account_id: upload.accountId,
      purpose: upload.purpose,
      file_name: cipher.seal(sealContext("name", { landlord, id }), upload.fileName),
      media_type: upload.mediaType,
      size_bytes: upload.sizeBytes,
      state: "STARTED",
      change_id: null,
      sha256: null,
      stored_as: null,
      stored_key: null,
      expires_at: upload.expiresAt.getTime(),
    })
    .returning(uploadColumns)
    .executeTakeFirstOrThrow();
  return uploadOf(cipher, row);
}

async function countLoose(
  db: Db,
  at: number,
  landlord: string,
  accountId: string,
): Promise<number> {
  const { count } = await db
    .selectFrom("uploads")
    .select((uploads) => uploads.fn.countAll().as("count"))
    .where("landlord", "=", landlord)
    .where("account_id", "=", accountId)
    .where("state", "in", ["STARTED", "RECEIVED"])
    .where("expires_at", ">", at)
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function receive(
  db: Db,
  cipher: Cipher,
  landlord: string,
  id: string,
  file: ReceivedFile,
): Promise<boolean> {
  const key = Buffer.from(file.key).toString("base64url");
  const { numUpdatedRows } = await db
    .updateTable("uploads")
    .set({
      state: "RECEIVED",
      size_bytes: file.sizeBytes,
      sha256: file.sha256,
      stored_as: file.storedAs,
      stored_key: cipher.seal(sealContext("key", { landlord, id }), key),
      expires_at: file.expiresAt.getTime(),
    })
    .where("landlord", "=", landlord)
    .where("id", "=", id)
    .where("state", "=", "STARTED")
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Takes what may be had, and gives it back when that is not all. */
async function attach(
  trx: Db,
  at: number,
  cipher: Cipher,
  landlord: string,
  { accountId, purpose, ids, changeId }: Attachment,
): Promise<Upload[] | null> {
  if (ids.length === 0) return [];
  if (new Set(ids).size !== ids.length) return null;
  const taken = await trx
    .updateTable("uploads")
    .set({ state: "ATTACHED", change_id: changeId })
    .where("landlord", "=", landlord)
    .where("id", "in", ids)
    .where("account_id", "=", accountId)
    .where("purpose", "=", purpose)
    .where("state", "=", "RECEIVED")
    .where("expires_at", ">", at)
    .returning("id")
    .execute();
  const rows = await of(trx, landlord)
    .where("id", "in", ids)
    .where("account_id", "=", accountId)
    .where("purpose", "=", purpose)
    .where("state", "=", "ATTACHED")
    .where("change_id", "=", changeId)
    .execute();
  if (rows.length === ids.length) {
    return ids.map((id) =>
      uploadOf(
        cipher,
        rows.find((row) => row.id === id)!,
      ),
    );
  }
  if (taken.length > 0) await giveBack(trx, landlord, taken);
  return null;
}

async function giveBack(trx: Db, landlord: string, taken: readonly { id: string }[]) {
  await trx
    .updateTable("uploads")
    .set({ state: "RECEIVED", change_id: null })
    .where("landlord", "=", landlord)
    .where(
      "id",
      "in",
      taken.map(({ id }) => id),
    )
    .execute();
}
