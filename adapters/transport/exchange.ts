import type { Readable } from "node:stream";
import type { Io } from "../ports/adapter.ts";
import type { Call } from "../ports/port.ts";
import { addressOf, pathForLogs } from "./address.ts";
import { acceptEncoding, decoded, type ByteLimits } from "./decompress.ts";
import { wireError } from "./failure.ts";
import type { Answer, HttpOptions, HttpRequest } from "./http.ts";
import { createStopper, type Pace, type Stopper } from "./stopper.ts";
import type { Wire } from "./wire.ts";

export interface Exchange {
  io: Io;
  wire: Wire;
  options: HttpOptions;
  limits: ByteLimits;
  pace: Pace;
  request: HttpRequest;
  call: Call;
  closing: AbortSignal;
}

type Started = Answer & { body: AsyncIterable<Uint8Array>; ended: Promise<void> };

/** Sends, and resolves when the headers came; `ended` resolves when nothing more is to come. */
export async function startExchange(exchange: Exchange): Promise<Started> {
  const { io, wire, options, limits, request, call } = exchange;
  const url = addressOf(options.baseUrl, request.path, request.query);
  const name = request.name ?? `${request.method} ${pathForLogs(request.path)}`;
  const label = `${io.landlord}: ${name}`;
  const stopper = createStopper(call.signal, exchange.closing, exchange.pace);
  const failure = (error: unknown, answering: boolean) =>
    wireError(error, { label, stop: stopper.stop(), answering });
  const sent = { ...headersFor(call), ...options.headers, ...request.headers };
  try {
    const response = await wire.client.request<Readable>({
      url: url.href,
      method: request.method,
      headers: sent,
      data: sendable(request.body),
      signal: stopper.signal,
    });
    stopper.answering();
    const headers = flat(response.headers);
    const bare = response.status === 204 || response.status === 304;
    const stream = decoded(response.data, bare ? "" : headers["content-encoding"], limits);
    const destroy = () => stream.destroy(new Error("stopped"));
    stopper.signal.addEventListener("abort", destroy);
    if (stopper.signal.aborted) destroy();
    const ended = new Promise<void>((resolve) => stream.once("close", resolve)).then(stopper.done);
    const { status } = response;
    const heard = io.onExchange && recorder(io.onExchange, { request, url, sent, status, headers });
    const body = readable(stream, stopper, (error) => failure(error, true), heard);
    return { status, headers, body, ended };
  } catch (error) {
    stopper.done();
    throw failure(error, false);
  }
}

type Heard = (chunk: Uint8Array | null) => void;

interface Known extends Answer {
  readonly request: HttpRequest;
  readonly url: URL;
  readonly sent: Record<string, string>;
}

/** Keeps what is read of an answer, and hands it over at its end; nothing of one that broke off. */
function recorder(
  tell: NonNullable<Io["onExchange"]>,
  { request, url, sent, status, headers }: Known,
): Heard {
  const chunks: Uint8Array[] = [];
  return (chunk) => {
    if (chunk) return void chunks.push(Buffer.from(chunk));
    tell({
      method: request.method,
      url: url.href,
      requestHeaders: flat(sent),
      requestBody: Buffer.from(request.body ?? ""),
      status,
      headers,
      body: Buffer.concat(chunks),
    });
  };
}

/** The client sends no other bytes than a Buffer's. */
function sendable(body: HttpRequest["body"]): string | Buffer | undefined {
  if (!(body instanceof Uint8Array)) return body;
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}

function headersFor(call: Call): Record<string, string> {
  return { "accept-encoding": acceptEncoding, "x-request-id": call.requestId };
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

/** While somebody listens, what a caller leaves unread is read: behind the last part of a multipart, say. */
async function rest(chunks: AsyncIterator<Uint8Array>, heard: Heard): Promise<void> {
  try {
    for (let next = await chunks.next(); ; next = await chunks.next()) {
      heard(next.done ? null : next.value);
      if (next.done) return;
    }
  } catch {
    // It broke off: there is nothing to keep.
  }
}

/** The stream as what a caller may loop over; leaving the loop, even unentered, destroys it. */
function readable(
  stream: Readable,
  stopper: Stopper,
  failure: (error: unknown) => Error,
  heard?: Heard,
): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      const chunks = stream.iterator();
      return {
        async next() {
          stopper.wanting();
          try {
            const next = (await chunks.next()) as IteratorResult<Uint8Array>;
            heard?.(next.done ? null : next.value);
            return next;
          } catch (error) {
            throw failure(error);
          } finally {
            stopper.given();
          }
        },
        async return() {
          if (heard) await rest(chunks, heard);
          stream.destroy();
          return { done: true, value: undefined };
        },
      };
    },
  };
}
