import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { countCalls, type Calls } from "./calls.ts";
import { createDoor } from "./door.ts";
import { holdEdits, type Edits } from "./edits.ts";
import { holdFaults, type Fault } from "./faults.ts";
import { listen, stop } from "./listen.ts";
import { misbehave } from "./misbehave.ts";
import type { MockErp, MockProduct, MockRequest } from "./product.ts";
import { send } from "./send.ts";

/** What a server of the mocks does: the part of a product that answers calls. */
export type Behaviour = Pick<MockProduct, "operationOf" | "answer" | "fault" | "closed">;

/** A running server that counts its calls, and misbehaves where it is told to. */
export interface Served {
  /** `http://127.0.0.1:port`, no slash at the end. */
  url: string;
  calls: Calls;
  edits: Edits;
  faults(): Fault[];
  setFaults(faults: Fault[]): Promise<void>;
  /** Cuts whatever is under way. */
  cutAll(): void;
  close(): Promise<void>;
}

/** On 127.0.0.1; port 0 takes a free one. */
export async function serveBehaviour(behaviour: Behaviour, port: number): Promise<Served> {
  const calls = countCalls();
  const edits = holdEdits();
  const faults = holdFaults();
  const server = createServer(async (incoming, outgoing) => {
    const call = calls.begin(outgoing);
    try {
      const request = await readRequest(incoming);
      const operation = behaviour.operationOf(request);
      call.named(operation);
      const fault = faults.take(operation);
      if (fault) await misbehave({ product: behaviour, request, outgoing, fault });
      else await send(outgoing, edits.apply(operation, await behaviour.answer(request)));
    } catch (error) {
      tellDefect(outgoing, error);
    }
  });
  server.keepAliveTimeout = 60_000;
  const url = await listen(server, port);

  async function setFaults(list: Fault[]): Promise<void> {
    faults.set(list);
    if (list.some((fault) => fault.kind === "refuse")) {
      calls.cutAll();
      await stop(server);
    } else if (!server.listening) await listen(server, Number(new URL(url).port));
  }

  const cutAll = () => {
    calls.cutAll();
    server.closeAllConnections();
  };
  return { url, calls, edits, faults: faults.list, setFaults, cutAll, close: () => stop(server) };
}

/** Starts a mock ERP and its control door on 127.0.0.1; port 0 (the default) takes a free one. */
export async function startMockErp(
  product: MockProduct,
  ports: { port?: number; doorPort?: number } = {},
): Promise<MockErp> {
  const served = await serveBehaviour(product, ports.port ?? 0);
  const { url, calls, edits, faults, setFaults } = served;
  const restart = () => {
    product.restart();
    served.cutAll();
  };
  const door = createDoor({ product, url, calls, edits, faults, setFaults, restart });
  const doorUrl = await openDoor(door, ports.doorPort ?? 0, served);
  const { landlord, world } = product;
  const close = async () => {
    await stop(door);
    await served.close();
  };
  return { product: product.product, landlord, url, doorUrl, world, close };
}

/** Where the door listens. A door that cannot be opened closes what is behind it. */
export function openDoor(door: Server, port: number, served: Served): Promise<string> {
  return listen(door, port).catch(async (error: unknown) => {
    await served.close();
    throw error;
  });
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
