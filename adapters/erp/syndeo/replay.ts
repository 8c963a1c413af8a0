/** For tests: syndeo's recorded answers, replayed to the real HTTP client. */
import { readFileSync, readdirSync } from "node:fs";
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
const fixtures = readdirSync(folder).map((file) => fixture(file.replace(".json", "")));

/** A recorded answer with other data in it. */
export function changed(name: string, change: (data: never) => unknown): Recorded {
  const recorded = fixture(name);
  const body = recorded.body as { Donnees: never };
  return { ...recorded, body: { ...body, Donnees: change(body.Donnees) } as JsonBodyType };
}

export const baseUrl = "http://syndeo.test";
export const login = "/Api/Session/Ouvrir";
const settings = { baseUrl, user: "portail", password: "secret", timeZone: "Europe/Paris" };

export const call = (signal = new AbortController().signal): Call => ({
  signal,
  requestId: "test",
});

type Answer = Partial<Recorded> | Response;

export interface Replay {
  /** The requests that came, in order, as path and query; logins among them. */
  paths(): string[];
  /** The requests themselves. */
  readonly asked: Request[];
  /** Answers `path`, query aside, with these in turn; the last one for ever. */
  answers(path: string, ...answers: (Answer | Promise<Answer>)[]): void;
}

/** Replays the fixtures to the tests of a file; what was not recorded is unknown to syndeo. */
export function replay(): Replay {
  const asked: Request[] = [];
  const answering = (path: string, answer: (request: Request) => Answer | Promise<Answer>) =>
    http.all(baseUrl + path, async ({ request }) => {
      asked.push(request);
      const given = await answer(request);
      if (given instanceof Response) return given.clone();
      const { status = 200, headers = {}, body = null } = given;
      if (body === null) return new HttpResponse(null, { status, headers });
      return HttpResponse.json(body, { status, headers });
    });
  const recordedFor = (request: Request) => {
    const path = pathOf(request);
    if (path === login) return fixture("session");
    return fixtures.find((recorded) => recorded.request === path) ?? fixture("inconnu");
  };
  const server = setupServer(answering("/*", recordedFor));
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
export async function connected(io: Partial<Io> = {}, other: Partial<typeof settings> = {}) {
  const { ports, close } = await adapter.connect(
    { ...settings, ...other },
    {
      landlord: "immo-paris",
      limit: (_signal, job) => job(),
      log: () => {},
      now: () => new Date(),
      ...io,
    },
  );
  return {
    close,
    served: ports.map(({ port }) => port.name).toSorted(),
    use: <I>(port: Port<I>): I =>
      ports.find((served) => served.port.name === port.name)!.implementation as I,
  };
}
