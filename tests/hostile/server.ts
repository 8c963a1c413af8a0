/** An ERP on loopback that answers whatever it is told, well or ill, and counts who calls. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { HostileAnswer } from "./answers.ts";

export interface HostileErp {
  readonly url: string;
  /** How many requests came, and how many connections. */
  readonly seen: { requests: number; connections: number; readonly heads: string[] };
  /** From now on. */
  behave(answer: Pick<HostileAnswer, "send">): void;
  close(): Promise<void>;
}

export async function startHostileErp(): Promise<HostileErp> {
  const seen: HostileErp["seen"] = { requests: 0, connections: 0, heads: [] };
  let current: Pick<HostileAnswer, "send"> = { send: (response) => void response.end() };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString("utf8");
    seen.requests++;
    seen.heads.push(`${request.rawHeaders.join("\n")}\n${body}`);
    current.send(response, /<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)/.exec(body)?.[1] ?? "");
  });
  server.on("connection", (socket) => {
    seen.connections++;
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    behave: (answer) => void (current = answer),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
