import { readFile } from "node:fs/promises";
import type { FastifyInstance } from "fastify";
import type { DestinationStream, Logger } from "pino";
import type { DemoAccount } from "./explorer/config.ts";
import { explorer } from "./explorer/routes.ts";
import { readConfig, unreadVariables, type Config } from "./config.ts";
import { openHouse, type OpenHouse } from "./house.ts";
import type { Limits } from "./limits/limits.ts";
import { createOperationList } from "./limits/operations.ts";
import { createLog } from "./log.ts";
import { serveMetrics, type MetricsServer } from "./metrics/server.ts";
import { readOperations } from "./operations.ts";
import { createGateway } from "./server.ts";
import { subgraphs } from "./subgraphs.ts";

const schemaFolder = new URL("../schema/", import.meta.url);

export interface Running {
  /** Where it listens: differs from the public address behind a proxy. */
  readonly url: string;
  /** Null where no port is set for them. */
  readonly metricsUrl: string | null;
  readonly house: OpenHouse;
  /** Takes no more work, finishes what is under way, closes everything. */
  stop(): Promise<void>;
}

export interface RunOptions {
  /** Adds routes before the gateway listens. */
  readonly extend?: ((app: FastifyInstance, house: OpenHouse) => Promise<void> | void) | undefined;
  /** As whom the Explorer may be tried: the people of a demo. */
  readonly demoAccounts?: (() => readonly DemoAccount[]) | undefined;
  /** The machine's clock unless given. Tokens, links and limits go by it. */
  readonly now?: (() => Date) | undefined;
  /** Standard output unless given. */
  readonly logTo?: DestinationStream | undefined;
}

/**
 * Starts a gateway with this environment. Throws ConfigurationError when anything in the
 * environment or in a landlord's file is wrong.
 */
export async function run(
  environment: Record<string, string | undefined>,
  { extend, demoAccounts, now, logTo }: RunOptions = {},
): Promise<Running> {
  const config = readConfig(environment);
  const log = createLog(config.logLevel, logTo);
  for (const name of unreadVariables(environment)) {
    log.warn(`${name} is no variable that the gateway reads: see docs/reference/environment.md`);
  }
  const house = await openHouse(config, environment, log, now);
  const supergraphSdl = await readFile(new URL("supergraph.graphql", schemaFolder), "utf8");
  const { introspection, trustProxy } = config;
  const { app, health } = await createGateway({
    house,
    social: house.social,
    uploads: house.uploads,
    payments: house.payments,
    webhooks: house.webhooks,
    onAnswer: house.metrics.answered,
    subgraphs,
    supergraphSdl,
    log,
    introspection,
    trustProxy,
    limits: limitsOf(config, house),
  });
  if (config.explorer) await mountExplorer(app, house, demoAccounts);
  await extend?.(app, house);
  const open = async () => {
    const url = await app.listen({ host: config.host, port: config.port });
    return { url, metrics: await startMetrics(config, house, log) };
  };
  const { url, metrics } = await open().catch(async (error: unknown) => {
    await app.close();
    await house.close();
    throw error;
  });
  log.info({ landlords: house.landlords.map(({ landlord }) => landlord.id) }, "listening");
  return {
    url,
    metricsUrl: metrics?.url ?? null,
    house,
    async stop() {
      health.leave();
      await app.close();
      await metrics?.stop();
      await house.close();
    },
  };
}

const limitsOf = ({ operations, requestsPerMinute }: Config, house: OpenHouse): Limits => ({
  rates: { perMinute: requestsPerMinute, redis: house.redis },
  operations: createOperationList({
    open: operations === "open",
    published: readOperations(schemaFolder).map(({ text }) => text),
    own: house.operations,
  }),
});

async function mountExplorer(
  app: FastifyInstance,
  house: OpenHouse,
  accounts: RunOptions["demoAccounts"],
): Promise<void> {
  await app.register(explorer, {
    path: "/explorer",
    endpoint: "/graphql",
    landlords: house.landlords.map(({ landlord: { id, name } }) => ({ id, name })),
    operations: () => readOperations(schemaFolder),
    accounts,
  });
}

/** On its own port, or nowhere. */
export async function startMetrics(
  { metrics }: Pick<Config, "metrics">,
  house: OpenHouse,
  log: Logger,
): Promise<MetricsServer | null> {
  return metrics && serveMetrics(house.metrics, house, { ...metrics, log });
}
