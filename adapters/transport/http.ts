import type { Io } from "../ports/adapter.ts";
import type { Call } from "../ports/port.ts";
import { collect } from "./collect.ts";
import { startExchange } from "./exchange.ts";
import { createWire } from "./wire.ts";

export interface HttpLimits {
  /** Of a buffered answer, as it comes over the wire. Default 5 MB. */
  maxBytes: number;
  /** Of a buffered answer, after decompression. Default 8 MB: more cannot be read without delay to others. */
  maxDecodedBytes: number;
  /** Of a streamed answer, before and after decompression. Default 100 MB. */
  maxStreamBytes: number;
  /**
   * For the whole exchange of a buffered answer, in milliseconds: a slow drip counts too. For the
   * head of a streamed one. Default 30 s.
   */
  timeoutMs: number;
  /** Of a streamed answer: how long the ERP may be silent while we want more. Default 30 s. */
  silentMs: number;
  /** Of a streamed answer: how long nobody may want more of it. Default 3 minutes. */
  unreadMs: number;
  /** For the whole of a streamed answer, however slowly it is read. Default 30 minutes. */
  streamMs: number;
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
   * left by `break`, or one of its times has passed; the body may be read once. `call.signal` holds
   * for the body too.
   */
  open(request: HttpRequest, call: Call): Promise<Answer & { body: AsyncIterable<Uint8Array> }>;
  /** Ends what is running with UNAVAILABLE, and closes the connections. */
  close(): Promise<void>;
}

const MB = 1024 * 1024;
export const defaultLimits: HttpLimits = {
  maxBytes: 5 * MB,
  maxDecodedBytes: 8 * MB,
  // A file of 50 MB is more than 70 as base64 in lines.
  maxStreamBytes: 100 * MB,
  timeoutMs: 30_000,
  silentMs: 30_000,
  unreadMs: 3 * 60_000,
  streamMs: 30 * 60_000,
};

export interface HttpOptions {
  baseUrl: string;
  limits?: Partial<HttpLimits>;
  headers?: Record<string, string>;
}

/** A client for one landlord's ERP, with its own connections, kept alive between calls. */
export function createHttp(io: Io, options: HttpOptions): HttpClient {
  const limits = { ...defaultLimits, ...options.limits };
  const wire = createWire(io.ca);
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();

  const { timeoutMs, silentMs, unreadMs, streamMs } = limits;
  const buffered = {
    limits: { maxBytes: limits.maxBytes, maxDecodedBytes: limits.maxDecodedBytes },
    pace: { headMs: timeoutMs, silentMs: timeoutMs, unreadMs: timeoutMs, wholeMs: timeoutMs },
  };
  const streamed = {
    limits: { maxBytes: limits.maxStreamBytes, maxDecodedBytes: limits.maxStreamBytes },
    pace: { headMs: timeoutMs, silentMs, unreadMs, wholeMs: streamMs },
  };
  const exchange = (request: HttpRequest, call: Call) => ({
    io,
    wire,
    options,
    request,
    call,
    closing: closing.signal,
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
        const { status, headers, body } = await startExchange({
          ...exchange(request, call),
          ...buffered,
        });
        return { status, headers, bytes: await collect(body) };
      }),
    open: (request, call) =>
      new Promise((resolve, reject) => {
        limited(call, async () => {
          const { ended, ...answer } = await startExchange({
            ...exchange(request, call),
            ...streamed,
          });
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
