/** From a landlord's file to its guarded ports. Finds the ERP products by listing `erp/`. */
import { readdir } from "node:fs/promises";
import type { BreakerState } from "./guard/breaker.ts";
import { createCache, type CacheOptions } from "./guard/cache.ts";
import { guard } from "./guard/guard.ts";
import type { OnCall, Restraint } from "./guard/options.ts";
import { createLimit } from "./limit.ts";
import type { Adapter, Io } from "./ports/adapter.ts";
import type { Ports } from "./ports/port.ts";

const erpFolder = new URL("./erp/", import.meta.url);

/** Every product under `adapters/erp/`, by its id. Throws when a folder's index exports no adapter of that name. */
export async function loadAdapters(folder: URL = erpFolder): Promise<Map<string, Adapter>> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const adapters = await Promise.all(names.sort().map((name) => loadAdapter(folder, name)));
  return new Map(adapters.map((adapter) => [adapter.id, adapter]));
}

async function loadAdapter(folder: URL, name: string): Promise<Adapter> {
  const file = new URL(`./${name}/index.ts`, folder);
  const { default: adapter } = (await import(file.href)) as { default?: Adapter };
  if (adapter?.id !== name || typeof adapter.connect !== "function") {
    throw new Error(
      `adapters/erp/${name}/index.ts must export by default an adapter whose id is "${name}".`,
    );
  }
  return adapter;
}

export interface LandlordConnection {
  readonly id: string;
  readonly erp: {
    readonly product: string;
    readonly concurrency: number;
    readonly deadlineMs: number;
  };
}

/** What hears of a landlord's calls. */
export interface ErpWatch {
  called: OnCall;
  /** An answer held what is somebody else's; it was dropped. */
  foreign(place: string): void;
  breaker(state: BreakerState): void;
}

export interface ConnectOptions {
  log(level: "debug" | "warn" | "error", message: string, details?: Record<string, unknown>): void;
  readonly now: () => Date;
  /** Certificates in PEM that alone may vouch for the ERP. */
  readonly ca?: string | null | undefined;
  readonly watch?: ErpWatch | undefined;
  /** Absent: each call goes to the ERP, however it fares. */
  readonly restraint?: Restraint | undefined;
  /** Where answers are kept, and for how long; absent: nowhere. Landlords may share a shelf. */
  readonly keeping?: Pick<CacheOptions, "shelf" | "rules"> | undefined;
}

/** `settings` have been parsed by the adapter's own schema, secrets resolved. */
export async function connectLandlord(
  adapter: Adapter,
  landlord: LandlordConnection,
  settings: unknown,
  { log, now, ca, watch, restraint, keeping }: ConnectOptions,
): Promise<{ ports: Ports; io: Io; close: () => Promise<void> }> {
  const { id } = landlord;
  const { concurrency, deadlineMs } = landlord.erp;
  const io: Io = { landlord: id, limit: createLimit(id, concurrency), log, now, ca };
  const connected = await adapter.connect(settings, io);
  const ports = guard(connected.ports, {
    landlord: id,
    deadlineMs,
    log,
    onCall: watch?.called,
    onForeign: (place) => {
      log("error", "the ERP answered with what is somebody else's; it was dropped", {
        port: place,
      });
      watch?.foreign(place);
    },
    onBreaker: watch?.breaker,
    restraint,
    cache: keeping && createCache({ landlord: id, now, ...keeping }),
  });
  return { ports, io, close: () => connected.close() };
}
