/** What is checked: one adapter, connected to one ERP. */
import { randomUUID } from "node:crypto";
import { guard } from "../guard/guard.ts";
import { createLimit } from "../limit.ts";
import type { Adapter, Io } from "../ports/adapter.ts";
import type { Call, Port, Ports, Served } from "../ports/port.ts";
import type { Lever } from "./lever.ts";
import type { Material } from "./material.ts";

export interface Limits {
  readonly concurrency: number;
  readonly deadlineMs: number;
}

export interface Connection {
  /** As resolvers have them. */
  readonly ports: Ports;
  /** As the adapter made them, without a guard. */
  readonly raw: Ports;
  /** Ports that the adapter has still to serve, each with the file in which it is to be written. */
  readonly notYet: ReadonlyMap<string, string>;
  /** All that went into the log, as text. */
  readonly logged: readonly string[];
  close(): Promise<void>;
}

export interface Subject {
  readonly landlord: string;
  readonly product: string;
  /** The connection that all but checks of the wire share. */
  readonly usual: Connection;
  readonly limits: Limits;
  readonly material: Material;
  /** Null where nobody can have the ERP misbehave. */
  readonly lever: Lever | null;
  /** What may stand in no error and in no log. */
  readonly secrets: readonly string[];
  /** Another connection to the same ERP. */
  connect(limits: Limits): Promise<Connection>;
  /** The answer of an earlier check to the same question. */
  remember<T>(question: string, ask: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface SubjectOptions {
  readonly adapter: Adapter;
  readonly landlord: string;
  /** Parsed by the adapter's own schema. */
  readonly settings: unknown;
  /** Certificates in PEM that alone may vouch for the ERP. */
  readonly ca?: string | null | undefined;
  readonly limits: Limits;
  readonly material: Material;
  readonly lever: Lever | null;
  readonly now: () => Date;
  /** Hears of each exchange with the ERP. */
  readonly onExchange?: Io["onExchange"];
}

export async function createSubject(options: SubjectOptions): Promise<Subject> {
  const { adapter, landlord, limits, material, lever } = options;
  const connect = (own: Limits) => connectWith(options, own);
  const usual = await connect(limits);
  const answers = new Map<string, Promise<unknown>>();
  return {
    landlord,
    product: adapter.id,
    usual,
    limits,
    material,
    lever,
    secrets: secretsOf(options),
    connect,
    remember: <T>(question: string, ask: () => Promise<T>) => {
      if (!answers.has(question)) {
        const answer = ask();
        answers.set(question, answer);
        // An error is no answer: the next check asks again, and sees its own.
        answer.catch(() => answers.delete(question));
      }
      return answers.get(question) as Promise<T>;
    },
    close: () => usual.close(),
  };
}

async function connectWith(options: SubjectOptions, limits: Limits): Promise<Connection> {
  const { adapter, landlord, settings, ca, now, onExchange } = options;
  const logged: string[] = [];
  const log: Io["log"] = (level, message, details) =>
    void logged.push(`${level} ${message} ${JSON.stringify(details ?? {})}`);
  const limit = createLimit(landlord, limits.concurrency);
  const connected = await adapter.connect(settings, { landlord, limit, log, now, ca, onExchange });
  return {
    ports: guard(connected.ports, { landlord, deadlineMs: limits.deadlineMs, log }),
    raw: unguarded(connected.ports),
    notYet: new Map(
      connected.ports.flatMap(({ port, notYet }) => (notYet ? [[port.name, notYet] as const] : [])),
    ),
    logged,
    close: () => connected.close(),
  };
}

function unguarded(served: readonly Served[]): Ports {
  const written = served.filter(({ notYet }) => notYet === undefined);
  const byName = new Map(written.map(({ port, implementation }) => [port.name, implementation]));
  return {
    served: [...byName.keys()].sort(),
    use: <I>(port: Port<I>) => byName.get(port.name) as I,
  };
}

function secretsOf({ adapter, settings }: SubjectOptions): string[] {
  const values = settings as Record<string, unknown>;
  return adapter.secrets.map((name) => values[name]).filter((value) => typeof value === "string");
}

export const newCall = (signal: AbortSignal = new AbortController().signal): Call => ({
  signal,
  requestId: `conformance-${randomUUID()}`,
});
