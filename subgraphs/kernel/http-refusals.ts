/** What is answered where no route has its say: JSON in the form of GraphQL, no stack, no path. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Socket } from "node:net";
import { leavingTable, textOf, type LeavingCode } from "./errors.ts";
import { languageOf } from "./request.ts";

/** One error in the form in which all errors leave. The request's own text unless another is given. */
export const refusalBody = (code: LeavingCode, requestId: string, message: string) => ({
  errors: [
    {
      message,
      extensions: { code, retryable: leavingTable[code].retryable, landlord: null, requestId },
    },
  ],
});

/** Answers in the client's language. `retryAfter`: seconds. */
export function sendRefusal(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  code: LeavingCode,
  retryAfter?: number,
): FastifyReply {
  if (retryAfter !== undefined) void reply.header("retry-after", retryAfter);
  const text = textOf(code, languageOf(request.headers["accept-language"]));
  return reply.status(status).send(refusalBody(code, request.id, text));
}

/** For whoever writes a client. */
export function sendUnreadable(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
): FastifyReply {
  if (status === 413) return sendRefusal(request, reply, status, "TOO_LARGE");
  const text = "The request cannot be read.";
  return reply.status(status).send(refusalBody("INVALID_INPUT", request.id, text));
}

/** Whatever fails before a route has its say, or within one. */
export function refuseInJson(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) =>
    reply
      .status(404)
      .send(refusalBody("NOT_FOUND", request.id, "There is nothing at this address.")),
  );
  app.setErrorHandler<{ statusCode?: number; message: string }>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return sendUnreadable(request, reply, status);
    request.log.error({ err: error }, "a route failed");
    const text = "Something went wrong on our side.";
    return reply.status(500).send(refusalBody("INTERNAL", request.id, text));
  });
}

const statusOf: Record<string, string> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

/** What Node could not even read as HTTP. The connection ends with the answer. */
export function refuseOnSocket(error: { readonly code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const body = JSON.stringify(refusalBody("INVALID_INPUT", "", "The request cannot be read."));
  socket.end(
    [
      `HTTP/1.1 ${statusOf[error.code ?? ""] ?? "400 Bad Request"}`,
      "content-type: application/json; charset=utf-8",
      `content-length: ${Buffer.byteLength(body)}`,
      "connection: close",
      "",
      body,
    ].join("\r\n"),
  );
}
