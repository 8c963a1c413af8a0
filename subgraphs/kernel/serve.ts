/**
 * A subgraph alone over HTTP, so that any Federation 2 router may stand in front. It trusts no
 * router: landlord, token and ownership are checked here as they are behind the gateway. The router
 * must pass on `authorization`, `x-landlord` (or the host) and `accept-language`.
 */
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import type { Subgraph } from "./define.ts";
import { mountGraphql, type OnAnswer } from "./graphql-http.ts";
import { createHttpApp, type TrustProxy } from "./http-app.ts";
import type { House } from "./request.ts";

export interface ServeOptions {
  /** This machine only unless given. */
  readonly host?: string;
  /** 0, a free one, unless given. */
  readonly port?: number;
  readonly log: Logger;
  /** Whether `__schema` and `__type` may be asked. Routers need neither: they have the published SDL. */
  readonly introspection?: boolean;
  /** Nobody unless given. */
  readonly trustProxy?: TrustProxy;
  /** Hears how each request was answered. */
  readonly onAnswer?: OnAnswer;
  /** Adds routes before it listens. */
  readonly extend?: (app: FastifyInstance) => void;
}

export interface ServedSubgraph {
  /** Of the endpoint, `/graphql` included. */
  readonly url: string;
  /** Takes no more requests, and finishes those under way. The house stays open. */
  stop(): Promise<void>;
}

/** Serves at `/graphql`. Rejects when the port is taken. */
export async function serveSubgraph(
  subgraph: Subgraph,
  house: House,
  options: ServeOptions,
): Promise<ServedSubgraph> {
  const { host = "127.0.0.1", port = 0, log, introspection = false, trustProxy = false } = options;
  const app = createHttpApp({ house, log, trustProxy });
  const server = await mountGraphql(app, {
    house,
    source: { schema: subgraph.schema },
    introspection,
    path: "/graphql",
    onAnswer: options.onAnswer,
    onDefect: (error, requestId) =>
      log.error({ err: error, requestId, subgraph: subgraph.name }, "a defect of ours"),
  });
  app.addHook("onClose", () => server.stop());
  options.extend?.(app);
  const address = await app.listen({ host, port });
  return { url: `${address}/graphql`, stop: () => app.close() };
}
