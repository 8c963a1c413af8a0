import http from "node:http";
import https from "node:https";
import type { Readable } from "node:stream";
import axios, { type AxiosInstance } from "axios";
import type { Io } from "../ports/adapter.ts";
import type { Call } from "../ports/port.ts";
import { addressOf, pathForLogs } from "./address.ts";
import { collect } from "./collect.ts";
import { acceptEncoding, decoded } from "./decompress.ts";
import { wireError, type Stop } from "./failure.ts";

export interface HttpLimits {
  /** Of a buffered answer, as it comes over the wire. Default 5 MB. */
  maxBytes: number;
  /** Of a buffered answer, after decompression. Default 20 MB. */
  maxDecodedBytes: number;
  /** Of a streamed answer, before and after decompression. Default 50 MB. */
  maxStreamBytes: number;
  /** For the whole exchange, in milliseconds: a slow drip counts too. Default 30 s. */
  timeoutMs: number;
}

export interface HttpRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Under `baseUrl`: empty, or `/…` with keys percent-encoded. */
  path: string;
  /** What to call the request in messages instead of its path. */
  name?: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

interface Answer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
}

/**
 * Bytes over HTTP, of any status: what a status means is for the caller to say. Redirects are
 * never followed. Errors are those of `wireError`, and INVALID_INPUT for a path that would leave
 * `baseUrl`.
 */
export interface HttpClient {
  send(request: HttpRequest, call: Call): Promise<Answer & { bytes: Uint8Array }>;
  /**
   * Resolves when the headers came. The place in `io.limit` is held until the body has ended, was
   * left by `break`, or the deadline passed; the body may be read once.
   */
  open(request: HttpRequest, call: Call): Promise<Answer & { body: AsyncIterable<Uint8Array> }>;
  /** Ends what is running with UNAVAILABLE, and closes the connections. */
  close(): Promise<void>;
}

const MB = 1024 * 1024;
export const defaultLimits: HttpLimits = {
  maxBytes: 5 * MB,
  maxDecodedBytes: 20 * MB,
  maxStreamBytes: 50 * MB,
  timeoutMs: 30_000,
};

export interface HttpOptions {
  baseUrl: string;
  limits?: Partial<HttpLimits>;
  headers?: Record<string, string>;
}

/** A client for one landlord's ERP, with its own connections, kept alive between calls. */
export function createHttp(io: Io, options: HttpOptions): HttpClient {
  const limits = { ...defaultLimits, ...options.limits };
  const wire = createWire();
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();

  const start = (request: HttpRequest, call: Call, maxBytes: number, maxDecodedBytes: number) =>
    startExchange({
      io,
      wire,
      options,
      request,
      call,
      closing: closing.signal,
      limits: { ...limits, maxBytes, maxDecodedBytes },
    });

  const limited = <T>(call: Call, job: () => Promise<T>): Promise<T> => {
    const run = io.limit(call.signal, job);
    const settled = run.catch(() => {}).finally(() => running.delete(settled));
    running.add(settled);
    return run;
  };

  return {
    send: (request, call) =>
      limited(call, async () => {
        const { status, headers, body } = await start(
          request,
          call,
          limits.maxBytes,
          limits.maxDecodedBytes,
        );
        return { status, headers, bytes: await collect(body) };
      }),
    open: (request, call) =>
      new Promise((resolve, reject) => {
        limited(call, async () => {
          const { ended, ...answer } = await start(
            request,
            call,
            limits.maxStreamBytes,
            limits.maxStreamBytes,
          );
          resolve(answer);
          await ended;
        }).catch(reject);
      }),
    async close() {
      closing.abort();
      await Promise.all(running);
      wire.close();
    },
  };
}

interface Wire {
  readonly client: AxiosInstance;
  close(): void;
}

