/** An HTTP server on this machine that answers as an ERP did when it was recorded. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { collect } from "../transport/collect.ts";
import type { KeptExchange } from "./exchanges.ts";
import { recordedOrigin } from "./leaf.ts";
import { createMatch } from "./match.ts";

export interface Replay {
  /** `http://127.0.0.1:41234` */
  readonly origin: string;
  /** How many requests had no recorded answer. */
  misses(): number;
  close(): Promise<void>;
}

/** What was not recorded is answered with 501 and a sentence. */
export async function startReplay(exchanges: readonly KeptExchange[]): Promise<Replay> {
  const match = createMatch(exchanges);
  let misses = 0;
  let origin = "";
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = "GET", url: path = "/" } = request;
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const found = match({ method, path, headers, body: await collect(request) });
    if (found) {
      const { headers: sent, body } = replayed(found, origin);
      return void response.writeHead(found.status, sent).end(body);
    }
    misses += 1;
    response
      .writeHead(501, { "content-type": "text/plain; charset=utf-8" })
      .end("This was not recorded: record again, with the keys that are asked for here.\n");
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    misses: () => misses,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** Addresses in an answer lead to this server. */
function replayed({ headers, body }: KeptExchange, origin: string) {
  const here = (text: string) => text.replaceAll(recordedOrigin, origin);
  const sent = Object.entries(headers).map(([name, value]) => [name, here(value)]);
  const fresh = body.includes(recordedOrigin)
    ? Buffer.from(here(body.toString("latin1")), "latin1")
    : body;
  return { headers: Object.fromEntries(sent) as Record<string, string>, body: fresh };
}
