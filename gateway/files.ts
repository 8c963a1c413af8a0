import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { GraphQLError } from "graphql";
import { openReceipt } from "../subgraphs/billing/pay/receipt.ts";
import { openExport } from "../subgraphs/identity/privacy/export.ts";
import { openDocument } from "../subgraphs/documents/download.ts";
import type { RequestContext } from "../subgraphs/kernel/context.ts";
import { errorFor } from "../subgraphs/kernel/errors.ts";
import { openFileLink, type FileRoute } from "../subgraphs/kernel/file-links.ts";
import { incomingOf } from "../subgraphs/kernel/graphql-http.ts";
import { namesActor, noteInView } from "../subgraphs/kernel/support-view.ts";
import { createLinkContext, type House } from "../subgraphs/kernel/request.ts";
import { sendFile, type SentFile } from "./send-file.ts";

interface Route {
  Params: { landlord: string; link: string };
}

type Open = (context: RequestContext, id: string) => Promise<SentFile>;

const routes: Readonly<Record<FileRoute, Open>> = {
  files: openDocument,
  receipts: openReceipt,
  exports: openExport,
};

/**
 * To whoever asked for the link: `GET /files/<landlord>/<link>` streams a document from the ERP,
 * `GET /receipts/<landlord>/<link>` gives the receipt of a payment on a provider's page,
 * `GET /exports/<landlord>/<link>` everything that is held of the account.
 */
export function mountFiles(app: FastifyInstance, house: House): void {
  for (const [route, open] of Object.entries(routes) as [FileRoute, Open][]) {
    app.get<Route>(`/${route}/:landlord/:link`, async (request, reply) => {
      try {
        const { context, id } = await contextOf(house, route, request, reply);
        return sendFile(reply, await open(context, id));
      } catch (error) {
        return refuse(request, reply, error);
      }
    });
  }
}

/** NOT_FOUND for a link that is none, is past its time, or whose session has ended: all the same. */
async function contextOf(
  house: House,
  route: FileRoute,
  request: FastifyRequest<Route>,
  reply: FastifyReply,
) {
  const { landlord, link } = request.params;
  const incoming = {
    ...incomingOf(request, reply),
    landlordHeader: landlord,
    authorization: undefined,
  };
  const open = (context: RequestContext) => openFileLink(context, route, link);
  const found = await createLinkContext(house, incoming, open, true);
  if (!found) {
    throw errorFor("NOT_FOUND", { language: "fr", landlord: null, requestId: request.id });
  }
  namesActor(request, found.context);
  await noteInView(found.context, { act: "VIEW_DOWNLOAD", operation: route, text: found.id });
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
