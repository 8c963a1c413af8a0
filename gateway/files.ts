import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { GraphQLError } from "graphql";
import { openDocument, openLink } from "../subgraphs/documents/download.ts";
import { errorFor } from "../subgraphs/kernel/errors.ts";
import { incomingOf } from "../subgraphs/kernel/graphql-http.ts";
import { createLinkContext, type House } from "../subgraphs/kernel/request.ts";
import { sendFile } from "./send-file.ts";

interface FileRoute {
  Params: { landlord: string; link: string };
}

/** `GET /files/<landlord>/<link>`: streams a document from the ERP to whoever asked for its link. */
export function mountFiles(app: FastifyInstance, house: House): void {
  app.get<FileRoute>("/files/:landlord/:link", async (request, reply) => {
    try {
      const { context, documentId } = await contextOf(house, request, reply);
      return sendFile(reply, await openDocument(context, documentId));
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
