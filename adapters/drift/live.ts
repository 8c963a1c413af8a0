/** Fetches what an ERP shows of its interface now. */
import type { Description, Io } from "../ports/adapter.ts";
import { PortError } from "../ports/errors.ts";
import { decodeText } from "../transport/decode.ts";
import { createHttp, type HttpClient } from "../transport/http.ts";
import type { Described } from "./described.ts";
import { parseDescription } from "./parse.ts";

/**
 * Why nothing can be compared: the ERP shows NONE; it is UNREACHABLE now; it REFUSED our
 * credentials; there is none at that address (MISPLACED); what is there cannot be used (UNREADABLE);
 * it sends us to another host (ELSEWHERE).
 */
export type Obstacle =
  | "NONE"
  | "UNREACHABLE"
  | "REFUSED"
  | "MISPLACED"
  | "UNREADABLE"
  | "ELSEWHERE";

export class NotComparable extends Error {
  readonly obstacle: Obstacle;
  constructor(obstacle: Obstacle, because: string) {
    super(because);
    this.obstacle = obstacle;
  }
}

export interface Live {
  readonly described: Described;
  /** Where it begins. */
  readonly url: URL;
  /** Its bytes and those of all that it imports, by address. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const mostBytes = 4 * 1024 * 1024;
const accept = "application/json, application/yaml, text/xml, application/xml, */*;q=0.1";

/** Throws NotComparable, whatever the ERP does. */
export async function fetchLive(
  description: Description,
  settings: unknown,
  io: Io,
  signal: AbortSignal,
): Promise<Live> {
  const place = description.live(settings);
  if (!place) throw new NotComparable("NONE", "this landlord's ERP shows no description");
  const url = new URL(place.url);
  const limits = { maxBytes: mostBytes, maxDecodedBytes: mostBytes };
  const headers = { accept, ...place.headers };
  const http = createHttp(io, { baseUrl: rootOf(url), limits, headers });
  const files = new Map<string, Uint8Array>();
  const read = async (at: URL): Promise<string> => {
    if (at.host !== url.host || at.protocol !== url.protocol) {
      throw new NotComparable("ELSEWHERE", "it names a file on another host, which is not asked");
    }
    const { bytes, type } = await get(http, at, signal);
    files.set(at.href, bytes);
    const size = [...files.values()].reduce((sum, file) => sum + file.length, 0);
    if (size > mostBytes) throw new PortError("BAD_RESPONSE", `More than ${mostBytes} bytes`);
    return decodeText(bytes, type, description.kind === "wsdl" ? "xml" : "json");
  };
  try {
    return { described: await parseDescription(description.kind, url, read), url, files };
  } catch (error) {
    throw obstacleOf(error);
  } finally {
    await http.close();
  }
}

/** The host with the name and password that stand in the address. */
function rootOf(url: URL): string {
  const root = new URL(url);
  root.pathname = "";
  root.search = "";
  root.hash = "";
  return root.href;
}

async function get(http: HttpClient, { pathname, search }: URL, signal: AbortSignal) {
  const call = { signal, requestId: "description" };
  const request = { method: "GET", path: pathname + search, name: "its description" } as const;
  const { status, headers, bytes } = await http.send(request, call);
  if (status !== 200) throw ofStatus(status);
  return { bytes, type: headers["content-type"] };
}

function ofStatus(status: number): NotComparable {
  const said = `the ERP answered ${status}`;
  if (status === 401 || status === 403) return new NotComparable("REFUSED", said);
  if (status === 408 || status === 429 || status >= 500)
    return new NotComparable("UNREACHABLE", said);
  const redirect = status >= 300 && status < 400 ? ", which is not followed" : "";
  return new NotComparable("MISPLACED", said + redirect);
}

/** Whatever a hostile file makes of its reader, a full stack included, is an unreadable file. */
function obstacleOf(error: unknown): NotComparable {
  if (error instanceof NotComparable) return error;
  if (!(error instanceof PortError)) return new NotComparable("UNREADABLE", "it cannot be read");
  const away = error.code === "UNAVAILABLE" || error.code === "TIMEOUT";
  return new NotComparable(away ? "UNREACHABLE" : "UNREADABLE", error.message);
}
