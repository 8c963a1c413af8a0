/** Calls to Dolibarr's REST interface, every answer held against its shape. */
import { z } from "zod";
import type { Io } from "../../ports/adapter.ts";
import { PortError } from "../../ports/errors.ts";
import type { Call } from "../../ports/port.ts";
import { pathForLogs } from "../../transport/address.ts";
import { createHttp, type HttpRequest } from "../../transport/http.ts";
import { readRecord } from "../../transport/read-record.ts";
import { neverSent, toldBy, type Refusal, type Told } from "./answer.ts";

export interface ClientSettings {
  readonly baseUrl: string;
  readonly apiKey: string;
}

export interface Request<T> {
  /** Under `/api/index.php`. */
  readonly path: string;
  readonly query?: Record<string, string>;
  /** The answer holds a file. */
  readonly file?: boolean;
  readonly shape: z.ZodType<T>;
}

export interface Write<T> extends Omit<Request<T>, "query" | "file"> {
  readonly method: "POST" | "PUT";
  readonly body: object;
}

export interface Client {
  /** Null when Dolibarr has no such thing. */
  read<T>(request: Request<T>, call: Call): Promise<T | null>;
  /**
   * All of a list; empty where Dolibarr says that there is none, by `[]` or by 404. `whole`: it comes
   * whole anyway, and takes no limit.
   */
  list<T>(request: Request<T> & { readonly whole?: boolean }, call: Call): Promise<T[]>;
  /**
   * Changes something: what came of it, or why not. A deadlock and refused credentials are errors
   * with `notApplied`. Any other error leaves open what was changed.
   */
  write<T>(request: Write<T>, call: Call): Promise<{ data: T } | { refusal: Refusal }>;
  close(): Promise<void>;
}

/** A path with each value escaped. */
export const at = (strings: TemplateStringsArray, ...values: string[]): string =>
  String.raw({ raw: strings }, ...values.map(encodeURIComponent));

/** A file of 10 MB is nearly 14 as base64; whatever else comes may be as large as from any ERP. */
const mostFileBytes = 30 * 1024 * 1024;
/** Each wrong key keeps one of its few workers busy for a second: it is not tried again at once. */
const refusedMs = 60_000;

export function createClient({ baseUrl, apiKey }: ClientSettings, io: Io): Client {
  const headers = { DOLAPIKEY: apiKey, accept: "application/json" };
  const http = createHttp(io, { baseUrl, headers });
  const limits = { maxBytes: mostFileBytes, maxDecodedBytes: mostFileBytes };
  const filesHttp = createHttp(io, { baseUrl, headers, limits });
  let refusedUntil = 0;

  async function exchange(request: HttpRequest, call: Call, from = http): Promise<Told> {
    const label = labelOf(request);
    if (io.now().getTime() < refusedUntil) {
      const message = `${label}: not sent, the key was refused a moment ago`;
      throw new PortError("UNAVAILABLE", message, { notApplied: true, reason: "CREDENTIALS" });
    }
    const answer = await from.send(
      {
        ...request,
        path: `/api/index.php${request.path}`,
        name: `${request.method} ${pathForLogs(request.path)}`,
      },
      call,
    );
    if (answer.status === 401) refusedUntil = io.now().getTime() + refusedMs;
    return toldBy(io, label, answer);
  }

  const labelOf = ({ method, path }: HttpRequest) =>
    `${io.landlord}: ${method} ${pathForLogs(path)}`;

  async function read<T>(wanted: Request<T>, call: Call): Promise<T | null> {
    const { path, query = {}, file = false, shape } = wanted;
    const request = { method: "GET", path, query } as const;
    const told = await exchange(request, call, file ? filesHttp : http);
    if ("data" in told) return readRecord(shape, told.data, labelOf(request));
    if (told.refusal === "MISSING") return null;
    throw refusalError(labelOf(request), told.refusal);
  }

  return {
    read,
    list: async ({ path, query = {}, shape, whole = false }, call) => {
      const all = whole ? query : { limit: "0", ...query };
      return (await read({ path, query: all, shape: shape.array() }, call)) ?? [];
    },
    write: async ({ method, path, body, shape }, call) => {
      const headers = { "content-type": "application/json" };
      const request = { method, path, headers, body: JSON.stringify(body) } as const;
      const told = await exchange(request, call);
      if ("data" in told) return { data: readRecord(shape, told.data, labelOf(request)) };
      if (told.refusal === "DEADLOCK") throw refusalError(labelOf(request), told.refusal);
      return told;
    },
    async close() {
      await Promise.all([http.close(), filesHttp.close()]);
    },
  };
}

/** The PortError for a refusal that the caller can do nothing with. */
export function refusalError(label: string, refusal: Refusal): PortError {
  const retryable = refusal === "DEADLOCK" || refusal === "TOO_MUCH";
  const code = retryable ? "UNAVAILABLE" : "BAD_RESPONSE";
  const cause = new Error(refusal);
  return new PortError(code, `${label}: refused`, { cause, notApplied: retryable });
}

/** A client whose failures leave no doubt: it is only used before something is sent that changes anything. */
export const before = (client: Client): Pick<Client, "read" | "list"> => ({
  read: (request, call) => client.read(request, call).catch(neverSent),
  list: (request, call) => client.list(request, call).catch(neverSent),
});
