import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { GraphQLError } from "graphql";
import { Readable } from "node:stream";
import { openDocument, openLink } from "../subgraphs/documents/download.ts";
import type { RequestContext } from "../subgraphs/kernel/context.ts";
import { errorFor } from "../subgraphs/kernel/errors.ts";
import { incomingOf } from "../subgraphs/kernel/graphql-http.ts";
import { createLinkContext, type House } from "../subgraphs/kernel/request.ts";

interface FileRoute {
  Params: { landlord: string; link: string };
}

/** `GET /files/<landlord>/<link>`: streams a document from the ERP to whoever asked for its link. */
export function mountFiles(app: FastifyInstance, house: House): void {
  app.get<FileRoute>("/files/:landlord/:link", async (request, reply) => {
    try {
      const context = await contextOf(house, request, reply);
      return await send(reply, context);
    } catch (error) {
      return refuse(request, reply, error);
    }
  });
}

/** NOT_FOUND for a link that is none, is past its time, or whose session has ended: all the same. */
async function contextOf(house: House, request: FastifyRequest<FileRoute>, reply: FastifyReply) {
  const { landlord, link } = request.params;
  const incoming = {
    ...incomingOf(request, reply),
    landlordHeader: landlord,
    authorization: undefined,
  };
  const found = await createLinkContext(house, incoming, (context) => openLink(context, link));
  if (!found) {
    throw errorFor("NOT_FOUND", { language: "fr", landlord: null, requestId: request.id });
  }
  return found;
}

async function send(reply: FastifyReply, found: { context: RequestContext; documentId: string }) {
  const content = await openDocument(found.context, found.documentId);
  // RFC 8187 leaves fewer characters as they are than addresses do.
  const name = encodeURIComponent(content.fileName).replace(
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
  return reply.send(Readable.from(content.body, { objectMode: false }));
}

const statusOf: Record<string, number> = {
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  NOT_SUPPORTED: 404,
  TIMEOUT: 504,
};

function refuse(request: FastifyRequest, reply: FastifyReply, error: unknown) {
  const known = error instanceof GraphQLError ? error : null;
  const shown =
    known ?? errorFor("INTERNAL", { language: "fr", landlord: null, requestId: request.id });
  const code = String(shown.extensions["code"]);
  if (code === "INTERNAL") request.log.error({ err: error }, "a file could not be sent");
  const status = statusOf[code] ?? (code === "INTERNAL" ? 500 : 503);
  return reply
    .status(status)
    .header("cache-control", "no-store")
    .send({ errors: [{ message: shown.message, extensions: shown.extensions }] });
}
