/** `GET /metrics`, on a port of its own: whatever is public lies elsewhere. */
import fastify from "fastify";
import type { Logger } from "pino";
import type { House } from "../../subgraphs/kernel/request.ts";
import type { Metrics } from "./metrics.ts";

export interface MetricsServer {
  readonly url: string;
  stop(): Promise<void>;
}

export async function serveMetrics(
  metrics: Metrics,
  { store, landlords, now }: Pick<House, "store" | "landlords" | "now">,
  { host, port, log }: { readonly host: string; readonly port: number; readonly log: Logger },
): Promise<MetricsServer> {
  const app = fastify({ forceCloseConnections: true });
  const served = landlords.map(({ landlord }) => landlord);
  app.get("/metrics", async (_request, reply) => {
    try {
      const text = await metrics.text(store, served, now());
      return await reply.type(metrics.contentType).send(text);
    } catch (error) {
      log.error({ err: error }, "the metrics could not be counted");
      return reply.status(503).type("text/plain").send("The store does not answer.\n");
    }
  });
  const url = await app.listen({ host, port });
  return { url: `${url}/metrics`, stop: () => app.close() };
}
