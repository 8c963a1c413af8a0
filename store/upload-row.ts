import type { Cipher } from "./cipher.ts";

/** What a file is given for. */
export const uploadPurposes = ["INSURANCE_CERTIFICATE", "REQUEST_PHOTO", "TAX_NOTICE"] as const;
export type UploadPurpose = (typeof uploadPurposes)[number];

/**
 * STARTED: there is a link, and no file yet. RECEIVED: checked and kept; whoever gave it may name it
 * in a change. ATTACHED: a change needs it. DONE: nobody needs it, it cannot be read any more, and
 * what is left of it on the disk is to be removed.
 */
export type UploadState = "STARTED" | "RECEIVED" | "ATTACHED" | "DONE";

export interface UploadsTable {
  landlord: string;
  id: string;
  account_id: string;
  purpose: UploadPurpose;
  /** Sealed: people name files after themselves. */
  file_name: string;
  media_type: string;
  /** As declared; once received, of what is kept. */
  size_bytes: number;
  state: UploadState;
  change_id: string | null;
  /** In base64url, of what is kept. */
  sha256: string | null;
  /** The name in the folder of uploads; null when there is nothing on the disk. */
  stored_as: string | null;
  /** The file's own key, sealed; gone with the need for the file. */
  stored_key: string | null;
  /** When it is no longer kept; of no meaning while ATTACHED. */
  expires_at: number;
}

export interface Upload {
  readonly landlord: string;
  readonly id: string;
  readonly accountId: string;
  readonly purpose: UploadPurpose;
  readonly fileName: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly state: UploadState;
  readonly sha256: string | null;
  readonly changeId: string | null;
  readonly expiresAt: Date;
}

export const uploadColumns = [
  "landlord",
  "id",
  "account_id",
  "purpose",
  "file_name",
  "media_type",
  "size_bytes",
  "state",
  "change_id",
  "sha256",
  "expires_at",
] as const;

type Row = Pick<UploadsTable, (typeof uploadColumns)[number]>;
type Place = Pick<Upload, "landlord" | "id">;

/** What is sealed of an upload is bound to that upload. */
export const sealContext = (what: "name" | "key", { landlord, id }: Place) =>
  `upload ${what}:${landlord}:${id}`;

export function uploadOf(cipher: Cipher, row: Row): Upload {
  return {
    landlord: row.landlord,
    id: row.id,
    accountId: row.account_id,
    purpose: row.purpose,
    fileName: cipher.open(sealContext("name", row), row.file_name),
    mediaType: row.media_type,
    sizeBytes: row.size_bytes,
    state: row.state,
    sha256: row.sha256,
    changeId: row.change_id,
    expiresAt: new Date(row.expires_at),
  };
}
