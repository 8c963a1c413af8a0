/** A landlord's ERP, opened to be looked at: its ports, and what goes over the wire behind them. */
import { connectLandlord } from "../../adapters/load.ts";
import type { Adapter } from "../../adapters/ports/adapter.ts";
import type { Call, Ports } from "../../adapters/ports/port.ts";

/** Which ERP, and what it bears. Holds secrets: never log it. */
export interface ErpSettings {
  readonly id: string;
  readonly adapter: Adapter;
  readonly concurrency: number;
  readonly deadlineMs: number;
  readonly settings: unknown;
  readonly ca: string | null;
}

export interface OpenErp {
  readonly ports: Ports;
  readonly seen: Seen;
  /** For one call of a port. */
  call(): Call;
  close(): Promise<void>;
}

/** What was seen of the exchanges so far. */
export interface Seen {
  /** How long each took, in milliseconds, in the order in which they ended. */
  readonly exchanges: readonly number[];
  /** The most that were under way at once. */
  readonly atOnce: number;
  /** What the adapter says to whoever runs the house: credentials that are refused, and the like. */
  readonly alarms: readonly string[];
}

/** Connects; asks nothing yet. Rejects with what the adapter threw. */
export async function openErp(
  { id, adapter, concurrency, deadlineMs, settings, ca }: ErpSettings,
  { signal, now }: { readonly signal: AbortSignal; readonly now: () => Date },
): Promise<OpenErp> {
  const seen = { exchanges: [] as number[], atOnce: 0, alarms: [] as string[] };
  let under = 0;
  const watched: Adapter = {
    ...adapter,
    connect: (own, io) =>
      adapter.connect(own, {
        ...io,
        limit: (callSignal, job) =>
          io.limit(callSignal, async () => {
            const startedAt = performance.now();
            seen.atOnce = Math.max(seen.atOnce, ++under);
            try {
              return await job();
            } finally {
              under--;
              seen.exchanges.push(performance.now() - startedAt);
            }
          }),
      }),
  };
  const log = (level: "debug" | "warn" | "error", message: string) => {
    if (level === "error" && !seen.alarms.includes(message)) seen.alarms.push(message);
  };
  const landlord = { id, erp: { product: adapter.id, concurrency, deadlineMs } };
  const { ports, close } = await connectLandlord(watched, landlord, settings, { log, now, ca });
  let asked = 0;
  const call = () => ({ signal, requestId: `landlord-check-${++asked}` });
  return { ports, seen, call, close };
}
