/** What holds for every HTTP request, whatever its route. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Socket } from "node:net";
import { sendUnreadable } from "./http-refusals.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The route sees itself to bodies that are slow. */
    takesFiles?: boolean;
  }
}

/**
 * For answers whose route says nothing else: they are data of somebody, and no page. `secure`: clients
 * come by https, and are to come by nothing else from then on.
 */
export function sendSafeHeaders(app: FastifyInstance, secure: boolean): void {
  const headers = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    ...(secure && { "strict-transport-security": "max-age=31536000" }),
  };
  app.addHook("onRequest", async (_request, reply) => {
    void reply.headers(headers);
  });
}

/** Of two hosts, a proxy in front may believe the one and this server the other. */
export function refuseTwoHosts(app: FastifyInstance): void {
  app.addHook("onRequest", async (request, reply) => {
    const { url = "", headers, rawHeaders } = request.raw;
    const hosts = rawHeaders.filter((text, i) => i % 2 === 0 && text.toLowerCase() === "host");
    // A proxy asks for `http://host/path`.
    const named = URL.canParse(url) ? new URL(url).host : headers.host?.toLowerCase();
    if (hosts.length < 2 && named === headers.host?.toLowerCase()) return undefined;
    return sendUnreadable(request, reply, 400);
  });
}

/**
 * Bodies come as they are, in UTF-8: what is compressed may be a thousand times as large as what is
 * counted, and another charset would be read wrongly.
 */
export function refuseForeignBodies(app: FastifyInstance): void {
  app.addHook("onRequest", async (request, reply) => {
    if (hasBody(request) && (isCompressed(request) || isOtherCharset(request))) {
      return sendUnreadable(request, reply, 415);
    }
    return undefined;
  });
}

const hasBody = ({ raw: { headers } }: FastifyRequest) =>
  "content-length" in headers || "transfer-encoding" in headers;

const isCompressed = ({ headers }: FastifyRequest) =>
  (headers["content-encoding"] ?? "identity").trim().toLowerCase() !== "identity" ||
  (headers["transfer-encoding"] ?? "chunked").trim().toLowerCase() !== "chunked";

function isOtherCharset({ headers, routeOptions }: FastifyRequest): boolean {
  if (routeOptions.config?.takesFiles) return false;
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(headers["content-type"] ?? "")?.[1];
  return charset !== undefined && !/^utf-?8$/i.test(charset);
}

/** Whoever sends a body drop by drop holds a connection: it is cut. */
export function cutSlowBodies(app: FastifyInstance, bodyMs: number): void {
  app.addHook("onRequest", async (request) => {
    const { raw, routeOptions } = request;
    const { socket } = raw;
    // Tests inject requests without one.
    if (!(socket instanceof Socket)) return;
    if (!hasBody(request) || routeOptions.config?.takesFiles) return;
    const timer = setTimeout(() => {
      if (!raw.complete) socket.destroy();
    }, bodyMs);
    // Of the request: an answer that did not wait for the body ends earlier.
    raw.once("close", () => clearTimeout(timer));
  });
}

/** How often it is looked within a silence. */
const looks = 10;

/**
 * Nor may anybody ask and then take nothing of the answer: it is cut. What they send meanwhile counts
 * for nothing.
 */
export function cutDeafClients(app: FastifyInstance, silenceMs: number): void {
  app.addHook("onSend", async (_request, reply) => {
    const { socket } = reply.raw;
    if (!(socket instanceof Socket)) return;
    let taken = -1;
    let unchanged = 0;
    const look = setInterval(() => {
      // It may have ended before this began.
      if (reply.raw.closed || socket.destroyed) return clearInterval(look);
      unchanged = socket.bytesWritten === taken ? unchanged + 1 : 0;
      taken = socket.bytesWritten;
      if (unchanged >= looks) socket.destroy();
      return undefined;
    }, silenceMs / looks);
    reply.raw.once("close", () => clearInterval(look));
  });
}

/**
 * Once the request has been answered, or its client has gone: be it before this is asked, as of those who
 * ask a lot and do not wait for their turn.
 */
export function whenOver({ raw }: FastifyReply, hear: () => void): void {
  if (raw.destroyed) hear();
  else raw.once("close", hear);
}
