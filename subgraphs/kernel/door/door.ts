/**
 * What stands between an HTTP request and the execution of what it asks. Documents are measured
 * everywhere; the rest is the gateway's.
 */
import type { RequestContext } from "../context.ts";
import { textOf, type LeavingCode } from "../errors.ts";
import { Refused, landlordOf, languageOf, type House, type Incoming } from "../request.ts";
import type { Verdict } from "./scales.ts";
import { isTooMuch } from "./value-size.ts";

/** Which operations may be asked for. */
export interface OperationList {
  /** The text of a registered operation; undefined for an id that is none of this landlord's. */
  textOf(landlord: string, id: string): string | undefined;
  /** Whether this text is registered, its spaces and comments aside, or need not be. */
  admits(landlord: string, text: string): boolean;
  /** Who may ask for anything all the same. */
  isFree(context: RequestContext): Promise<boolean>;
}

export interface Door {
  readonly operations?: OperationList | undefined;
  /** Null when there is no place for work of this weight; else call the answer when it is done. */
  readonly takePlace?: ((landlord: string, weight: number) => (() => void) | null) | undefined;
  /** Counts so much for whoever asks: null, or after how many seconds they may ask again. */
  readonly count?:
    | ((context: RequestContext, weight: number) => Promise<number | null>)
    | undefined;
}

/** What was sent, whatever it is. `query` is replaced where a registered operation is named instead. */
export interface Asked {
  query?: unknown;
  documentId?: unknown;
  variables?: unknown;
  extensions?: unknown;
}

export interface Entry {
  /** What the operation weighs: 1, and 1 more for each 500 of its cost. */
  readonly weight: number;
  /** To be asked once it is known who asks. Throws Refused. */
  check(context: RequestContext): Promise<void>;
}

const busySeconds = 1;
const costOfOne = 500;

/** Throws Refused. `done` hears when the request has been answered, or its client has gone. */
export function enter(
  { operations, takePlace, count }: Door,
  scales: (text: string) => Verdict,
  house: House,
  incoming: Incoming,
  asked: Asked,
  done: (leave: () => void) => void,
): Entry {
  const refuse = refusing(incoming);
  const { id } = landlordOf(house, incoming).landlord;
  if (isTooMuch([asked.variables, asked.extensions])) throw refuse(400, "TOO_LARGE");
  if (operations) nameToText(operations, id, asked, refuse);
  const text = typeof asked.query === "string" ? asked.query : "";
  const verdict = scales(text);
  if (verdict.refused) throw refuse(400, verdict.refused);
  const weight = 1 + Math.floor(verdict.cost / costOfOne);
  if (takePlace) {
    const leave = takePlace(id, weight);
    if (!leave) throw refuse(503, "BUSY", busySeconds);
    done(leave);
  }
  return {
    weight,
    check: async (context) => {
      const admitted = !operations || operations.admits(id, text);
      if (!admitted && !(await operations.isFree(context))) throw refuse(400, "NOT_LISTED");
      const seconds = await count?.(context, weight);
      if (seconds) throw refuse(429, "RATE_LIMITED", seconds);
    },
  };
}

type Refuse = ReturnType<typeof refusing>;

const refusing =
  ({ acceptLanguage }: Incoming) =>
  (status: number, code: LeavingCode, retryAfter?: number) =>
    new Refused(status, code, textOf(code, languageOf(acceptLanguage)), retryAfter);

function nameToText(
  operations: OperationList,
  landlord: string,
  asked: Asked,
  refuse: Refuse,
): void {
  const id = idIn(asked);
  if (id === null) return;
  const text = operations.textOf(landlord, id);
  if (text === undefined) {
    if (asked.query === undefined) throw refuse(400, "NOT_LISTED");
    // Apollo Server then says that it keeps no texts, and the client sends them from then on.
    return;
  }
  asked.query = text;
  delete asked.extensions;
}

/** By which a registered operation is named: as GraphQL over HTTP has it, or as clients of Apollo do. */
function idIn({ documentId, extensions }: Asked): string | null {
  if (typeof documentId === "string") return documentId;
  const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: unknown };
  const { sha256Hash } = (persistedQuery ?? {}) as { sha256Hash?: unknown };
  return typeof sha256Hash === "string" ? sha256Hash : null;
}
