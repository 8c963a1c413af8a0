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
 * What is sent, each held whole: a JSON value, of another media type where the ERP insists on it; a
 * form with files; a form of fields (`application/x-www-form-urlencoded`), a list as a field for each.
 */
export type RestBody =
  | { readonly json: unknown; readonly type?: string }
  | { readonly form: FormData }
  | { readonly fields: Fields };

type Field = string | number | boolean;
/** What is undefined or null is left out. */
export type Fields = Readonly<Record<string, Field | readonly Field[] | null | undefined>>;

export interface RestWrite extends RestOptions {
  readonly body?: RestBody;
}

interface RestAnswer {
  status: number;
  headers: Record<string, string>;
  /** Undefined for 204, 304 and an empty 200 or 201. */
  data: unknown;
}

/**
 * JSON over HTTP. Any other status than those expected throws a PortError (see `codeOfStatus`), as
 * does an answer that is not JSON.
 */
export interface RestClient {
  get(path: string, options: RestOptions, call: Call): Promise<RestAnswer>;
  /**
   * Changes something. Errors carry `notApplied` where that is certain; a status that is not
   * expected tells nothing about what was applied, but for 401, 403 and 429.
   */
  send(
    method: "POST" | "PUT" | "PATCH" | "DELETE",
    path: string,
    options: RestWrite,
    call: Call,
  ): Promise<RestAnswer>;
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
  const labelOf = (path: string, method = "GET") =>
    `${io.landlord}: ${method} ${pathForLogs(path)}`;
  const exchange = async (request: HttpRequest, wanted: RestOptions, call: Call) => {
    const label = labelOf(request.path, request.method);
    const answer = await http.send(request, call);
    if (!isExpected(answer, wanted)) throw statusError(io, label, answer);
    const { status, headers, bytes } = answer;
    const nothing = status === 204 || status === 304;
    if (nothing || (request.method !== "GET" && bytes.length === 0)) {
      return { status, headers, data: undefined };
    }
    return { status, headers, data: readJson(label, headers, bytes) };
  };
  return {
    get: (path, wanted, call) =>
      exchange(requestFor(path, wanted, "application/json"), wanted, call),
    async send(method, path, wanted, call) {
      const { headers = {}, ...rest } = await bodyOf(wanted.body);
      const request = requestFor(path, wanted, "application/json");
      const sent = { ...request, ...rest, method, headers: { ...request.headers, ...headers } };
      return exchange(sent, wanted, call);
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

async function bodyOf(body: RestBody | undefined): Promise<Pick<HttpRequest, "body" | "headers">> {
  if (!body) return {};
  if ("json" in body) {
    const { json, type = "application/json" } = body;
    return { body: JSON.stringify(json), headers: { "content-type": type } };
  }
  if ("fields" in body) {
    const type = "application/x-www-form-urlencoded;charset=UTF-8";
    return { body: formText(body.fields), headers: { "content-type": type } };
  }
  const encoded = new Response(body.form);
  return {
    body: new Uint8Array(await encoded.arrayBuffer()),
    headers: { "content-type": encoded.headers.get("content-type")! },
  };
}

function formText(fields: Fields): string {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => [name, String(one)]),
  );
  return new URLSearchParams(pairs).toString();
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
