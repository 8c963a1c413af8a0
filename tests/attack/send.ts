/** Requests on connections of their own, and what came of each. */
import { request } from "node:http";
import { connect, type Socket } from "node:net";

export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** One of this machine's own addresses, by which the sender is known; 127.0.0.1 unless told. */
  readonly from?: string;
}

export interface Answer {
  /** 0: the connection ended without one. */
  readonly status: number;
  /** Of the first error in the form of GraphQL; empty where there is none. */
  readonly code: string;
  /** From the last byte of what was asked, or of as much as was taken, to the last of the answer. */
  readonly ms: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

const patienceMs = 60_000;

/** Never rejects: whoever attacks is cut at times. */
export function send(url: string, sent: Sent): Promise<Answer> {
  const { method = "POST", path = "/", headers, body, from = "127.0.0.1" } = sent;
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const asked = request({
      hostname,
      port,
      // Not by a URL, which would be made clean before it is sent.
      path,
      method,
      localAddress: from,
      agent: false,
      // Kept open, so that an answer which does not wait for the body is not lost with the connection.
      headers: { connection: "keep-alive", ...headers },
    });
    let started = performance.now();
    const done = (status: number, text: string, of: Answer["headers"] = {}) => {
      resolve({ status, code: codeIn(text), ms: performance.now() - started, text, headers: of });
      asked.destroy();
    };
    asked.on("response", (answer) => {
      const pieces: Buffer[] = [];
      answer.on("data", (piece: Buffer) => pieces.push(piece));
      answer.on("close", () => {
        done(answer.statusCode ?? 0, Buffer.concat(pieces).toString(), answer.headers);
      });
    });
    asked.on("upgrade", ({ statusCode = 0 }) => done(statusCode, ""));
    asked.on("connect", ({ statusCode = 0 }) => done(statusCode, ""));
    asked.on("error", () => done(0, ""));
    asked.setTimeout(patienceMs, () => done(0, "nothing came"));
    asked.on("socket", (socket) => socket.once("connect", () => (started = performance.now())));
    asked.end(body);
  });
}

/** What Node's own client would refuse to send. The answer is whatever came until the end of the connection. */
export async function sendBytes(url: string, bytes: string | Buffer): Promise<Answer> {
  const socket = await open(url);
  const started = performance.now();
  const pieces: Buffer[] = [];
  socket.on("data", (piece: Buffer) => pieces.push(piece));
  socket.write(bytes);
  await closed(socket, patienceMs);
  socket.destroy();
  const [head = "", text = ""] = Buffer.concat(pieces).toString().split("\r\n\r\n");
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0);
  return { status, code: codeIn(text), ms: performance.now() - started, text, headers: {} };
}

/** A connection that is open. Its errors are nobody's concern. */
export function open(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  return new Promise((resolve) => {
    socket.once("connect", () => resolve(socket)).once("close", () => resolve(socket));
  });
}

/** After how many milliseconds from now the other side has closed it; Infinity where it has not. */
export function closed(socket: Socket, withinMs: number): Promise<number> {
  const started = performance.now();
  return new Promise((resolve) => {
    if (socket.destroyed) return resolve(0);
    const timer = setTimeout(() => resolve(Infinity), withinMs);
    const end = () => {
      clearTimeout(timer);
      resolve(performance.now() - started);
    };
    return socket.once("close", end).once("end", end);
  });
}

function codeIn(text: string): string {
  try {
    const { errors } = JSON.parse(text) as { errors?: { extensions?: { code?: string } }[] };
    return errors?.[0]?.extensions?.code ?? "";
  } catch {
    return "";
  }
}
