import { serveSubgraph } from "../subgraphs/kernel/serve.ts";
import { readConfig } from "./config.ts";
import { ConfigurationError } from "./configuration-error.ts";
import { mountHealth, type Health } from "./health.ts";
import { openHouse } from "./house.ts";
import { createLog } from "./log.ts";
import { startMetrics, type Running, type RunOptions } from "./run.ts";
import { subgraphs } from "./subgraphs.ts";

/**
 * Starts one subgraph alone, with the environment of a gateway: the same secrets, store and public
 * address, so that ids and tokens mean the same everywhere. Throws ConfigurationError when there is
 * no such subgraph, or anything in the environment or in a landlord's file is wrong.
 */
export async function runSubgraph(
  name: string,
  environment: Record<string, string | undefined>,
  { now, logTo }: Omit<RunOptions, "extend"> = {},
): Promise<Running> {
  const subgraph = subgraphOf(name);
  const config = readConfig(environment);
  const log = createLog(config.logLevel, logTo).child({ subgraph: name });
  const house = await openHouse(config, environment, log, now);
  let health: Health | undefined;
  const { host, port, introspection, trustProxy } = config;
  const served = await serveSubgraph(subgraph, house, {
    host,
    port,
    log,
    introspection,
    trustProxy,
    onAnswer: house.metrics.answered,
    extend: (app) => {
      health = mountHealth(app, house);
    },
  });
  const metrics = await startMetrics(config, house, log);
  log.info({ landlords: house.landlords.map(({ landlord }) => landlord.id) }, "listening");
  return {
    url: served.url,
    metricsUrl: metrics?.url ?? null,
    house,
    async stop() {
      health?.leave();
      await served.stop();
      await metrics?.stop();
      await house.close();
    },
  };
}

function subgraphOf(name: string) {
  const found = subgraphs.find((subgraph) => subgraph.name === name);
  if (found) return found;
  const expected = subgraphs.map((subgraph) => subgraph.name).join(", ");
  throw new ConfigurationError([
    { file: "command line", line: 0, field: "--subgraph", expected: `one of ${expected}` },
  ]);
}
