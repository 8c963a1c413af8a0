/** For tests: what a real Dolibarr 22.0.4 answered, replayed to the real HTTP client. */
import { readFileSync } from "node:fs";
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll } from "vitest";
import type { Io } from "../../ports/adapter.ts";
import type { Call, Port } from "../../ports/port.ts";
import adapter from "./index.ts";
import { settingsFor } from "./testing/house.ts";

export interface Recorded {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

const folder = new URL("fixtures/", import.meta.url);

/** The answer in `fixtures/<name>.http`. */
export function fixture(name: string): Recorded {
  const text = readFileSync(new URL(`${name}.http`, folder), "utf8");
  const answer = text.slice(text.indexOf("\nHTTP/1.1 ") + 1);
  const [head = ""] = answer.split("\n\n", 1);
  return {
    status: Number(head.slice(9, 12)),
    contentType: /^Content-Type: (.*)$/m.exec(head)?.[1] ?? "",
    body: answer.slice(head.length + 2).trim(),
  };
}

/** The data of a recorded answer. */
export const dataOf = (name: string): unknown => JSON.parse(fixture(name).body);
/** An answer of that data. */
export const answering = (data: unknown): Recorded => ({
  status: 200,
  contentType: "application/json; charset=utf-8",
  body: JSON.stringify(data),
});

export const baseUrl = "http://dolibarr.test";
export const call = (): Call => ({ signal: new AbortController().signal, requestId: "test" });

export interface Replay {
  /** What was asked: method, path and query, decoded. */
  readonly asked: string[];
  /** The bodies that were sent, in order. */
  readonly sent: unknown[];
  /** Answers a path under the API, query aside, with these in turn; the last one for ever. */
  answers(path: string, ...answers: (string | Recorded)[]): void;
}

/** Unless a test says otherwise, there is nothing at any address. */
export function replay(): Replay {
  const asked: string[] = [];
  const sent: unknown[] = [];
  const server = setupServer();
  const note = async (request: Request) => {
    asked.push(`${request.method} ${decodeURIComponent(request.url.slice(baseUrl.length))}`);
    if (request.method !== "GET") sent.push(await request.json());
  };
  const written = ({ status, contentType, body }: Recorded) =>
    new HttpResponse(body, { status, headers: { "content-type": contentType } });
  const nothing = http.all(`${baseUrl}/*`, async ({ request }) => {
    await note(request);
    return written(fixture("contract-contacts"));
  });
  beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
  afterEach(() => {
    server.resetHandlers(nothing);
    asked.length = 0;
    sent.length = 0;
  });
  afterAll(() => server.close());
  server.use(nothing);
  return {
    asked,
    sent,
    answers: (path, ...answers) => {
      let turn = 0;
      const next = () => answers[Math.min(turn++, answers.length - 1)]!;
      server.use(
        http.all(`${baseUrl}/api/index.php${path}`, async ({ request }) => {
          await note(request);
          const answer = next();
          return written(typeof answer === "string" ? fixture(answer) : answer);
        }),
      );
    },
  };
}

/** Serves the ports without a guard; over the replay. */
export async function connected(io: Partial<Io> = {}, other: object = {}) {
  const parsed = adapter.settings.parse({ ...settingsFor(baseUrl, "secret"), ...other });
  const { ports, close } = await adapter.connect(parsed, {
    landlord: "rochefort",
    limit: (_signal, job) => job(),
    log: () => {},
    now: () => new Date("2026-11-20T21:00:00Z"),
    ...io,
  });
  return {
    close,
    served: ports.map(({ port }) => port.name).toSorted(),
    use: <I>(port: Port<I>): I =>
      ports.find((served) => served.port.name === port.name)!.implementation as I,
  };
}

/** As in the laboratory where the samples were taken: no extra field for the kind of a lot. */
export const laboratory = { unit: { reference: "lot_ref", address: "lot_adresse" } };
