/** Calls to syndeo: the ticket, what is tried again, and every answer held against its shape. */
import { z } from "zod";
import type { Io } from "../../ports/adapter.ts";
import { PortError } from "../../ports/errors.ts";
import type { Call } from "../../ports/port.ts";
import { pathForLogs } from "../../transport/address.ts";
import { createHttp, type HttpClient, type HttpRequest } from "../../transport/http.ts";
import { neverSent, outcomeOf, refusalError, type Outcome } from "./answer.ts";
import { openFile, type OpenedFile } from "./file.ts";
import { createSessions, type Sessions } from "./session.ts";
import { Session } from "./wire.ts";

export interface ClientSettings {
  readonly baseUrl: string;
  readonly user: string;
  readonly password: string;
}

/** Data with the time of their publication, on the clock of the ERP. */
export interface Published<T> {
  readonly data: T;
  readonly publishedAt: string;
}

export interface Request<T> {
  readonly path: string;
  readonly query?: Record<string, string>;
  /** Sent by POST. */
  readonly body?: object;
  readonly shape: z.ZodType<T>;
  /** The code with which syndeo says that there is no such thing. */
  readonly none?: string;
}

export type Write<T> = Required<Pick<Request<T>, "path" | "body" | "shape">>;

export interface Client {
  /** Null when syndeo knows no such thing. */
  read<T>(request: Request<T>, call: Call): Promise<Published<T> | null>;
  /**
   * Changes something: what stands there afterwards, or the code with which syndeo refused. A lapsed
   * ticket and a deadlock changed nothing: tried again once, then an error with `notApplied`, as is
   * one that came before anything was sent. Any other error leaves open what was changed.
   */
  write<T>(request: Write<T>, call: Call): Promise<{ data: T } | { refusal: string }>;
  /** The file at a path; null when there is none. */
  file(path: string, call: Call): Promise<OpenedFile | null>;
  close(): Promise<void>;
}

/** A path with each value escaped. */
export const at = (strings: TemplateStringsArray, ...values: string[]): string =>
  String.raw({ raw: strings }, ...values.map(encodeURIComponent));

export function createClient({ baseUrl, user, password }: ClientSettings, io: Io): Client {
  const http = createHttp(io, { baseUrl });
  const labelOf = (path: string) => `${io.landlord}: ${pathForLogs(path)}`;
  const sessions = createSessions((call) => login(http, io, { user, password }, call), io.now);
  return {
    read: async ({ path, query = {}, body, shape, none = "INCONNU" }, call) => {
      const request = requestFor(path, query, body);
      const label = labelOf(path);
      const outcome = await insist(sessions, call, async (ticket) =>
        outcomeOf(io, label, await http.send(withTicket(request, ticket), call)),
      );
      if (!("refusal" in outcome)) {
        const { publishedAt, data } = outcome;
        return { publishedAt, data: fitting(shape, data, label) };
      }
      if (outcome.refusal === none) return null;
      throw refusalError(label, outcome.refusal);
    },
    write: async ({ path, body, shape }, call) => {
      const request = requestFor(path, {}, body);
      const label = labelOf(path);
      const outcome = await insist(unsent(sessions), call, async (ticket) =>
        outcomeOf(io, label, await http.send(withTicket(request, ticket), call)),
      );
      if (!("refusal" in outcome)) return { data: fitting(shape, outcome.data, label) };
      const { refusal } = outcome;
      if (refusal === "SESSION" || refusal === "DEADLOCK") throw refusalError(label, refusal);
      return { refusal };
    },
    file: async (path, call) => {
      const found = await insist(sessions, call, (ticket) =>
        openFile({ http, io, baseUrl, path, label: labelOf(path), ticket }, call),
      );
      if (!("refusal" in found)) return found;
      if (found.refusal === "INCONNU") return null;
      throw refusalError(labelOf(path), found.refusal);
    },
    close: () => http.close(),
  };
}

/** Without a ticket nothing is sent. */
const unsent = ({ ticket, renewed }: Sessions): Sessions => ({
  ticket: (call) => ticket(call).catch(neverSent),
  renewed: (lapsed, call) => renewed(lapsed, call).catch(neverSent),
});

type Refused = Extract<Outcome, { refusal: string }>;

/**
 * Tries again once with a new ticket where the old one has lapsed, and once after a deadlock: by
 * neither has syndeo done anything.
 */
async function insist<T extends object>(
  sessions: Sessions,
  call: Call,
  exchange: (ticket: string) => Promise<T | Refused>,
): Promise<T | Refused> {
  let ticket = await sessions.ticket(call);
  const spent = new Set<string>();
  for (;;) {
    const outcome = await exchange(ticket);
    const refusal = "refusal" in outcome ? outcome.refusal : null;
    const again = refusal === "SESSION" || refusal === "DEADLOCK";
    if (!again || spent.has(refusal)) return outcome;
    spent.add(refusal);
    if (refusal === "SESSION") ticket = await sessions.renewed(ticket, call);
  }
}

async function login(
  http: HttpClient,
  io: Io,
  { user, password }: Omit<ClientSettings, "baseUrl">,
  call: Call,
): Promise<string | null> {
  const path = "/Api/Session/Ouvrir";
  const label = `${io.landlord}: ${path}`;
  const request = requestFor(path, {}, { Utilisateur: user, MotDePasse: password });
  const outcome = outcomeOf(io, label, await http.send(request, call));
  if (!("refusal" in outcome)) return fitting(Session, outcome.data, label).Ticket;
  if (outcome.refusal !== "IDENTIFIANTS") throw refusalError(label, outcome.refusal);
  io.log("error", "The ERP refuses our credentials", { label });
  return null;
}

function requestFor(path: string, query: Record<string, string>, body?: object): HttpRequest {
  const accept = { accept: "application/json" };
  if (body === undefined) return { method: "GET", path, query, headers: accept };
  const headers = { ...accept, "content-type": "application/json" };
  return { method: "POST", path, query, headers, body: JSON.stringify(body) };
}

const withTicket = (request: HttpRequest, ticket: string): HttpRequest => ({
  ...request,
  headers: { ...request.headers, "x-ticket": ticket },
});

function fitting<T>(shape: z.ZodType<T>, data: unknown, label: string): T {
  const result = shape.safeParse(data);
  if (result.success) return result.data;
  const faults = result.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join(".")} ${issue.code}`);
  const message = `${label}: the answer does not fit: ${faults.join("; ")}`;
  throw new PortError("BAD_RESPONSE", message, { cause: result.error });
}
