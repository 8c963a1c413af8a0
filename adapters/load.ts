/** From a landlord's file to its guarded ports. Finds the ERP products by listing `erp/`. */
import { readdir } from "node:fs/promises";
import { guard, type GuardOptions, type OnCall } from "./guard.ts";
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

export interface ConnectOptions {
  log(level: "debug" | "warn" | "error", message: string, details?: Record<string, unknown>): void;
  readonly now: () => Date;
  /** Hears of each call of a port. */
  readonly onCall?: OnCall | undefined;
}

/** `settings` have been parsed by the adapter's own schema, secrets resolved. */
export async function connectLandlord(
  adapter: Adapter,
  landlord: LandlordConnection,
  settings: unknown,
  { log, now, onCall }: ConnectOptions,
): Promise<{ ports: Ports; close: () => Promise<void> }> {
  const { concurrency, deadlineMs } = landlord.erp;
  const io: Io = { landlord: landlord.id, limit: createLimit(landlord.id, concurrency), log, now };
  const connected = await adapter.connect(settings, io);
  const options: GuardOptions = { landlord: landlord.id, deadlineMs, log, onCall };
  return { ports: guard(connected.ports, options), close: () => connected.close() };
}
