import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { z } from "zod";

interface Asked<B> {
  behind: B;
  url: URL;
  /** What follows a route that ends in `/`, decoded. */
  rest: string;
  /** Parsed JSON of a PUT. */
  body: unknown;
}

type Route<B> = (asked: Asked<B>) => unknown;

/** `GET /calls`, or `GET /calls/` for whatever follows. Undefined is answered with 404, else 200 with JSON. */
export type Routes<B> = Readonly<Record<string, Route<B>>>;

/** A control door: JSON over HTTP, and a page at its root. */
export function routedDoor<B>(behind: B, routes: Routes<B>, pageOf: (behind: B) => string): Server {
  return createServer(async (incoming, outgoing) => {
    try {
      await serve({ behind, routes, pageOf }, incoming, outgoing);
    } catch (error) {
      const known = error instanceof z.ZodError || error instanceof SyntaxError;
      const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
      answerJson(outgoing, known ? 400 : 500, { error: message });
    }
  });
}

interface Door<B> {
  behind: B;
  routes: Routes<B>;
  pageOf: (behind: B) => string;
}

async function serve<B>(
  { behind, routes, pageOf }: Door<B>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const url = new URL(`http://127.0.0.1${incoming.url ?? "/"}`);
  if (incoming.method === "GET" && url.pathname === "/") {
    outgoing.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    outgoing.end(pageOf(behind));
    return;
  }
  const { route, rest } = routeOf(routes, incoming.method ?? "GET", url.pathname);
  const text = Buffer.concat(await incoming.toArray()).toString();
  const body: unknown = incoming.method === "PUT" ? JSON.parse(text) : undefined;
  const found = await route?.({ behind, url, rest, body });
  if (found === undefined) answerJson(outgoing, 404, { error: `nothing at ${url.pathname}` });
  else answerJson(outgoing, 200, found);
}

function routeOf<B>(
  routes: Routes<B>,
  method: string,
  path: string,
): { route: Route<B> | undefined; rest: string } {
  const whole = routes[`${method} ${path}`];
  if (whole && !path.endsWith("/")) return { route: whole, rest: "" };
  const end = path.indexOf("/", path.indexOf("/", 1) + 1) + 1;
  const rest = decode(path.slice(end));
  return {
    route: end > 1 && rest !== "" ? routes[`${method} ${path.slice(0, end)}`] : undefined,
    rest,
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function answerJson(outgoing: ServerResponse, status: number, value: unknown): void {
  outgoing.writeHead(status, { "content-type": "application/json; charset=utf-8" });
  outgoing.end(`${JSON.stringify(value, null, 2)}\n`);
}
