/** Sends changes to beauceron, and tells its own refusals from what leaves the outcome open. */
import { z } from "zod";
import { PortError } from "../../ports/errors.ts";
import type { Outcome, Rejection } from "../../ports/changes.ts";
import type { Call } from "../../ports/port.ts";
import { pathForLogs } from "../../transport/address.ts";
import { readRecord } from "../../transport/read-record.ts";
import type { RestBody, RestClient } from "../../transport/rest.ts";

export interface Write<T> {
  readonly method: "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly body?: RestBody;
  /** The one status that says that it is done. */
  readonly status: 200 | 201 | 204;
  /** What comes with it. */
  readonly shape: z.ZodType<T>;
}

/** `refused`: beauceron's own word for why it changed nothing. */
export type Written<T> = { readonly done: T } | { readonly refused: string };

/** Statuses with which beauceron itself refuses; any other tells nothing of what was applied. */
const refusals = [400, 404, 409, 412, 422];

export async function send<T>(
  rest: RestClient,
  { method, path, status, shape, ...asked }: Write<T>,
  call: Call,
): Promise<Written<T>> {
  const answer = await rest.send(method, path, { ...asked, expect: [status, ...refusals] }, call);
  const place = `beauceron: ${method} ${pathForLogs(path)}`;
  if (answer.status === status) return { done: readRecord(shape, answer.data, place) };
  const refusal = z.object({ error: z.object({ code: z.literal(answer.status), motif }) });
  const found = refusal.safeParse(answer.data);
  if (found.success) return { refused: found.data.error.motif };
  throw new PortError("BAD_RESPONSE", `${place}: ${answer.status}, not in beauceron's own words`, {
    cause: answer.data,
  });
}

/** A wrong address is no refusal. */
const motif = z.string().refine((word) => word !== "ROUTE_INCONNUE");

const reasons: Record<string, Rejection> = {
  REQUETE_INVALIDE: "INVALID",
  VALEUR_REFUSEE: "INVALID",
  RESSOURCE_INCONNUE: "UNKNOWN_THING",
  EXISTE_DEJA: "ALREADY_EXISTS",
  CONTRAT_CLOS: "NOT_POSSIBLE",
  MANDAT_CLOS: "NOT_POSSIBLE",
  NON_SIGNATAIRE: "NOT_POSSIBLE",
};

export const applied = (reference: string | null): Outcome & { state: "APPLIED" } => ({
  state: "APPLIED",
  reference,
});

export const rejected = (reason: Rejection): Outcome => ({ state: "REJECTED", reason });

export const refusedAs = (word: string): Outcome => rejected(reasons[word] ?? "OTHER");

/** What beauceron says it has done must be what was asked; else nobody knows what it did. */
export function believed(record: unknown, isAsAsked: boolean, reference: string | null): Outcome {
  if (isAsAsked) return applied(reference);
  throw new PortError("BAD_RESPONSE", "beauceron: says it is done, but shows something else", {
    cause: record,
  });
}

/** For what is done while nothing was sent yet, or all that was sent was refused. */
export async function nothingApplied<T>(job: Promise<T>): Promise<T> {
  try {
    return await job;
  } catch (error) {
    const { code, message } =
      error instanceof PortError
        ? error
        : new PortError("INTERNAL", "beauceron: what was to be sent cannot be read");
    throw new PortError(code, message, { cause: error, notApplied: true });
  }
}
