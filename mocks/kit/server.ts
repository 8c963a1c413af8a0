import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { countCalls } from "./calls.ts";
import { createDoor } from "./door.ts";
import { holdFaults, type Fault } from "./faults.ts";
import { listen, stop } from "./listen.ts";
import { misbehave } from "./misbehave.ts";
import type { MockErp, MockProduct, MockRequest } from "./product.ts";
import { send } from "./send.ts";

/** Starts a mock ERP and its control door on 127.0.0.1; port 0 (the default) takes a free one. */
export async function startMockErp(
  product: MockProduct,
  ports: { port?: number; doorPort?: number } = {},
): Promise<MockErp> {
  const calls = countCalls();
  const faults = holdFaults();
  const server = createServer(async (incoming, outgoing) => {
    const call = calls.begin(outgoing);
    try {
      const request = await readRequest(incoming);
      const operation = product.operationOf(request);
      call.named(operation);
      const fault = faults.take(operation);
      if (fault) await misbehave({ product, request, outgoing, fault });
      else await send(outgoing, await product.answer(request));
    } catch (error) {
      tellDefect(outgoing, error);
    }
  });
  server.keepAliveTimeout = 60_000;
  const url = await listen(server, ports.port ?? 0);

  async function setFaults(list: Fault[]): Promise<void> {
    faults.set(list);
    if (list.some((fault) => fault.kind === "refuse")) {
      calls.cutAll();
      await stop(server);
    } else if (!server.listening) await listen(server, Number(new URL(url).port));
  }

  const restart = () => {
    product.restart();
    calls.cutAll();
    server.closeAllConnections();
  };
  const door = createDoor({ product, url, calls, faults: faults.list, setFaults, restart });
  const doorUrl = await listen(door, ports.doorPort ?? 0).catch(async (error: unknown) => {
    await stop(server);
    throw error;
  });
  const { landlord, world } = product;
  const close = async () => {
    await stop(door);
    await stop(server);
  };
  return { product: product.product, landlord, url, doorUrl, world, close };
}

async function readRequest(incoming: IncomingMessage): Promise<MockRequest> {
  const body = Buffer.concat(await incoming.toArray());
  const url = new URL(`http://127.0.0.1${incoming.url ?? "/"}`);
  const { method = "GET", headers } = incoming;
  return { method, url, path: url.pathname, headers, body };
}

/** A product that throws is a defect of the mock: say so loudly rather than look like an ERP. */
function tellDefect(outgoing: ServerResponse, error: unknown): void {
  if (outgoing.destroyed) return;
  if (outgoing.headersSent) {
    outgoing.destroy();
    return;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  outgoing.writeHead(500, { "content-type": "text/plain; charset=utf-8" });
  outgoing.end(`defect of the mock: ${text}`);
}
