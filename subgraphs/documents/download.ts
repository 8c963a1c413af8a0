import { documentContents, type DocumentContent } from "../../adapters/ports/documents.ts";
import type { RequestContext } from "../kernel/context.ts";
import { asGraphQLError, fail } from "../kernel/errors.ts";
import { fileLink, type FileLink } from "../kernel/file-links.ts";
import { usePort } from "../kernel/use-port.ts";
import { ownDocumentPlace } from "./documents.ts";

export function downloadLink(context: RequestContext, documentId: string): FileLink {
  usePort(context, documentContents);
  return fileLink(context, "files", documentId);
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
