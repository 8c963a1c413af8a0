/**
 * Links to files. A link holds the document's id and the session that asked for it, sealed under the
 * landlord's key: it is worth something only while that session lives, and the ownership of the
 * document is checked again when the file is fetched.
 */
import { documentContents, type DocumentContent } from "../../adapters/ports/documents.ts";
import type { RequestContext } from "../kernel/context.ts";
import { asGraphQLError, fail } from "../kernel/errors.ts";
import { signedIn } from "../kernel/ownership.ts";
import { usePort } from "../kernel/use-port.ts";
import { ownDocumentPlace } from "./documents.ts";
import type { DownloadLink } from "./types.ts";

export const linkMinutes = 5;

export function downloadLink(context: RequestContext, documentId: string): DownloadLink {
  const { sessionId } = signedIn(context);
  usePort(context, documentContents);
  const expiresAt = new Date(context.now().getTime() + linkMinutes * 60_000).toISOString();
  const sealed = context.ids.seal("Download", documentId, sessionId, expiresAt);
  return { url: `${context.publicUrl}/files/${context.landlord.id}/${sealed}`, expiresAt };
}

export interface OpenedLink {
  readonly documentId: string;
  readonly sessionId: string;
}

/** What a link stands for; null when it is no link of this landlord's, or is past its time. */
export function openLink(
  context: Pick<RequestContext, "ids" | "now">,
  sealed: string,
): OpenedLink | null {
  const [documentId, sessionId, expiresAt] = context.ids.open("Download", sealed) ?? [];
  if (documentId === undefined || sessionId === undefined || expiresAt === undefined) return null;
  return context.now() < new Date(expiresAt) ? { documentId, sessionId } : null;
}

/** Opens the file for the viewer of `context`. NOT_FOUND for what is not theirs. */
export async function openDocument(
  context: RequestContext,
  documentId: string,
): Promise<DocumentContent> {
  const place = await ownDocumentPlace(context, documentId);
  if (!place) throw fail(context, "NOT_FOUND");
  try {
    const { signal, requestId } = context;
    return await usePort(context, documentContents).open(place, { signal, requestId });
  } catch (error) {
    throw asGraphQLError(context, error);
  }
}
