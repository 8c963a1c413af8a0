/** Calls to beauceron: what 204, 304 and 404 mean there, and every answer held against its shape. */
import { z } from "zod";
import type { Io } from "../../ports/adapter.ts";
import { PortError } from "../../ports/errors.ts";
import type { Call } from "../../ports/port.ts";
import { pathForLogs } from "../../transport/address.ts";
import { createRestClient, type RestClient } from "../../transport/rest.ts";
import { createAnswerMemory, type AnswerMemory } from "./memory.ts";
import { send, type Write, type Written } from "./write.ts";

export interface Window {
  readonly offset: number;
  readonly limit: number;
}

/** What one call of a list brought: perhaps less than the limit, empty only behind the end. */
export interface Slice<T> {
  readonly items: readonly T[];
  /** The length of the whole list; null when beauceron does not say it, or cannot be believed. */
  readonly count: number | null;
}

/** A thing with what names its present state. */
export interface Tagged<T> {
  readonly value: T;
  readonly etag: string;
}

export interface Client {
  /** One thing; null when beauceron knows no such thing. */
  one<T>(path: string, shape: z.ZodType<T>, call: Call): Promise<T | null>;
  /** The same with its ETag, for a write that is to hold only while it is unchanged. */
  tagged<T>(path: string, shape: z.ZodType<T>, call: Call): Promise<Tagged<T> | null>;
  /** Part of a list; null when beauceron knows no such thing as the list is about. */
  slice<T>(list: ListOf<T>, window: Window, call: Call): Promise<Slice<T> | null>;
  write<T>(write: Write<T>, call: Call): Promise<Written<T>>;
  file(
    path: string,
    call: Call,
  ): Promise<{ headers: Record<string, string>; body: AsyncIterable<Uint8Array> }>;
  close(): Promise<void>;
}

export interface ListOf<T> {
  readonly path: string;
  readonly query?: Record<string, string>;
  readonly shape: z.ZodType<T>;
}

/** A path with each value escaped. */
export const at = (strings: TemplateStringsArray, ...values: string[]): string =>
  String.raw({ raw: strings }, ...values.map(encodeURIComponent));

/** X-Total-Count never says more, so that from here on it may be a lie. */
const countCap = 100;

export interface ClientSettings {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export function createClient(settings: ClientSettings, io: Io): Client {
  const { baseUrl, clientId, clientSecret } = settings;
  const headers = { "x-client-id": clientId, "x-client-secret": clientSecret };
  const rest = createRestClient(io, { baseUrl, headers });
  const memory = createAnswerMemory<Data>();
  const get = (path: string, query: Record<string, string>, call: Call) =>
    getData(rest, memory, path, query, call);
  return {
    one: async (path, shape, call) => {
      const answer = await get(path, {}, call);
      return answer === null ? null : fitting(shape, answer.data, path);
    },
    tagged: async (path, shape, call) => {
      const answer = await get(path, {}, call);
      if (answer === null) return null;
      const { etag } = answer.headers;
      if (!etag) throw new PortError("BAD_RESPONSE", `beauceron: ${pathForLogs(path)} has no ETag`);
      return { value: fitting(shape, answer.data, path), etag };
    },
    slice: async ({ path, query = {}, shape }, { offset, limit }, call) => {
      const window = { limit: String(limit), offset: String(offset) };
      const answer = await get(path, { ...query, ...window }, call);
      if (answer === null) return null;
      const items = answer.data === undefined ? [] : fitting(z.array(shape), answer.data, path);
      return { items, count: countOf(answer.headers) };
    },
    write: (write, call) => send(rest, write, call),
    file: (path, call) => rest.open(path, {}, call),
    close: () => rest.close(),
  };
}

interface Data {
  readonly headers: Record<string, string>;
  /** Undefined where the ERP had nothing to say (204). */
  readonly data: unknown;
}

async function getData(
  rest: RestClient,
  memory: AnswerMemory<Data>,
  path: string,
  query: Record<string, string>,
  call: Call,
): Promise<Data | null> {
  const place = `${path}?${new URLSearchParams(query)}`;
  const known = memory.get(place);
  const headers: Record<string, string> = known ? { "if-none-match": known.etag } : {};
  const expect = known ? [200, 204, 304, 404] : [200, 204, 404];
  const answer = await rest.get(path, { query, headers, expect }, call);
  if (answer.status === 304 && known) return known.answer;
  if (answer.status === 404) return unknownThing(answer.data, path);
  const etag = answer.headers.etag;
  if (answer.status === 200 && etag) memory.set(place, { etag, answer });
  return answer;
}

const NoSuchThing = z.object({ error: z.object({ motif: z.literal("RESSOURCE_INCONNUE") }) });

/** Only beauceron's own word for it is believed: a wrong address gives 404 as well. */
function unknownThing(data: unknown, path: string): null {
  if (NoSuchThing.safeParse(data).success) return null;
  throw new PortError("BAD_RESPONSE", `beauceron: no such address: ${pathForLogs(path)}`, {
    cause: data,
  });
}

function fitting<T>(shape: z.ZodType<T>, data: unknown, path: string): T {
  const result = shape.safeParse(data);
  if (result.success) return result.data;
  const faults = result.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join(".")} ${issue.code}`);
  const message = `beauceron: ${pathForLogs(path)} does not fit: ${faults.join("; ")}`;
  throw new PortError("BAD_RESPONSE", message, { cause: result.error });
}

function countOf(headers: Record<string, string>): number | null {
  const text = headers["x-total-count"] ?? "";
  return /^\d{1,9}$/.test(text) && Number(text) < countCap ? Number(text) : null;
}
