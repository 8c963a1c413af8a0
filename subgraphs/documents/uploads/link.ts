/** Links to send a file to: sealed under the landlord's key, good while the session lives. */
import type { RequestContext } from "../../kernel/context.ts";

export const linkMinutes = 10;
const kind = "UploadLink";

export const sealUploadLink = (
  { ids, publicUrl, landlord }: RequestContext,
  id: string,
  sessionId: string,
  expiresAt: Date,
): string =>
  `${publicUrl}/uploads/${landlord.id}/${ids.seal(kind, id, sessionId, expiresAt.toISOString())}`;

export interface OpenedUploadLink {
  readonly uploadId: string;
  readonly sessionId: string;
}

/** What a link stands for; null when it is no link of this landlord's, or is past its time. */
export function openUploadLink(
  { ids, now }: Pick<RequestContext, "ids" | "now">,
  sealed: string,
): OpenedUploadLink | null {
  const [uploadId, sessionId, expiresAt] = ids.open(kind, sealed) ?? [];
  if (uploadId === undefined || sessionId === undefined || expiresAt === undefined) return null;
  return now() < new Date(expiresAt) ? { uploadId, sessionId } : null;
}
