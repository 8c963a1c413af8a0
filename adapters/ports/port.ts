/**
 * Glossary. One word, one meaning, in all of this project:
 *
 * - **landlord**: whoever lets or manages (social housing office, co-operative, private manager).
 * - **ERP**: the landlord's own system of record. A **product** is a kind of ERP; several
 *   landlords may run the same product.
 * - **port**: a small interface that the domain needs and an ERP may serve: a token (name, methods,
 *   shape of each answer) and nothing else.
 * - **adapter**: what makes one ERP product serve ports. One folder under `adapters/erp/`.
 * - **guard**: what stands between resolvers and adapters: deadline, limit, check of every answer.
 * - **capability**: a port that a landlord's adapter serves. There is no other list.
 * - **key**: how the ERP names a thing. It never leaves the server. An **id** is what clients see:
 *   opaque, and worthless to somebody else.
 * - **person**: a human being as the ERP knows one (tiers, intitulé). An **account** is a sign-in
 *   to the portal, ours, tied to persons.
 * - **change**: something that a person asks of the landlord and that the ERP is to apply, once: an
 *   address, a payment, a request. Kept by us from the moment it is acknowledged until its end.
 * - **contract**: what ties a person to units: a lease, a parking lease, a co-ownership.
 * - **subgraph**: the part of the GraphQL schema that one domain owns.
 */
import type { z } from "zod";
import type { ErrorCode } from "./errors.ts";
import type { Kept } from "./freshness.ts";

/** One call that was made of the ERP, and what came of it. */
export interface Asked {
  /** The port and its method: `balances.current`. */
  readonly place: string;
  /** For how many things it asked. */
  readonly keys: number;
  readonly outcome: ErrorCode | "OK";
  readonly milliseconds: number;
}

/** For whom something is read. */
export interface Reader {
  /** The account of ours: what is personal is kept for it alone. */
  readonly account: string;
  /** Whether a kept answer will do. Who is about to change something wants the ERP's word of now. */
  readonly keptWillDo: boolean;
  /** Whether nothing newer than what was kept may be shown: the ERP is not asked then. */
  readonly onlyKept?: boolean;
  /** Hears of each answer that was kept; `place` is the port and its method. */
  onKept?(place: string, mark: Kept): void;
  /** Hears of each call that the ERP got for this reader. */
  onAsked?(asked: Asked): void;
}

/** What every call of a port carries beside its keys. */
export interface Call {
  /** Fires when the caller gave up or the deadline passed. Adapters hand it to their transport. */
  readonly signal: AbortSignal;
  /** Names the request in logs on both sides. */
  readonly requestId: string;
  /** Absent: nothing is kept of the answer, and no kept answer is given. */
  readonly reader?: Reader;
}

/**
 * How long answers of a read are kept. Only for who may see them, only in answer to the same
 * question, and never for writes, look-ups and streams.
 */
export interface Keep {
  /** For so long it is as good as new; 0: the ERP is asked each time. */
  readonly freshSeconds: number;
  /** For so long it is given, as STALE, when the ERP cannot be asked; 0: never. */
  readonly staleSeconds: number;
  /** Whether it is kept for each account apart, though two accounts ask the same. */
  readonly personal: boolean;
}

/**
 * How a method answers:
 * - `read`: a list of keys in, a list of answers out, same length, same order. `answer` is the
 *   shape of one answer, and the guard checks each against it.
 * - `stream`: one key in, one description with a `body` of bytes out; `answer` is the shape of the
 *   description without the body.
 * - `write`: one change in, what the ERP said of it out. A failure after which nobody knows whether
 *   it was applied is OUTCOME_UNKNOWN, whatever the adapter threw.
 * - `lookUp`: one change in, what became of it out. Changes nothing.
 */
export interface MethodSpec {
  readonly of: "read" | "stream" | "write" | "lookUp";
  readonly answer: z.ZodType;
  /** Absent: no answer is kept. */
  readonly keep?: Keep;
}

export type BatchRead<Key, Answer> = (keys: readonly Key[], call: Call) => Promise<Answer[]>;

/** One spec for each method of a port's interface; plain values in it need none. */
export type Methods<I> = {
  readonly [
    M in keyof I & string as I[M] extends (...args: never[]) => unknown ? M : never
  ]: MethodSpec;
};

export interface Port<I> {
  readonly name: string;
  readonly methods: Methods<I>;
  /** Carries the interface for the compiler; never set. */
  readonly _interface?: I;
}

/**
 * Declares a port. `name` is camelCase and unique: the capability is the same name in
 * SCREAMING_SNAKE_CASE.
 */
export function port<I>(name: string, methods: Methods<I>): Port<I> {
  return { name, methods };
}

/** Nothing of its answers is kept unless `keep` says so. */
export const read = (answer: z.ZodType, keep?: Keep): MethodSpec =>
  keep ? { of: "read", answer, keep } : { of: "read", answer };
export const stream = (answer: z.ZodType): MethodSpec => ({ of: "stream", answer });

/** A port together with what serves it. */
export interface Served {
  readonly port: Port<unknown>;
  readonly implementation: unknown;
  /** Only where nothing serves the port yet: the file in which it is to be written. */
  readonly notYet?: string;
}

export function serve<I>(token: Port<I>, implementation: I): Served {
  return { port: token, implementation };
}

/**
 * Holds the place of a port that an adapter has still to serve, in `file`: no capability, and
 * NOT_SUPPORTED for whoever asks. Becomes `serve(token, { … })` once it is written.
 */
export function notYet<I>(token: Port<I>, file: string): Served {
  return { port: token, implementation: null, notYet: file };
}

/** The ports of one landlord, guarded: what resolvers work with. */
export interface Ports {
  /** Names of the ports that are served, sorted. */
  readonly served: readonly string[];
  /** Throws NOT_SUPPORTED when the landlord's ERP does not serve the port. */
  use<I>(port: Port<I>): I;
  /**
   * Until when the guard lets nothing through to this ERP, or nothing by one method of it, as in
   * `personChanges.submit`; null: it does. Absent: it always does.
   */
  pausedUntil?(place?: string): Date | null;
  /**
   * A change of these contracts and persons was applied, just now or at `at`: what was read of them
   * before is not given any more.
   */
  forget?(keys: readonly string[], at?: Date): void;
  /** What was kept for this account of ours is removed. */
  forgetAccount?(account: string): Promise<void>;
}
