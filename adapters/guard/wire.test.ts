/** Servers that are half broken, over real sockets: whatever they do, the deadline holds. */
import { once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLimit } from "../limit.ts";
import type { Io } from "../ports/adapter.ts";
import { balances } from "../ports/billing.ts";
import { serve } from "../ports/port.ts";
import { createHttp, type HttpClient } from "../transport/http.ts";
import { guard } from "./guard.ts";

const deadlineMs = 400;
/** Far more than a noisy machine needs, and far less than any of these would take by itself. */
const atMostMs = 8_000;

const head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n";
const body = "x".repeat(100_000);

function bit(socket: Socket, text: string, size: number, everyMs: number): void {
  let at = 0;
  const timer = setInterval(() => {
    if (socket.destroyed || at >= text.length) return clearInterval(timer);
    socket.write(text.slice(at, at + size));
    at += size;
  }, everyMs);
  socket.once("close", () => clearInterval(timer));
}

const ways: Record<string, (socket: Socket) => void> = {
  "answers after a minute": (socket) =>
    void setTimeout(() => socket.end(head + body), 60_000).unref(),
  "drips its body, one byte each 20 ms": (socket) => {
    socket.write(head);
    bit(socket, body, 1, 20);
  },
  "sends 1 KB per second": (socket) => {
    socket.write(head);
    bit(socket, body, 100, 100);
  },
  "sends even its head byte by byte": (socket) => bit(socket, head + body, 1, 20),
  "resets the connection within the body": (socket) => {
    socket.write(head + "xxxxxxxxxx");
    setTimeout(() => socket.resetAndDestroy(), 50);
  },
  "takes the request and says nothing (half open)": () => {},
  "closes its side and keeps ours": (socket) => void socket.end(),
  "reads nothing (black hole)": (socket) => void socket.pause(),
};

const servers: Server[] = [];
const clients: HttpClient[] = [];
const ports = new Map<string, number>();
beforeAll(async () => {
  for (const [name, way] of Object.entries(ways)) {
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      socket.on("error", () => {});
      if (name.startsWith("reads nothing")) way(socket);
      else socket.once("data", () => way(socket));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    servers.push(server);
    ports.set(name, (server.address() as AddressInfo).port);
  }
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  for (const server of servers) server.close();
});

test.concurrent.each(Object.keys(ways))("I-02 an ERP that %s: the deadline holds", async (name) => {
  const io: Io = {
    landlord: "here",
    limit: createLimit("here", 2),
    log: () => {},
    now: () => new Date(),
  };
  const http = createHttp(io, { baseUrl: `http://127.0.0.1:${ports.get(name)}` });
  clients.push(http);
  const read = serve(balances, {
    ofContracts: async (_keys, call) => {
      await http.send({ method: "GET", path: "/" }, call);
      return [null];
    },
  });
  const guarded = guard([read], { landlord: "here", deadlineMs, log: () => {} });
  const startedAt = performance.now();
  const call = { signal: new AbortController().signal, requestId: "r" };
  const error: unknown = await guarded
    .use(balances)
    .ofContracts(["C"], call)
    .catch((thrown: unknown) => thrown);
  expect((error as { code: string }).code).toMatch(/^(TIMEOUT|UNAVAILABLE|BAD_RESPONSE)$/);
  expect(performance.now() - startedAt).toBeLessThan(atMostMs);
});
