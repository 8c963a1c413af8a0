/** The file of a document: syndeo answers with another path of its host, where it lies. */
import type { Io } from "../../ports/adapter.ts";
import { PortError } from "../../ports/errors.ts";
import type { Call } from "../../ports/port.ts";
import { collect } from "../../transport/collect.ts";
import type { HttpClient } from "../../transport/http.ts";
import { pdfBody, sizeOf } from "../../transport/pdf.ts";
import { isJson, outcomeOf, type Outcome } from "./answer.ts";

export interface OpenedFile {
  readonly sizeBytes: number | null;
  readonly body: AsyncIterable<Uint8Array>;
}

export interface Source {
  readonly http: HttpClient;
  readonly io: Io;
  readonly baseUrl: string;
  readonly path: string;
  readonly label: string;
  readonly ticket: string;
}

type Refused = Extract<Outcome, { refusal: string }>;
type Opened = Awaited<ReturnType<HttpClient["open"]>>;

/** No refusal is longer. */
const refusalBytes = 65_536;

/**
 * Opens the file, through one redirect at most: to a path of the same host, or BAD_RESPONSE. The
 * ticket goes to no other host. BAD_RESPONSE, too, for what is no PDF.
 */
export async function openFile(source: Source, call: Call): Promise<OpenedFile | Refused> {
  const first = await openAt(source, source.path, call);
  const redirected = [301, 302, 303, 307, 308].includes(first.status);
  if (redirected) await leave(first);
  const opened = redirected ? await openAt(source, placeOf(source, first), call) : first;
  if (opened.status === 200 && !isJson(opened.headers)) {
    const sizeBytes = sizeOf(opened.headers);
    return { sizeBytes, body: await pdfBody(opened.headers, opened.body, sizeBytes) };
  }
  return refusalOf(source, opened);
}

const openAt = ({ http, ticket, label }: Source, path: string, call: Call) =>
  http.open(
    { method: "GET", path, name: label, headers: { accept: "*/*", "x-ticket": ticket } },
    call,
  );

const leave = async ({ body }: Opened) => body[Symbol.asyncIterator]().return?.();

/** The path under `baseUrl` to which an answer leads. */
function placeOf({ baseUrl, path, label }: Source, { headers }: Opened): string {
  const base = baseUrl.replace(/\/+$/, "");
  const given = headers.location ?? "";
  const place = URL.canParse(given, base + path) ? new URL(given, base + path) : null;
  const prefix = new URL(base).pathname.replace(/\/+$/, "");
  const inside = place?.origin === new URL(base).origin && place.pathname.startsWith(`${prefix}/`);
  if (given === "" || !place || !inside) {
    throw new PortError("BAD_RESPONSE", `${label}: redirected to another host or place`);
  }
  return place.pathname.slice(prefix.length) + place.search;
}

async function refusalOf({ io, label }: Source, opened: Opened): Promise<Refused> {
  const { status, headers } = opened;
  if (status >= 300 && status < 400) {
    await leave(opened);
    throw new PortError("BAD_RESPONSE", `${label}: redirected twice`);
  }
  const bytes = await collect(opened.body, refusalBytes);
  const outcome = outcomeOf(io, label, { status, headers, bytes });
  if ("refusal" in outcome) return outcome;
  throw new PortError("BAD_RESPONSE", `${label}: data instead of a file`);
}
