/** For tests: recorded exchanges, played back over real HTTP clients by msw. */
import { readFileSync } from "node:fs";
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import type { Io } from "../../ports/adapter.ts";
import type { Port } from "../../ports/port.ts";
import adapter from "./index.ts";

const endpoint = "http://pavois.test/pavois/services/portail";
export const call = { signal: new AbortController().signal, requestId: "test" };

const fixtures = new URL("./fixtures/", import.meta.url);
/** The bytes as recorded, one character each. */
export const fixture = (name: string): string => readFileSync(new URL(name, fixtures), "latin1");

/** How an answer differs from what was recorded. Text is one character per byte, see `latin`. */
export type Change = (recorded: string) => string;

/** UTF-8 text as it stands in a fixture that was read byte by byte. */
export const latin = (text: string): string => Buffer.from(text).toString("latin1");

export interface Replay {
  /** The body of each request, oldest first. */
  requests: string[];
  /** The operations asked for, oldest first. */
  operations(): string[];
  /** Answers from now on with this recording, or this response, whatever is asked. */
  always(name: string | (() => Response)): void;
  /** Changes the next recordings of the operation. */
  change(operation: string, change: Change): void;
  logs: { level: string; message: string; details: unknown }[];
  use<I>(port: Port<I>): I;
  close(): Promise<void>;
}

const operationOf = (body: string) => /Body>\s*<(?:\w+:)?(\w+)/.exec(body)?.[1] ?? "";

const types: Record<string, string> = {
  xml: "application/soap+xml; charset=utf-8",
  html: "text/html; charset=utf-8",
  mime: 'multipart/related; type="application/xop+xml"; start="<racine@pavois.example>"; start-info="application/soap+xml"; boundary="----=_Pavois_9c4e1b"',
};

const statuses: Record<string, number> = {
  "faute-jeton.xml": 400,
  "faute-occupe.xml": 500,
  "ferme.html": 503,
};

export function recorded(name: string, change: Change = (text) => text): Response {
  const type = types[name.split(".").at(-1)!]!;
  const body = Buffer.from(change(fixture(name)), "latin1");
  return new HttpResponse(body, {
    status: statuses[name] ?? 200,
    headers: { "content-type": type },
  });
}

/** A business error was recorded as the answer to another operation. */
const recordedFor = (operation: string, name: string) =>
  recorded(name, (text) => text.replaceAll("ListerEcritures", operation));

/** Pavois as it was recorded: each operation answers what it answered then, on that day or another. */
export async function replayPavois(now = "2026-11-20T09:00:00Z"): Promise<Replay> {
  const requests: string[] = [];
  const logs: Replay["logs"] = [];
  const changes = new Map<string, Change>();
  let always: ((operation: string) => Response) | null = null;
  const answer = (operation: string) => {
    const name = operation === "OuvrirDocument" ? `${operation}.mime` : `${operation}.xml`;
    return recorded(name, changes.get(operation));
  };
  const server = setupServer(
    http.post(endpoint, async ({ request }) => {
      const body = await request.text();
      requests.push(body);
      const operation = operationOf(body);
      return always ? always(operation) : answer(operation);
    }),
  );
  server.listen({ onUnhandledFrame: "error" });
  const log: Io["log"] = (level, message, details) => {
    logs.push({ level, message, details });
  };
  const { use, close } = await connect(log, new Date(now));
  return {
    requests,
    logs,
    operations: () => requests.map(operationOf),
    always: (next) => {
      always = typeof next === "function" ? next : (asked) => recordedFor(asked, next);
    },
    change: (operation, change) => changes.set(operation, change),
    use,
    close: async () => {
      await close();
      server.close();
    },
  };
}

export const settings = {
  endpoint,
  username: "portail",
  password: "pavois-demo",
  timeZone: "Europe/Paris",
};

async function connect(log: Io["log"], now: Date) {
  const io: Io = {
    landlord: "la-rochelle",
    limit: (_signal, job) => job(),
    log,
    now: () => now,
  };
  const connected = await adapter.connect(adapter.settings.parse(settings), io);
  const use = <I>(port: Port<I>): I =>
    connected.ports.find((served) => served.port.name === port.name)!.implementation as I;
  return { use, close: () => connected.close() };
}
