import type { Io } from "../ports/adapter.ts";
import { PortError, type ErrorCode } from "../ports/errors.ts";
import type { Call } from "../ports/port.ts";
import { pathForLogs } from "./address.ts";
import { decodeText } from "./decode.ts";
import { createHttp, type HttpOptions, type HttpRequest } from "./http.ts";
import { parseJson } from "./json.ts";

export interface RestOptions {
  query?: Record<string, string>;
  headers?: Record<string, string>;
  /** The statuses that the caller can work with. Default [200]. */
  expect?: readonly number[];
}

/**
 * JSON over HTTP. Any other status than those expected throws a PortError (see `codeOfStatus`), as
 * does an answer that is not JSON.
 */
export interface RestClient {
  /** `data` is undefined for 204 and 304. */
  get(
    path: string,
    options: RestOptions,
    call: Call,
  ): Promise<{ status: number; headers: Record<string, string>; data: unknown }>;
  /** Bytes of any media type, as they come; see `HttpClient.open`. */
  open(
    path: string,
    options: RestOptions,
    call: Call,
  ): Promise<{ headers: Record<string, string>; body: AsyncIterable<Uint8Array> }>;
  close(): Promise<void>;
}

export function createRestClient(io: Io, options: HttpOptions): RestClient {
  const http = createHttp(io, options);
  const labelOf = (path: string) => `${io.landlord}: GET ${pathForLogs(path)}`;
  return {
    async get(path, wanted, call) {
      const label = labelOf(path);
      const answer = await http.send(requestFor(path, wanted, "application/json"), call);
      checkStatus(io, label, answer, wanted.expect);
      const { status, headers, bytes } = answer;
      if (status === 204 || status === 304) return { status, headers, data: undefined };
      return { status, headers, data: readJson(label, answer.status, headers, bytes) };
    },
    async open(path, wanted, call) {
      const answer = await http.open(requestFor(path, wanted, "*/*"), call);
      try {
        checkStatus(io, labelOf(path), answer, wanted.expect);
      } catch (error) {
        await answer.body[Symbol.asyncIterator]().return?.();
        throw error;
      }
      return { headers: answer.headers, body: answer.body };
    },
    close: () => http.close(),
  };
}

function requestFor(path: string, options: RestOptions, accept: string): HttpRequest {
  const { query = {}, headers = {} } = options;
  return { method: "GET", path, query, headers: { accept, ...headers } };
}

interface Head {
  readonly status: number;
  readonly headers: Record<string, string>;
}

function checkStatus(io: Io, label: string, head: Head, expect: readonly number[] = [200]): void {
  const { status } = head;
  if (status === 202 && isHtml(head)) {
    throw new PortError("UNAVAILABLE", `${label}: answered 202 with a page`);
  }
  if (expect.includes(status)) return;
  if (status === 401 || status === 403) {
    io.log("error", "The ERP refuses our credentials", { label, status });
  }
  throw new PortError(codeOfStatus(status), `${label}: answered ${status}`);
}

/** What a status means that was not expected. Our credentials refused is no fault of the person. */
export function codeOfStatus(status: number): ErrorCode {
  if (status === 401 || status === 403) return "UNAVAILABLE";
  if (status === 404) return "NOT_FOUND";
  if (status === 408 || status === 504) return "TIMEOUT";
  if (status === 429) return "RATE_LIMITED";
  return status >= 500 ? "UNAVAILABLE" : "BAD_RESPONSE";
}

function isHtml({ headers }: Head): boolean {
  return /^\s*(text\/html|application\/xhtml)/i.test(headers["content-type"] ?? "");
}

function readJson(
  label: string,
  status: number,
  headers: Record<string, string>,
  bytes: Uint8Array,
): unknown {
  const contentType = headers["content-type"];
  try {
    if (!/^\s*(application|text)\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType ?? "")) {
      throw new PortError("BAD_RESPONSE", `answered ${status} with something else than JSON`);
    }
    return parseJson(decodeText(bytes, contentType, "json"));
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    throw new PortError(error.code, `${label}: ${error.message}`, { cause: error.cause });
  }
}
