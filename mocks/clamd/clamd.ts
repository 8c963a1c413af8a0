/**
 * A stand-in for clamd: INSTREAM over TCP or a Unix socket, as its manual has it. It knows one virus,
 * the test file that all scanners know.
 */
import { once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** `hang`: takes the file and says nothing. `error`: what clamd says of a file past its limit. */
type Mood = "well" | "hang" | "error";

export interface MockClamd {
  /** `host:port`, or the socket's path. */
  readonly address: string;
  /** How many files it looked at. */
  scanned(): number;
  setMood(mood: Mood): void;
  close(): Promise<void>;
}

const command = "zINSTREAM\0";
const eicar = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

/** On a free port of this machine, or at the path of a socket. */
export async function startClamd(path?: string): Promise<MockClamd> {
  let mood: Mood = "well";
  let count = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    const received: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => {
      received.push(chunk);
      const file = fileIn(Buffer.concat(received));
      if (file === "unknown") socket.end("UNKNOWN COMMAND\0");
      if (file === "unknown" || file === "more" || mood === "hang") return;
      count += 1;
      socket.end(mood === "error" ? "INSTREAM size limit exceeded. ERROR\0" : verdict(file));
    });
  });
  server.listen(path === undefined ? { host: "127.0.0.1", port: 0 } : { path });
  await once(server, "listening");
  return {
    address: addressOf(server),
    scanned: () => count,
    setMood: (next) => void (mood = next),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

const verdict = (file: Buffer) =>
  file.includes(eicar) ? "stream: Win.Test.EICAR_HDB-1 FOUND\0" : "stream: OK\0";

function addressOf(server: Server): string {
  const address = server.address() as AddressInfo | string;
  return typeof address === "string" ? address : `${address.address}:${address.port}`;
}

/** The file of a whole command. */
function fileIn(received: Buffer): Buffer | "more" | "unknown" {
  const start = received.subarray(0, command.length).toString("latin1");
  if (!command.startsWith(start)) return "unknown";
  const chunks: Buffer[] = [];
  for (let at = command.length; at + 4 <= received.length;) {
    const length = received.readUInt32BE(at);
    if (length === 0) return Buffer.concat(chunks);
    if (at + 4 + length > received.length) return "more";
    chunks.push(received.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return "more";
}
