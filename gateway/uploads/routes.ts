import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Readable } from "node:stream";
import type { Upload } from "../../store/upload-row.ts";
import { openUploadLink } from "../../subgraphs/documents/uploads/link.ts";
import type { RequestContext } from "../../subgraphs/kernel/context.ts";
import { incomingOf } from "../../subgraphs/kernel/graphql-http.ts";
import { createLinkContext, languageOf, type House } from "../../subgraphs/kernel/request.ts";
import { uploadId } from "../../subgraphs/kernel/uploads.ts";
import { Refusal } from "../../uploads/refusal.ts";
import type { UploadDesk } from "../../uploads/uploads.ts";
import { defect, refusals } from "./messages.ts";

interface UploadRoute {
  Params: { landlord: string; link: string };
  Body: Readable | undefined;
}

/** `PUT` or `POST /uploads/<landlord>/<link>`: takes the file for which somebody asked for the link. */
export async function mountUploads(
  app: FastifyInstance,
  house: House,
  desk: UploadDesk,
): Promise<void> {
  await app.register(async (scope) => {
    // Whatever type the sender claims: the bytes will tell.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    scope.route<UploadRoute>({
      method: ["PUT", "POST"],
      url: "/uploads/:landlord/:link",
      config: { takesFiles: true },
      handler: (request, reply) => take(house, desk, request, reply),
    });
  });
}

async function take(
  house: House,
  desk: UploadDesk,
  request: FastifyRequest<UploadRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  void reply.header("cache-control", "no-store");
  try {
    const { context, upload } = await asked(house, request, reply);
    const declared = Number(request.headers["content-length"] ?? upload.sizeBytes);
    if (declared > upload.sizeBytes) throw new Refusal("TOO_LARGE");
    const kept = await desk.receive(upload, request.body ?? nothing());
    const { mediaType, sizeBytes } = kept;
    return reply
      .status(201)
      .send({ upload: { id: uploadId(context, kept), mediaType, sizeBytes } });
  } catch (error) {
    return refuse(request, reply, error);
  }
}

/** The same refusal for a link that is none, is past its time, or whose session has ended. */
async function asked(
  house: House,
  request: FastifyRequest<UploadRoute>,
  reply: FastifyReply,
): Promise<{ context: RequestContext; upload: Upload }> {
  const { landlord, link } = request.params;
  const incoming = {
    ...incomingOf(request, reply),
    landlordHeader: landlord,
    authorization: undefined,
  };
  const found = await createLinkContext(house, incoming, (context) =>
    openUploadLink(context, link),
  );
  const upload = found && (await house.store.uploads.find(landlord, found.uploadId));
  if (upload?.accountId !== found?.context.viewer?.accountId || !upload || !found) {
    throw new Refusal("LINK_NOT_FOUND");
  }
  return { context: found.context, upload };
}

/** The rest of what was being sent is not waited for. */
function refuse(
  request: FastifyRequest<UploadRoute>,
  reply: FastifyReply,
  error: unknown,
): FastifyReply {
  const refusal = error instanceof Refusal ? error : null;
  if (!refusal || refusal.cause) request.log.warn({ err: error }, "a file was not taken");
  const { status, retryable, text } = refusal ? refusals[refusal.code] : defect;
  const { id: requestId, params } = request;
  const code = refusal?.code ?? "INTERNAL";
  const known = refusal?.code === "LINK_NOT_FOUND" ? null : params.landlord;
  if (!request.raw.complete) void reply.header("connection", "close");
  const message = text[languageOf(request.headers["accept-language"])];
  const extensions = { code, retryable, landlord: known, requestId };
  return reply.status(status).send({ errors: [{ message, extensions }] });
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
