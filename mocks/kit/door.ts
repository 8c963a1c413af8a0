import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { z } from "zod";
import type { Calls } from "./calls.ts";
import { doorPage } from "./door-page.ts";
import { Fault } from "./faults.ts";
import type { MockProduct } from "./product.ts";
import { buildingState, contractState, newsState, peopleState, personState } from "./state.ts";

/** What the door works on. */
export interface Behind {
  product: MockProduct;
  /** Of the ERP itself. */
  url: string;
  calls: Calls;
  faults(): Fault[];
  setFaults(faults: Fault[]): Promise<void>;
  restart(): void;
}

interface Asked {
  behind: Behind;
  url: URL;
  /** What follows a route that ends in `/`, decoded. */
  rest: string;
  /** Parsed JSON of a PUT. */
  body: unknown;
}

type Route = (asked: Asked) => unknown;

/** Answers 404 when a route returns undefined, else 200 with JSON (or the HTML page). */
const routes: Record<string, Route> = {
  "GET /faults": ({ behind }) => behind.faults(),
  "PUT /faults": async ({ behind, body }) => {
    const faults = z.array(Fault).parse(Array.isArray(body) ? body : [body]);
    await behind.setFaults(faults);
    return behind.faults();
  },
  "DELETE /faults": async ({ behind }) => {
    await behind.setFaults([]);
    return [];
  },
  "POST /restart": ({ behind }) => {
    behind.restart();
    return { done: "restart" };
  },
  "POST /lose-sessions": ({ behind }) => {
    behind.product.loseSessions();
    return { done: "lose-sessions" };
  },
  "GET /writes": ({ behind }) => behind.product.writes.list(),
  "POST /night": ({ behind }) => behind.product.runNight?.(),
  "GET /documents": ({ behind }) => weightOf(behind),
  "PUT /documents": ({ behind, body }) => {
    behind.product.world.leastFileBytes = Weight.parse(body).bytes;
    return weightOf(behind);
  },
  "GET /calls": ({ behind }) => behind.calls.report(),
  "DELETE /calls": ({ behind }) => {
    behind.calls.forget();
    return behind.calls.report();
  },
  "GET /state/people": ({ behind, url }) => peopleState(behind.product, url.searchParams),
  "GET /state/people/": ({ behind, rest }) => personState(behind.product, rest),
  "GET /state/contracts/": ({ behind, rest }) => contractState(behind.product, rest),
  "GET /state/buildings/": ({ behind, rest }) => buildingState(behind.product, rest),
  "GET /state/news": ({ behind }) => newsState(behind.product),
};

const Weight = z.strictObject({ bytes: z.int().min(0).max(200_000_000) });

const weightOf = ({ product }: Behind) => ({ bytes: product.world.leastFileBytes });

/** The control door of one mock ERP: JSON over HTTP, and a page that shows what it can do. */
export function createDoor(behind: Behind): Server {
  return createServer(async (incoming, outgoing) => {
    try {
      await serve(behind, incoming, outgoing);
    } catch (error) {
      const known = error instanceof z.ZodError || error instanceof SyntaxError;
      const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
      answerJson(outgoing, known ? 400 : 500, { error: message });
    }
  });
}

async function serve(
  behind: Behind,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const url = new URL(`http://127.0.0.1${incoming.url ?? "/"}`);
  if (incoming.method === "GET" && url.pathname === "/") {
    outgoing.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    outgoing.end(doorPage(behind));
    return;
  }
  const { route, rest } = routeOf(incoming.method ?? "GET", url.pathname);
  const text = Buffer.concat(await incoming.toArray()).toString();
  const body: unknown = incoming.method === "PUT" ? JSON.parse(text) : undefined;
  const found = await route?.({ behind, url, rest, body });
  if (found === undefined) answerJson(outgoing, 404, { error: `nothing at ${url.pathname}` });
  else answerJson(outgoing, 200, found);
}

function routeOf(method: string, path: string): { route: Route | undefined; rest: string } {
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
