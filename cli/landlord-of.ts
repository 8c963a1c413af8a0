/** One landlord's file, found and read for a command, with the settings that the environment gives. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { loadAdapters } from "../adapters/load.ts";
import { loadProviders } from "../adapters/load-payments.ts";
import type { Adapter } from "../adapters/ports/adapter.ts";
import { ConfigurationError, type Fault } from "../gateway/configuration-error.ts";
import { readLandlordFile, type LandlordDraft } from "../gateway/landlords.ts";
import { Landlord } from "../subgraphs/kernel/landlord.ts";
import { UsageError, type Terminal } from "./terminal.ts";

/** Where landlords' files stand: `TROUSSEAU_LANDLORDS`, or `landlords` of the house. */
export function landlordsFolder({ environment, folder, root }: Terminal): string {
  const given = environment["TROUSSEAU_LANDLORDS"];
  return given ? resolve(folder, given) : fileURLToPath(new URL("landlords/", root));
}

/** The names of the landlords' files, without `.yaml`, in order. */
export function landlordNames(terminal: Terminal): string[] {
  const folder = landlordsFolder(terminal);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => basename(name, ".yaml"))
    .toSorted();
}

/** The path of a file that was asked for by name (`ivry`) or by path. Throws UsageError. */
export function findLandlordFile(terminal: Terminal, asked: string | undefined): string {
  const named = asked && join(landlordsFolder(terminal), `${asked}.yaml`);
  if (named && /^[\w-]+$/.test(asked) && existsSync(named)) return named;
  const path = asked && resolve(terminal.folder, asked);
  if (path && /\.ya?ml$/.test(path) && existsSync(path)) return path;
  const names = landlordNames(terminal).join(", ") || "none";
  const there = `${landlordsFolder(terminal)} has: ${names}.`;
  throw new UsageError(
    asked
      ? `There is no landlord "${asked}". ${there}`
      : `Which landlord? Give a name, or the path of a file. ${there}`,
  );
}

export interface LandlordOf extends LandlordDraft {
  readonly path: string;
  readonly adapters: ReadonlyMap<string, Adapter>;
}

/**
 * The landlord's file as the gateway reads it, with every fault of it; nothing is thrown for these.
 * Throws UsageError where there is no such file.
 */
export async function readLandlordOf(
  terminal: Terminal,
  asked: string | undefined,
): Promise<LandlordOf> {
  const path = findLandlordFile(terminal, asked);
  const [adapters, providers] = await Promise.all([loadAdapters(), loadProviders()]);
  const shapes = new Map(
    [...providers].map(([id, { settings: schema, secrets }]) => [id, { schema, secrets }]),
  );
  const settingsOf = (product: string) => {
    const adapter = adapters.get(product);
    return adapter && { schema: adapter.settings, secrets: adapter.secrets };
  };
  const products = [...adapters.keys()];
  const draft = readLandlordFile(path, terminal.environment, settingsOf, products, shapes);
  return { ...draft, path, adapters };
}

/** What is needed to ask a landlord's ERP. Holds secrets: never log it. */
export interface ErpOf {
  readonly id: string;
  readonly path: string;
  readonly adapter: Adapter;
  readonly concurrency: number;
  readonly deadlineMs: number;
  /** Parsed by the adapter's own schema, secrets resolved. */
  readonly settings: unknown;
  /** Certificates in PEM that alone may vouch for the ERP. */
  readonly ca: string | null;
}

const Needed = Landlord.pick({ id: true, erp: true }).loose();

/**
 * What the file says of the ERP, and nothing else: the rest may be unfinished, or want secrets that
 * are not at hand. `secret` stands for each secret of the file, where none is needed in truth. Throws
 * ConfigurationError for faults of that part, UsageError without the file.
 */
export async function readErpOf(
  terminal: Terminal,
  asked: string | undefined,
  secret?: string,
): Promise<ErpOf> {
  const path = findLandlordFile(terminal, asked);
  const environment = secret === undefined ? {} : named(readFileSync(path, "utf8"), secret);
  const there = { ...terminal, environment: { ...terminal.environment, ...environment } };
  const { adapters, value, settings, ca, faults } = await readLandlordOf(there, asked);
  const concerned = faults.filter(concernsErp);
  const read = Needed.safeParse(value);
  if (!read.success || concerned.length > 0) throw new ConfigurationError(concerned);
  const { id, erp } = read.data;
  const { product, concurrency, deadlineMs } = erp;
  return { id, path, adapter: adapters.get(product)!, concurrency, deadlineMs, settings, ca };
}

/** Each variable that is named as a secret, with that value. */
const named = (text: string, secret: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/\benv["']?:\s*["']?(\w+)/g)].map(([, name]) => [name!, secret]),
  );

const concernsErp = ({ field }: Fault) => field === "" || field === "id" || /^erp\b/.test(field);
