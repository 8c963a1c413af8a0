import fastify, {
  LogController,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { House } from "./request.ts";

export interface HttpAppOptions {
  /** Whose landlords the log may name. */
  readonly house: Pick<House, "landlords">;
  readonly log: Logger;
  /** Whether `x-forwarded-for` is believed: only behind a proxy of one's own. */
  readonly trustProxy: boolean;
  /** How long a request may take to come in; files, on the routes that take them, longer. */
  readonly bodyMs?: number;
}

/** An HTTP server without routes, the same for the gateway and for a subgraph that is served alone. */
export function createHttpApp(options: HttpAppOptions): FastifyInstance {
  const { house, log, trustProxy, bodyMs = usualBodyMs } = options;
  const app = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy,
    genReqId: () => randomUUID(),
    bodyLimit: 256 * 1024,
    // Room for a download link, which is sealed and longer than the 100 that Fastify allows.
    routerOptions: { maxParamLength: 1000 },
    requestTimeout: longestBodyMs,
    http: { headersTimeout: bodyMs },
    forceCloseConnections: "idle",
    frameworkErrors: (error, request, reply) => {
      void refuse(reply, error.statusCode ?? 400, request.id);
    },
  }) as unknown as FastifyInstance;
  logRequests(app, house);
  refuseInJson(app);
  letGoOfClients(app);
  cutSlowBodies(app, bodyMs);
  return app;
}

const usualBodyMs = 15_000;
/** Of a file. */
const longestBodyMs = 10 * 60_000;

declare module "fastify" {
  interface FastifyContextConfig {
    /** The route sees itself to bodies that are slow. */
    takesFiles?: boolean;
  }
}

/** Whoever sends a body drop by drop holds a connection: it is cut. */
function cutSlowBodies(app: FastifyInstance, bodyMs: number): void {
  app.addHook("onRequest", async (request, reply) => {
    const { raw, routeOptions } = request;
    const hasBody = "content-length" in raw.headers || "transfer-encoding" in raw.headers;
    if (!hasBody || routeOptions.config?.takesFiles) return;
    const timer = setTimeout(() => {
      if (!raw.complete) raw.destroy();
    }, bodyMs);
    reply.raw.once("close", () => clearTimeout(timer));
  });
}

const sweepEveryMs = 50;

/**
 * Once the server closes, a connection ends with the answer that is under way on it. Kept alive, it
 * would keep the process for as long as the client likes.
 */
function letGoOfClients(app: FastifyInstance): void {
  let closing = false;
  app.addHook("preClose", async () => {
    closing = true;
    const sweep = setInterval(() => app.server.closeIdleConnections(), sweepEveryMs);
    app.server.once("close", () => clearInterval(sweep));
    sweep.unref();
  });
  app.addHook("onSend", async (_request, reply) => {
    if (closing) void reply.header("connection", "close");
  });
}

/** One line for each request: no address, no query, no name, nothing that the client chose. */
function logRequests(app: FastifyInstance, { landlords }: HttpAppOptions["house"]): void {
  const idOf = ({ headers, hostname }: FastifyRequest) =>
    landlords.find(({ landlord }) => landlord.id === headers["x-landlord"])?.landlord.id ??
    landlords.find(({ landlord }) => landlord.hosts.includes(hostname))?.landlord.id;
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

const answer = (message: string, code: string, requestId: string) => ({
  errors: [{ message, extensions: { code, retryable: false, landlord: null, requestId } }],
});
const refuse = (reply: FastifyReply, status: number, requestId: string) =>
  reply.status(status).send(answer("The request cannot be read.", "INVALID_INPUT", requestId));

/** Whatever fails before a route has its say: JSON, no stack, no path. */
function refuseInJson(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) =>
    reply.status(404).send(answer("There is nothing at this address.", "NOT_FOUND", request.id)),
  );
  app.setErrorHandler<{ statusCode?: number; message: string }>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) {
      return refuse(reply, status, request.id);
    }
    request.log.error({ err: error }, "a route failed");
    return reply
      .status(500)
      .send(answer("Something went wrong on our side.", "INTERNAL", request.id));
  });
}
