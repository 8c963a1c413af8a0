/**
 * What stands between resolvers and adapters. A read goes through, in this order:
 *
 *     what is kept and fresh · one call for equal questions · closed hours · questions that fail each
 *     time · breaker · trace · check of the answer · deadline · second try · (the adapter, its
 *     transport, the limit) · what is kept
 *
 * Streams: closed hours, questions that fail each time, breaker, trace, check, deadline; writes and
 * look-ups: the last four of these. Nothing but PortError comes out.
 */
import { PortError } from "../ports/errors.ts";
import type { Call, MethodSpec, Port, Ports, Served } from "../ports/port.ts";
import { createBreaker, type Breaker } from "./breaker.ts";
import { check, checkAnswers } from "./check.ts";
import { withDeadline } from "./deadline.ts";
import { keeping, type Read } from "./kept.ts";
import type { Ask, GuardOptions } from "./options.ts";
import { createRests, type Rests } from "./rests.ts";
import { createRetryBudget, withRetry, type RetryBudget } from "./retry.ts";
import { createShare, unlessGone, type Share } from "./share.ts";
import { traced } from "./trace.ts";

/** What the methods of one landlord share. */
interface Guarding {
  readonly options: GuardOptions;
  readonly breaker: Breaker | null;
  readonly rests: Rests | null;
  readonly budget: RetryBudget;
  readonly share: Share;
}

export function guard(served: readonly Served[], options: GuardOptions): Ports {
  const { landlord, deadlineMs, log, onBreaker, restraint, cache } = options;
  const share = createShare();
  const breaker =
    restraint &&
    createBreaker(restraint.breaker, { landlord, deadlineMs, log, onState: onBreaker });
  const guarding: Guarding = {
    options,
    breaker: breaker ?? null,
    rests: restraint ? createRests(landlord, restraint.breaker) : null,
    budget: createRetryBudget(),
    share,
  };
  const guarded = new Map<string, unknown>();
  for (const { port, implementation, notYet } of served) {
    if (notYet !== undefined) continue;
    if (guarded.has(port.name)) throw new Error(`The port ${port.name} is served twice.`);
    guarded.set(port.name, guardPort(port, implementation as Record<string, Ask>, guarding));
  }
  return {
    served: [...guarded.keys()].sort(),
    use<I>(port: Port<I>): I {
      const found = guarded.get(port.name);
      if (!found) throw new PortError("NOT_SUPPORTED", `${landlord} does not serve ${port.name}`);
      return found as I;
    },
    pausedUntil: (place) => breaker?.openUntil(place) ?? null,
    forget: (keys, at) => {
      cache?.forget(keys, at);
      share.forget(new Set(keys));
    },
    forgetAccount: async (account) => cache?.forgetAccount(account),
  };
}

function guardPort(port: Port<unknown>, raw: Record<string, Ask>, guarding: Guarding) {
  const methods = Object.entries<MethodSpec>(port.methods);
  const guarded = Object.fromEntries(
    methods.map(([method, spec]) => {
      const place = `${port.name}.${method}`;
      // Called on its object, so that an adapter may write its ports as objects with methods.
      const ask: Ask = (key, call) => raw[method]!(key, call);
      return [method, guardedBy[spec.of]({ ...guarding, ask, spec, place })];
    }),
  );
  return { ...valuesOf(raw), ...guarded };
}

/** What a port holds beside its methods, such as how a repeat of a write is made safe. */
function valuesOf(raw: Record<string, unknown>) {
  return Object.fromEntries(Object.entries(raw).filter(([, value]) => typeof value !== "function"));
}

interface Method extends Guarding {
  readonly ask: Ask;
  readonly spec: MethodSpec;
  readonly place: string;
}

function guardRead(method: Method): Ask {
  const { ask, spec, place, options, share } = method;
  const { deadlineMs, onForeign, cache } = options;
  const once = traced(
    place,
    async (keys, call) => {
      const answers = await withDeadline(call, deadlineMs, place, (inner) =>
        again(method, inner, (last) => ask(keys, last)),
      );
      return checkAnswers(keys as readonly unknown[], answers, spec, place, onForeign);
    },
    options,
  );
  const read = inOpenHours(method, rested(method, outlastingCaller(method, once))) as Read;
  const kept = cache?.of(place, spec);
  return (kept ? keeping(place, read, kept, share) : read) as Ask;
}

