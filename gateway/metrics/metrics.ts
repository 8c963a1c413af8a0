/**
 * What whoever runs the gateway watches. Labels are of closed lists: landlords, ports, codes, states.
 * No key, id, address or name is ever one.
 */
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { ErpWatch } from "../../adapters/load.ts";
import type { LeavingCode } from "../../subgraphs/kernel/errors.ts";
import type { ChangeStatus } from "../../store/change-row.ts";
import type { Store } from "../../store/store.ts";
import type { Landlord } from "../../subgraphs/kernel/landlord.ts";
import { countStanding } from "./standing.ts";

export interface Metrics {
  /** Answers what hears of the calls of the landlord's ports: `place` is `contracts.ofPersons`. */
  erp(landlord: string): ErpWatch;
  /** A delivery left its change there. */
  delivered(landlord: string, status: ChangeStatus): void;
  /** A GraphQL request was answered; null for one that named no landlord. */
  answered(landlord: string | null, outcome: LeavingCode | "OK"): void;
  readonly contentType: string;
  /** All of it, as Prometheus reads it. What stands in the store is counted now. */
  text(store: Store, landlords: readonly Landlord[], now: Date): Promise<string>;
}

const breakerStates = ["CLOSED", "OPEN", "HALF_OPEN"];
const seconds = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function createMetrics(): Metrics {
  const register = new Registry();
  const registers = [register];
  const calls = new Counter({
    name: "trousseau_erp_calls_total",
    help: "Calls of the landlords' systems, by how they ended.",
    labelNames: ["landlord", "call", "outcome"],
    registers,
  });
  const durations = new Histogram({
    name: "trousseau_erp_call_duration_seconds",
    help: "How long calls of the landlords' systems took, waiting for a place included.",
    labelNames: ["landlord", "call"],
    buckets: seconds,
    registers,
  });
  const deliveries = new Counter({
    name: "trousseau_deliveries_total",
    help: "Deliveries of changes, by where they left the change.",
    labelNames: ["landlord", "status"],
    registers,
  });
  const requests = new Counter({
    name: "trousseau_graphql_requests_total",
    help: "GraphQL requests, by the code of the first error, or OK.",
    labelNames: ["landlord", "outcome"],
    registers,
  });
  const foreign = new Counter({
    name: "trousseau_erp_foreign_answers_total",
    help: "Answers that were dropped because they held what is somebody else's. Any is an alarm.",
    labelNames: ["landlord", "call"],
    registers,
  });
  const breaker = new Gauge({
    name: "trousseau_erp_breaker",
    help: "Whether the landlord's system is asked: 0 it is, 1 it is left alone, 2 one call tries.",
    labelNames: ["landlord"],
    registers,
  });
  const standing = new Registry();
  const count = countStanding(standing);
  return {
    erp: (landlord) => ({
      called: (call, outcome, ms) => {
        calls.inc({ landlord, call, outcome });
        durations.observe({ landlord, call }, ms / 1000);
      },
      foreign: (call) => foreign.inc({ landlord, call }),
      breaker: (state) => breaker.set({ landlord }, breakerStates.indexOf(state)),
    }),
    delivered: (landlord, status) => deliveries.inc({ landlord, status }),
    answered: (landlord, outcome) => requests.inc({ landlord: landlord ?? "none", outcome }),
    contentType: register.contentType,
    text: async (store, landlords, now) => {
      await count(store, landlords, now);
      return Registry.merge([standing, register]).metrics();
    },
  };
}
