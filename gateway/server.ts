import formbody from "@fastify/formbody";
import { ApolloGateway } from "@apollo/gateway";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import type { Subgraph } from "../subgraphs/kernel/define.ts";
import { mountGraphql, type OnAnswer } from "../subgraphs/kernel/graphql-http.ts";
import { createHttpApp, type TrustProxy } from "../subgraphs/kernel/http-app.ts";
import type { House } from "../subgraphs/kernel/request.ts";
import { mountRequestWebhooks, type WebhookSecrets } from "./webhooks/requests.ts";
import type { UploadDesk } from "../uploads/uploads.ts";
import { mountExportLink } from "./export-link.ts";
import { mountFiles } from "./files.ts";
import { mountHealth, type Health } from "./health.ts";
import { mountLimits, type Limits } from "./limits/limits.ts";
import { inProcess } from "./in-process.ts";
import { mountLinks } from "./links.ts";
import { mountUploads } from "./uploads/routes.ts";
import type { Payments } from "./payments/open.ts";
import { mountPayments } from "./payments/routes.ts";
import { mountSocial, type SocialByLandlord } from "./social/routes.ts";

export interface GatewayOptions {
  readonly house: House;
  /** Who has social sign-in; nobody unless given. */
  readonly social?: SocialByLandlord;
  /** Takes files; where it is not given, there are no links to send one to. */
  readonly uploads?: UploadDesk;
  /** Whose systems tell of requests; nobody unless given. */
  readonly webhooks?: WebhookSecrets;
  /** By which people pay online; nobody unless given. */
  readonly payments?: Payments;
  /** Hears how each request was answered. */
  readonly onAnswer?: OnAnswer;
  readonly subgraphs: readonly Subgraph[];
  readonly supergraphSdl: string;
  readonly log: Logger;
  /** Whether clients may read the schema from the endpoint. */
  readonly introspection: boolean;
  readonly trustProxy: TrustProxy;
  /** The usual ones, and every operation, unless given. */
  readonly limits?: Limits;
}

export interface Gateway {
  readonly app: FastifyInstance;
  readonly health: Health;
}

/** The whole HTTP surface; not listening yet, so that more routes may be added. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { house, log } = options;
  const app = createHttpApp({ house, log, trustProxy: options.trustProxy });
  const door = await mountLimits(app, house, options.limits ?? {});
  await app.register(formbody);
  const health = mountHealth(app, house);
  const server = await mountGraphql(app, {
    house,
    source: { gateway: federation(options) },
    introspection: options.introspection,
    path: "/graphql",
    door,
    onAnswer: options.onAnswer,
    onDefect: (error, requestId) => log.error({ err: error, requestId }, "a defect of ours"),
  });
  mountFiles(app, house);
  mountLinks(app, house, server);
  mountExportLink(app, house);
  if (options.uploads) await mountUploads(app, house, options.uploads);
  if (options.payments) await mountPayments(app, house, options.payments);
  await mountRequestWebhooks(app, house, options.webhooks ?? new Map());
  mountSocial(app, house, options.social ?? new Map());
  app.get("/.well-known/jwks.json", async (_request, reply) => {
    // Made now if there is none: an empty list would be kept by whoever asks before the first sign-in.
    await house.store.keys.current();
    return reply.header("cache-control", "public, max-age=300").send(await house.store.keys.jwks());
  });
  app.addHook("onClose", () => server.stop());
  return { app, health };
}

function federation({ subgraphs, supergraphSdl, log }: GatewayOptions): ApolloGateway {
  const byName = new Map(subgraphs.map((subgraph) => [subgraph.name, inProcess(subgraph)]));
  return new ApolloGateway({
    supergraphSdl,
    logger: {
      debug() {},
      info() {},
      warn: (text) => log.warn(text),
      error: (text) => log.error(text),
    },
    buildService: ({ name }) => {
      const source = byName.get(name);
      if (!source)
        throw new Error(`The supergraph names a subgraph that is not built in: ${name}.`);
      return source;
    },
  });
}