/** The deadline holds until the head is there; the body then flows as long as its reader wants it. */
function guardStream(method: Method): Ask {
  const { ask, spec, place, options } = method;
  const open: Ask = async (key, call) => {
    const opened = (inner: Call) => ask(key, inner);
    const content = await withDeadline(call, options.deadlineMs, place, opened, true);
    const { body, ...head } = content as { body: AsyncIterable<Uint8Array> };
    try {
      return { ...(check(spec, head, place) as object), body };
    } catch (error) {
      // Nobody will read it: unless it is left, it holds its place among the ERP's calls.
      await body[Symbol.asyncIterator]().return?.();
      throw error;
    }
  };
  return inOpenHours(
    method,
    rested(method, outlastingCaller(method, traced(place, open, options))),
  );
}

function guardLookUp(method: Method): Ask {
  return restrained(method, traced(method.place, askOnce(method), method.options));
}

/** Whatever goes wrong, unless it is certain that nothing was applied, leaves the outcome unknown. */
function guardWrite(method: Method): Ask {
  const submit = askOnce(method);
  const write: Ask = async (change, call) => {
    try {
      return await submit(change, call);
    } catch (error) {
      if ((error as PortError).notApplied) throw error;
      const { code, message } = error as PortError;
      throw new PortError("OUTCOME_UNKNOWN", `${message} (${code})`, { cause: error });
    }
  };
  return restrained(method, traced(method.place, write, method.options));
}

const guardedBy = {
  read: guardRead,
  stream: guardStream,
  write: guardWrite,
  lookUp: guardLookUp,
} as const;

function askOnce({ ask, spec, place, options }: Method): Ask {
  return async (change, call) => {
    const answer = await withDeadline(call, options.deadlineMs, place, (inner) =>
      ask(change, inner),
    );
    return check(spec, answer, place);
  };
}

function again(
  { breaker, budget, place, options }: Method,
  call: Call,
  job: (call: Call) => Promise<unknown>,
): Promise<unknown> {
  if (!breaker || breaker.isProbing(place)) return job(call);
  return withRetry(call, options.deadlineMs, budget, job);
}

const rested = ({ rests, place }: Method, ask: Ask): Ask => rests?.asking(place, ask) ?? ask;

function restrained({ breaker, place }: Method, ask: Ask): Ask {
  if (!breaker) return ask;
  return (key, call) => breaker.run(place, key, call, () => ask(key, call));
}

/**
 * A probe goes on when its caller leaves, for as long as the deadline allows: otherwise whoever asks
 * and leaves, again and again, would keep an ERP away that has long been back. What is still to come
 * of a stream then ends with its caller. Who asks to change something never leaves.
 */
function outlastingCaller(method: Method, ask: Ask): Ask {
  const { breaker, place } = method;
  if (!breaker) return ask;
  const asked = restrained(method, async (keys, call) => {
    if (!breaker.isProbing(place)) return ask(keys, call);
    const probe = new AbortController();
    const answer = await ask(keys, { ...call, signal: probe.signal });
    const leave = () => probe.abort();
    if (call.signal.aborted) leave();
    else call.signal.addEventListener("abort", leave, { once: true });
    return answer;
  });
  return (keys, call) =>
    breaker.isClosed(place) ? asked(keys, call) : unlessGone(call, asked(keys, call));
}

function inOpenHours({ place, options: { landlord, restraint } }: Method, ask: Ask): Ask {
  if (!restraint) return ask;
  return async (key, call) => {
    const retryAt = restraint.closedUntil();
    if (!retryAt) return ask(key, call);
    const message = `${landlord}: ${place} is not asked, the ERP is closed for the night`;
    throw new PortError("UNAVAILABLE", message, { notApplied: true, reason: "CLOSED", retryAt });
  };
}