function createWire(): Wire {
  // `timeout` closes a connection that lay idle: servers close theirs after 5 s or more, and a
  // request sent into a closing connection fails for nothing.
  const keep = { keepAlive: true, timeout: 4000 };
  const httpAgent = new http.Agent(keep);
  const httpsAgent = new https.Agent({ ...keep, rejectUnauthorized: true, minVersion: "TLSv1.2" });
  const client = axios.create({
    adapter: "http",
    httpAgent,
    httpsAgent,
    proxy: false,
    maxRedirects: 0,
    decompress: false,
    responseType: "stream",
    transformRequest: [(data: unknown) => data],
    transformResponse: [(data: unknown) => data],
    validateStatus: () => true,
  });
  const close = () => {
    httpAgent.destroy();
    httpsAgent.destroy();
  };
  return { client, close };
}

interface Exchange {
  io: Io;
  wire: Wire;
  options: HttpOptions;
  limits: HttpLimits;
  request: HttpRequest;
  call: Call;
  closing: AbortSignal;
}

type Started = Answer & { body: AsyncIterable<Uint8Array>; ended: Promise<void> };

/** Sends, and resolves when the headers came; `ended` resolves when nothing more is to come. */
async function startExchange(exchange: Exchange): Promise<Started> {
  const { io, wire, options, limits, request, call } = exchange;
  const url = addressOf(options.baseUrl, request.path, request.query);
  const name = request.name ?? `${request.method} ${pathForLogs(request.path)}`;
  const label = `${io.landlord}: ${name}`;
  const stopper = createStopper(call.signal, exchange.closing, limits.timeoutMs);
  const failure = (error: unknown, answering: boolean) =>
    wireError(error, { label, stop: stopper.stop(), answering });
  try {
    const response = await wire.client.request<Readable>({
      url: url.href,
      method: request.method,
      headers: { ...headersFor(call), ...options.headers, ...request.headers },
      data: request.body,
      signal: stopper.signal,
    });
    const headers = flat(response.headers);
    const bare = response.status === 204 || response.status === 304;
    const stream = decoded(response.data, bare ? "" : headers["content-encoding"], limits);
    const destroy = () => stream.destroy(new Error("stopped"));
    stopper.signal.addEventListener("abort", destroy);
    if (stopper.signal.aborted) destroy();
    const ended = new Promise<void>((resolve) => stream.once("close", resolve)).then(stopper.done);
    const body = readable(stream, (error) => failure(error, true));
    return { status: response.status, headers, body, ended };
  } catch (error) {
    stopper.done();
    throw failure(error, false);
  }
}

function headersFor(call: Call): Record<string, string> {
  return { "accept-encoding": acceptEncoding, "x-request-id": call.requestId };
}

/** One signal for the three reasons to stop, which remembers the first. */
function createStopper(caller: AbortSignal, closing: AbortSignal, timeoutMs: number) {
  const controller = new AbortController();
  let first: Stop | null = null;
  const stopWith = (reason: Stop) => () => {
    first ??= reason;
    controller.abort();
  };
  const onCaller = stopWith("caller");
  const onClosing = stopWith("closed");
  const timer = setTimeout(stopWith("deadline"), timeoutMs);
  caller.addEventListener("abort", onCaller);
  closing.addEventListener("abort", onClosing);
  if (caller.aborted) onCaller();
  if (closing.aborted) onClosing();
  return {
    signal: controller.signal,
    stop: () => first,
    done() {
      clearTimeout(timer);
      caller.removeEventListener("abort", onCaller);
      closing.removeEventListener("abort", onClosing);
    },
  };
}

function flat(headers: Record<string, unknown>): Record<string, string> {
  const entries = Object.entries(headers).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(", ") : String(value),
    ]),
  );
}

/** The stream as what a caller may loop over; leaving the loop, even unentered, destroys it. */
function readable(stream: Readable, failure: (error: unknown) => Error): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      const chunks = stream.iterator();
      return {
        async next() {
          try {
            return (await chunks.next()) as IteratorResult<Uint8Array>;
          } catch (error) {
            throw failure(error);
          }
        },
        async return() {
          stream.destroy();
          return { done: true, value: undefined };
        },
      };
    },
  };
}
