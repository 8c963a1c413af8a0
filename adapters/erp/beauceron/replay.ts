/** For tests: beauceron's recorded answers, replayed to the real HTTP client. */
import { readdirSync, readFileSync } from "node:fs";
import { http, HttpResponse, type JsonBodyType } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll } from "vitest";
import type { Io } from "../../ports/adapter.ts";
import type { Call, Port } from "../../ports/port.ts";
import adapter from "./index.ts";

export interface Recorded {
  /** Path and query. */
  readonly request: string;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: JsonBodyType;
}

const folder = new URL("fixtures/", import.meta.url);
export const fixture = (name: string): Recorded =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8")) as Recorded;
export const fixtures = readdirSync(folder).map((file) => fixture(file.replace(".json", "")));

const baseUrl = "http://beauceron.test";
export const settings = {
  baseUrl,
  clientId: "portail",
  clientSecret: "secret",
  timeZone: "Europe/Paris",
};

export const call = (): Call => ({ signal: new AbortController().signal, requestId: "test" });

export interface Replay {
  /** The requests that came, in order. */
  readonly asked: Request[];
  /** The same, as path and query. */
  paths(): string[];
  /** Answers `path`, query aside, with these in turn; the last one for ever. */
  answers(path: string, ...answers: (Partial<Recorded> | Response)[]): void;
}

/** Replays the fixtures to the tests of a file; what was not recorded is an unknown address. */
export function replay(): Replay {
  const asked: Request[] = [];
  const answerOf = ({ status = 200, headers = {}, body = null }: Partial<Recorded>) =>
    body === null
      ? new HttpResponse(null, { status, headers })
      : HttpResponse.json(body, { status, headers });
  const answering = (path: string, answer: (request: Request) => Partial<Recorded> | Response) =>
    http.all(baseUrl + path, ({ request }) => {
      asked.push(request);
      const given = answer(request);
      return given instanceof Response ? given : answerOf(given);
    });
  const server = setupServer(
    answering(
      "/*",
      (request) => fixtures.find((f) => f.request === pathOf(request)) ?? fixture("mauvaiseRoute"),
    ),
  );
  beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
  afterEach(() => {
    server.resetHandlers();
    asked.length = 0;
  });
  afterAll(() => server.close());
  return {
    asked,
    paths: () => asked.map(pathOf),
    answers: (path, ...answers) => {
      let turn = 0;
      server.use(answering(path, () => answers[Math.min(turn++, answers.length - 1)]!));
    },
  };
}

const pathOf = (request: Request) => decodeURIComponent(request.url.slice(baseUrl.length));

/** Serves the ports without a guard; over the replay, unless told otherwise. */
export async function connected(io: Partial<Io> = {}, changed: Partial<typeof settings> = {}) {
  const { ports, close } = await adapter.connect(
    { ...settings, ...changed },
    {
      landlord: "chartres",
      limit: (_signal, job) => job(),
      log: () => {},
      now: () => new Date(),
      ...io,
    },
  );
  return {
    close,
    use: <I>(port: Port<I>): I =>
      ports.find((served) => served.port.name === port.name)!.implementation as I,
  };
}
