/**
 * Files of a mutation. A mutation takes ids of uploads; look them up with `uploadedFiles` when it
 * prepares its change, and `attachFiles` in the transaction in which the change is kept: the files
 * then stay until the change has ended.
 */
import type { FileRef } from "../../adapters/ports/changes.ts";
import type { Upload, UploadPurpose } from "../../store/upload-row.ts";
import type { Store } from "../../store/store.ts";
import type { RequestContext } from "./context.ts";
import { signedIn } from "./ownership.ts";

const kind = "Upload";

export const uploadId = ({ ids }: RequestContext, { id }: Pick<Upload, "id">): string =>
  ids.seal(kind, id);

/**
 * The files behind the ids, in their order. Null when one of them is not the viewer's, is for another
 * purpose, has not come, or is past its time: all the same.
 */
export async function uploadedFiles(
  context: RequestContext,
  purpose: UploadPurpose,
  uploadIds: readonly string[],
): Promise<FileRef[] | null> {
  const { accountId } = signedIn(context);
  const files: FileRef[] = [];
  for (const sealed of uploadIds) {
    const [id] = context.ids.open(kind, sealed) ?? [];
    const upload =
      id === undefined ? null : await context.store.uploads.find(context.landlord.id, id);
    const own = upload?.accountId === accountId && upload.purpose === purpose;
    if (!own || upload.state !== "RECEIVED" || upload.expiresAt <= context.now()) return null;
    files.push(refOf(upload));
  }
  return files;
}

/** Gives the files to the change, all or none. False: meanwhile another change has one of them. */
export async function attachFiles(
  context: RequestContext,
  store: Store,
  purpose: UploadPurpose,
  files: readonly FileRef[],
  changeId: string,
): Promise<boolean> {
  const { accountId } = signedIn(context);
  const ids = files.map(({ uploadId }) => uploadId);
  const attachment = { accountId, purpose, ids, changeId };
  return (await store.uploads.attach(context.landlord.id, attachment)) !== null;
}

/** How a change names the file to an adapter. */
const refOf = ({ id, fileName, mediaType, sizeBytes }: Upload): FileRef => ({
  uploadId: id,
  fileName,
  mediaType: mediaType as FileRef["mediaType"],
  sizeBytes,
});
