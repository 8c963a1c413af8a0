import type { Io } from "../ports/adapter.ts";
import { PortError } from "../ports/errors.ts";
import type { Call } from "../ports/port.ts";
import { pathForLogs } from "./address.ts";
import { decodeText } from "./decode.ts";
import { labelled } from "./failure.ts";
import { createHttp, type HttpOptions, type HttpRequest } from "./http.ts";
import { parseJson } from "./json.ts";
import { isHtml, statusError, type Head } from "./status.ts";

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
      if (!isExpected(answer, wanted)) throw statusError(io, label, answer);
      const { status, headers, bytes } = answer;
      if (status === 204 || status === 304) return { status, headers, data: undefined };
      return { status, headers, data: readJson(label, headers, bytes) };
    },
    async open(path, wanted, call) {
      const answer = await http.open(requestFor(path, wanted, "*/*"), call);
      if (isExpected(answer, wanted) && !isHtml(answer)) {
        return { headers: answer.headers, body: answer.body };
      }
      await answer.body[Symbol.asyncIterator]().return?.();
      if (!isExpected(answer, wanted)) throw statusError(io, labelOf(path), answer);
      throw new PortError("BAD_RESPONSE", `${labelOf(path)}: a page instead of a file`);
    },
    close: () => http.close(),
  };
}

function isExpected(head: Head, { expect = [200] }: RestOptions): boolean {
  return expect.includes(head.status) && !(head.status === 202 && isHtml(head));
}

function requestFor(path: string, options: RestOptions, accept: string): HttpRequest {
  const { query = {}, headers = {} } = options;
  return { method: "GET", path, query, headers: { accept, ...headers } };
}

function readJson(label: string, headers: Record<string, string>, bytes: Uint8Array): unknown {
  const contentType = headers["content-type"] ?? "";
  if (!/^\s*(application|text)\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType)) {
    throw new PortError("BAD_RESPONSE", `${label}: an answer of another type than JSON`);
  }
  try {
    return parseJson(decodeText(bytes, contentType, "json"));
  } catch (error) {
    throw labelled(error, label);
  }
}
