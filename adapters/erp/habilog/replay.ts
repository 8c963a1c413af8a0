/** For tests: recorded exchanges, played back over real HTTP clients by msw. */
import { readFileSync } from "node:fs";
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import type { Io } from "../../ports/adapter.ts";
import type { Port } from "../../ports/port.ts";
import adapter from "./index.ts";

const endpoint = "http://habilog.test/habilog/PortailLocataire.asmx";
export const settings = { endpoint, username: "portail", password: "habilog-demo", base: "IVRY" };
export const call = { signal: new AbortController().signal, requestId: "test" };

const fixtures = new URL("./fixtures/", import.meta.url);
/** The bytes as recorded, one character each. */
const fixture = (name: string): string => readFileSync(new URL(name, fixtures), "latin1");

/** How an answer differs from what was recorded. Text is one character per byte. */
type Change = (recorded: string) => string;

export interface Replay {
  /** The body of each request, oldest first. */
  requests: string[];
  /** The operations asked for, oldest first. */
  operations(): string[];
  /** Answers from now on with these bytes, whatever is asked. */
  always(body: string, status?: number): void;
  /** Changes the recording of the operation. */
  change(operation: string, change: Change): void;
  /** Answers the operation with a recording that was made of another, changed or not. */
  instead(operation: string, name: string, change?: Change): void;
  /** How many exchanges hold a place. */
  taken(): number;
  logs: { level: string; message: string; details: unknown }[];
  use<I>(port: Port<I>): I;
  close(): Promise<void>;
}

const operationOf = (body: string) => /Body>\s*<(?:\w+:)?(\w+)/.exec(body)?.[1] ?? "";

/** Header and prolog disagree, as they do at Habilog. */
const respond = (body: string, status = 200) =>
  new HttpResponse(Buffer.from(body, "latin1"), {
    status,
    headers: { "content-type": "text/xml; charset=utf-8" },
  });

/** Habilog as it was recorded: each operation answers what it answered then. */
export async function replayHabilog(): Promise<Replay> {
  const requests: string[] = [];
  const logs: Replay["logs"] = [];
  const changes = new Map<string, Change>();
  let always: (() => Response) | null = null;
  const recorded = (operation: string) =>
    (changes.get(operation) ?? String)(fixture(`${operation}.xml`));
  const server = setupServer(
    http.post(endpoint, async ({ request }) => {
      const body = await request.text();
      requests.push(body);
      return always ? always() : respond(recorded(operationOf(body)));
    }),
  );
  server.listen({ onUnhandledFrame: "error" });
  const { use, close, taken } = await connect((level, message, details) => {
    logs.push({ level, message, details });
  });
  return {
    requests,
    logs,
    operations: () => requests.map(operationOf),
    always: (body, status) => {
      always = () => respond(body, status);
    },
    change: (operation, change) => changes.set(operation, change),
    instead: (operation, name, change = String) =>
      changes.set(operation, () => change(fixture(name).replaceAll("OPERATION", operation))),
    taken,
    use,
    close: async () => {
      await close();
      server.close();
    },
  };
}

async function connect(log: Io["log"]) {
  let taken = 0;
  const limit: Io["limit"] = (_signal, job) => {
    taken += 1;
    return job().finally(() => (taken -= 1));
  };
  const io: Io = { landlord: "ivry", limit, log, now: () => new Date() };
  const connected = await adapter.connect(adapter.settings.parse(settings), io);
  const use = <I>(port: Port<I>): I =>
    connected.ports.find((served) => served.port.name === port.name)!.implementation as I;
  return { use, close: () => connected.close(), taken: () => taken };
}
