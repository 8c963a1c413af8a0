/**
 * Links to files. A link holds the thing's id and the session that asked for it, sealed under the
 * landlord's key: it is worth something only while that session lives. Whose the thing is must be
 * checked again when the file is fetched.
 */
import type { RequestContext } from "./context.ts";
import { signedIn } from "./ownership.ts";

const linkMinutes = 5;

/** Which route of the gateway serves it, and so what the id in it is of. */
export type FileRoute = "files" | "receipts" | "exports";

const kinds: Readonly<Record<FileRoute, string>> = {
  files: "Download",
  receipts: "ReceiptLink",
  exports: "ExportLink",
};

export interface FileLink {
  readonly url: string;
  readonly expiresAt: string;
}

export function fileLink(context: RequestContext, route: FileRoute, id: string): FileLink {
  const { sessionId } = signedIn(context);
  const { ids, publicUrl, landlord, now } = context;
  const expiresAt = new Date(now().getTime() + linkMinutes * 60_000).toISOString();
  const sealed = ids.seal(kinds[route], id, sessionId, expiresAt);
  return { url: `${publicUrl}/${route}/${landlord.id}/${sealed}`, expiresAt };
}

export interface OpenedLink {
  readonly id: string;
  readonly sessionId: string;
}

/** What a link stands for; null when it is no link of this landlord's, or is past its time. */
export function openFileLink(
  { ids, now }: Pick<RequestContext, "ids" | "now">,
  route: FileRoute,
  sealed: string,
): OpenedLink | null {
  const [id, sessionId, expiresAt] = ids.open(kinds[route], sealed) ?? [];
  if (id === undefined || sessionId === undefined || expiresAt === undefined) return null;
  return now() < new Date(expiresAt) ? { id, sessionId } : null;
}
