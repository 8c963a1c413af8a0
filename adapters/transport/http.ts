import type { Io } from "../ports/adapter.ts";
import type { Call } from "../ports/port.ts";
import { collect } from "./collect.ts";
import { startExchange } from "./exchange.ts";
import { createWire } from "./wire.ts";

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

export interface Answer {
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
