import type { FastifyReply } from "fastify";
import { Readable } from "node:stream";
import type { DocumentContent } from "../adapters/ports/documents.ts";
import { collectingPieces } from "./collect-pieces.ts";

/** A document, or another file that is made here. */
export type SentFile = Omit<DocumentContent, "mediaType"> & { readonly mediaType: string };

/** A client who takes nothing for so long has left without a word. */
const idleMs = 2 * 60_000;

/**
 * Streams a file to the client, no faster than it is taken, and closes `content.body` when the
 * client leaves. A connection on which nothing moved for `cutAfterMs` is cut.
 */
export function sendFile(
  reply: FastifyReply,
  content: SentFile,
  cutAfterMs = idleMs,
): FastifyReply {
  // RFC 8187 leaves fewer characters as they are than addresses do.
  const name = encodeURIComponent(content.fileName.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.codePointAt(0)!.toString(16).toUpperCase()}`,
  );
  const plain = content.fileName.normalize("NFD").replace(/[^\w. -]/g, "");
  void reply
    .header("content-type", content.mediaType)
    .header("content-disposition", `attachment; filename="${plain}"; filename*=UTF-8''${name}`)
    .header("cache-control", "no-store")
    .header("x-content-type-options", "nosniff")
    .header("content-security-policy", "sandbox; default-src 'none'");
  if (content.sizeBytes !== null) void reply.header("content-length", content.sizeBytes);
  reply.raw.setTimeout(cutAfterMs, () => reply.raw.destroy());
  return reply.send(Readable.from(collectingPieces(content.body), { objectMode: false }));
}
