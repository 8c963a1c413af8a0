import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { MockErp, MockProduct, MockRequest } from "./product.ts";

/** Starts a mock ERP and its control door on 127.0.0.1; port 0 (the default) takes a free one. */
export async function startMockErp(
  product: MockProduct,
  ports: { port?: number; doorPort?: number } = {},
): Promise<MockErp> {
  const server = createServer(async (incoming, outgoing) => {
    const answer = await product.answer(await readRequest(incoming));
    outgoing.writeHead(answer.status, answer.headers);
    if (typeof answer.body === "string" || Buffer.isBuffer(answer.body)) outgoing.end(answer.body);
    else {
      for await (const chunk of answer.body) outgoing.write(chunk);
      outgoing.end();
    }
  });
  const door = createServer((_, outgoing) => outgoing.end());
  const url = await listen(server, ports.port ?? 0);
  const doorUrl = await listen(door, ports.doorPort ?? 0);
  const { landlord, world } = product;
  const close = async () => void (await Promise.all([stop(server), stop(door)]));
  return { product: product.product, landlord, url, doorUrl, world, close };
}

async function readRequest(incoming: IncomingMessage): Promise<MockRequest> {
  const body = Buffer.concat(await incoming.toArray());
  const url = new URL(incoming.url ?? "/", "http://127.0.0.1");
  const { method = "GET", headers } = incoming;
  return { method, url, path: url.pathname, headers, body };
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
