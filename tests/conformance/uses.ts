/** Which operations of its ERP each port of an adapter really calls, seen on the wire. */
import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import type { ClientRequest } from "node:http";
import { vi } from "vitest";
import { readCopy } from "../../adapters/drift/check.ts";
import type { Described } from "../../adapters/drift/described.ts";
import type { Adapter, Description } from "../../adapters/ports/adapter.ts";
import type { Served } from "../../adapters/ports/port.ts";

interface Calling {
  readonly port: string;
  readonly seen: Seen;
}

/** `LireSoldes` or `GET /contracts/{}`, each with the names of the ports that called it. */
type Seen = Map<string, Set<string>>;

const calling = new AsyncLocalStorage<Calling & { readonly described: Described }>();

subscribe("http.client.request.start", (message) => {
  const store = calling.getStore();
  if (!store) return;
  const { request } = message as { request: ClientRequest };
  const operation = operationOf(store.described, request);
  const ports = store.seen.get(operation) ?? new Set();
  store.seen.set(operation, ports.add(store.port));
});

/** What an adapter called while it was watched, and what it says of that itself. */
export interface Watched {
  readonly described: Described | null;
  readonly uses: Description["uses"];
  readonly served: ReadonlySet<string>;
  readonly seen: Seen;
  end(): void;
}

/** Watches whatever the adapter calls from now on, whoever connects it. */
export async function watchUses(adapter: Adapter): Promise<Watched> {
  const { description } = adapter;
  const uses = description?.uses ?? {};
  const described = description ? await readCopy(description) : null;
  const seen: Seen = new Map();
  const served = new Set<string>();
  if (!described) return { described, uses, served, seen, end: () => {} };
  const connect = adapter.connect.bind(adapter);
  const spy = vi.spyOn(adapter, "connect").mockImplementation(async (settings, io) => {
    const connected = await connect(settings, io);
    for (const { port } of connected.ports) served.add(port.name);
    const ports = connected.ports.map((one) => watchedPort(one, described, seen));
    return { ports, close: () => connected.close() };
  });
  return { described, uses, served, seen, end: () => spy.mockRestore() };
}

function watchedPort({ port, implementation }: Served, described: Described, seen: Seen): Served {
  const wrapped = Object.entries(implementation as Record<string, unknown>).map(([name, value]) => {
    if (typeof value !== "function") return [name, value] as const;
    const method = value.bind(implementation) as (...given: unknown[]) => unknown;
    const store = { port: port.name, seen, described };
    return [name, (...given: unknown[]) => calling.run(store, () => method(...given))] as const;
  });
  return { port, implementation: Object.fromEntries(wrapped) };
}

/**
 * What is wrong with what a description says of its ports: calls that it keeps to itself, ports that
 * hang on nothing, operations that the ERP has not.
 */
export function wrongUses({ described, uses, served, seen }: Watched): string[] {
  if (!described) return [];
  const known = new Set([...described.operations.values()].map(({ name }) => name));
  const named = new Set(Object.values(uses).flat());
  const untold = [...seen].flatMap(([operation, ports]) => {
    const told = uses[operation] ?? [];
    const missing = [...ports].filter((port) => !told.includes(port) && !told.includes("*"));
    return missing.map((port) => `uses: ${port} calls ${operation}, which is not said`);
  });
  return [
    ...untold,
    ...[...served]
      .filter((port) => !named.has(port))
      .map((port) => `uses: ${port} hangs on no operation`),
    ...Object.keys(uses)
      .filter((name) => !known.has(name))
      .map((name) => `uses: the ERP has no operation ${name}`),
  ];
}

/** By the action of a SOAP call, or by method and path: a fixed word before a parameter. */
function operationOf({ operations, base }: Described, request: ClientRequest): string {
  const action = actionOf(request);
  const found = [...operations]
    .toSorted(([a], [b]) => a.split("{}").length - b.split("{}").length)
    .find(([key, { facts }]) =>
      action === undefined
        ? fits(base, key, request)
        : [...facts].some(([fact, value]) => fact.endsWith(" action") && value === action),
    );
  return found ? found[1].name : `${request.method} ${request.path}`;
}

function actionOf(request: ClientRequest): string | undefined {
  const given = request.getHeader("soapaction");
  if (typeof given === "string") return given.replaceAll('"', "");
  return /\baction="([^"]*)"/.exec(String(request.getHeader("content-type") ?? ""))?.[1];
}

function fits(base: string, key: string, { method, path }: ClientRequest): boolean {
  const [of, form = ""] = key.split(" ");
  const pattern = (base + form).split("{}").map(RegExp.escape).join("[^/]+");
  return of === method && new RegExp(`^${pattern}$`).test(path.split("?")[0]!);
}
