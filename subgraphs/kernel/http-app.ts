import fastify, { LogController, type FastifyInstance, type FastifyRequest } from "fastify";
import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import type { Socket } from "node:net";
import type { Logger } from "pino";
import {
  cutDeafClients,
  cutSlowBodies,
  refuseForeignBodies,
  refuseTwoHosts,
  sendSafeHeaders,
} from "./http-guards.ts";
import { refuseInJson, refuseOnSocket, sendUnreadable } from "./http-refusals.ts";
import { hostOf, type House } from "./request.ts";

/**
 * Whom to believe `x-forwarded-for`: nobody, so many proxies in a row, or those at these addresses.
 * Never everybody: a client would choose the address that it is counted by.
 */
export type TrustProxy = false | number | readonly string[];

export interface HttpAppOptions {
  /** Whose landlords the log may name, and whether clients reach it by https. */
  readonly house: Pick<House, "landlords" | "publicUrl">;
  readonly log: Logger;
  readonly trustProxy: TrustProxy;
  /**
   * How long a request may take to come in, and its client to take anything of the answer. Files, on
   * the routes that take them, may come slower.
   */
  readonly bodyMs?: number;
}

/** An HTTP server without routes, the same for the gateway and for a subgraph that is served alone. */
export function createHttpApp(options: HttpAppOptions): FastifyInstance {
  const { house, log, trustProxy, bodyMs = usualBodyMs } = options;
  const app = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: believed(trustProxy),
    genReqId: () => randomUUID(),
    bodyLimit: 256 * 1024,
    // Room for a download link, which is sealed and longer than the 100 that Fastify allows.
    routerOptions: { maxParamLength: 1000 },
    requestTimeout: longestBodyMs,
    maxRequestsPerSocket: 1_000,
    // Longer than the proxies that usually stand in front keep theirs: they must be the first to close.
    keepAliveTimeout: 75_000,
    // Node looks for slow connections every 30 seconds unless told.
    http: {
      headersTimeout: bodyMs,
      maxHeaderSize: 16 * 1024,
      connectionsCheckingInterval: Math.min(bodyMs, 1_000),
    },
    clientErrorHandler: refuseOnSocket,
    forceCloseConnections: "idle",
    frameworkErrors: (error, request, reply) => {
      void sendUnreadable(request, reply, error.statusCode ?? 400);
    },
  }) as unknown as FastifyInstance;
  logRequests(app, house);
  refuseInJson(app);
  sendSafeHeaders(app, house.publicUrl.startsWith("https:"));
  refuseTwoHosts(app);
  refuseForeignBodies(app);
  letGoOfClients(app);
  cutSlowBodies(app, bodyMs);
  cutDeafClients(app, bodyMs);
  return app;
}

/** Fastify's types know no number; Fastify does. The nearest proxy has the number 0. */
function believed(
  proxies: TrustProxy,
): false | string[] | ((address: string, hop: number) => boolean) {
  if (typeof proxies === "number") return (_address, hop) => hop < proxies;
  return proxies && [...proxies];
}

/** Connections are looked at each second: nobody holds one for more than 15 seconds. */
const usualBodyMs = 12_000;
/** Of a file. */
const longestBodyMs = 10 * 60_000;

const sweepEveryMs = 50;
/** Within which whoever connected may still ask, once the server closes. */
const lastWordMs = 1_000;

/**
 * Once the server closes, a connection ends with the answer that is under way on it. Kept alive, it
 * would keep the process for as long as the client likes; so would one on which nothing was asked yet,
 * as browsers open them in advance: Node looks for slow connections no more by then.
 */
function letGoOfClients(app: FastifyInstance): void {
  const silent = connectionsWithoutRequest(app.server);
  let closing = false;
  app.addHook("preClose", async () => {
    closing = true;
    const closedAt = performance.now();
    const sweep = setInterval(() => {
      app.server.closeIdleConnections();
      if (performance.now() - closedAt < lastWordMs) return;
      for (const socket of silent) socket.destroy();
    }, sweepEveryMs);
    app.server.once("close", () => clearInterval(sweep));
    sweep.unref();
  });
  app.addHook("onSend", async (_request, reply) => {
    if (closing) void reply.header("connection", "close");
  });
}

/** Always those of the moment. */
function connectionsWithoutRequest(server: Server): ReadonlySet<Socket> {
  const silent = new Set<Socket>();
  server.on("connection", (socket) => {
    silent.add(socket);
    socket.once("close", () => silent.delete(socket));
  });
  server.on("request", ({ socket }, answer) => {
    silent.delete(socket);
    answer.once("close", () => {
      if (!socket.destroyed) silent.add(socket);
    });
  });
  return silent;
}

/** One line for each request: no address, no query, no name, nothing that the client chose. */
function logRequests(app: FastifyInstance, { landlords }: HttpAppOptions["house"]): void {
  const idOf = ({ headers }: FastifyRequest) =>
    landlords.find(({ landlord }) => landlord.id === headers["x-landlord"])?.landlord.id ??
    landlords.find(({ landlord }) => landlord.hosts.includes(hostOf(headers.host)))?.landlord.id;
  app.addHook("onResponse", async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? "none",
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        landlord: idOf(request) ?? "none",
      },
      "request",
    );
  });
}
