/**
 * What stands between resolvers and adapters. Around each call of a port: a deadline, a trace span,
 * and a check of the answer against the port's own shapes. Nothing but PortError comes out.
 */
import { SpanStatusCode, trace, type Attributes } from "@opentelemetry/api";
import { PortError, type ErrorCode } from "./ports/errors.ts";
import type { Call, MethodSpec, Port, Ports, Served } from "./ports/port.ts";

export interface GuardOptions {
  readonly landlord: string;
  /** How long one call may take, waiting for a place included. */
  readonly deadlineMs: number;
  log(level: "warn" | "error", message: string, details: Record<string, unknown>): void;
  /** Hears of each call: `place` is the port and its method. */
  onCall?: OnCall | undefined;
}

export type OnCall = (place: string, outcome: ErrorCode | "OK", ms: number) => void;

type RawMethod = (key: unknown, call: Call) => Promise<unknown>;

export function guard(served: readonly Served[], options: GuardOptions): Ports {
  const guarded = new Map<string, unknown>();
  for (const { port, implementation, notYet } of served) {
    if (notYet !== undefined) continue;
    if (guarded.has(port.name)) throw new Error(`The port ${port.name} is served twice.`);
    guarded.set(port.name, guardPort(port, implementation as Record<string, RawMethod>, options));
  }
  return {
    served: [...guarded.keys()].sort(),
    use<I>(port: Port<I>): I {
      const found = guarded.get(port.name);
      if (!found)
        throw new PortError("NOT_SUPPORTED", `${options.landlord} does not serve ${port.name}`);
      return found as I;
    },
  };
}

function guardPort(port: Port<unknown>, raw: Record<string, RawMethod>, options: GuardOptions) {
  const methods = Object.entries<MethodSpec>(port.methods);
  const guarded = Object.fromEntries(
    methods.map(([method, spec]) => {
      const place = `${port.name}.${method}`;
      // Called on its object, so that an adapter may write its ports as objects with methods.
      const ask: RawMethod = (key, call) => raw[method]!(key, call);
      return [method, traced(place, guardedBy[spec.of](ask, spec, place, options), options)];
    }),
  );
  return { ...valuesOf(raw), ...guarded };
}

/** What a port holds beside its methods, such as how a repeat of a write is made safe. */
function valuesOf(raw: Record<string, unknown>) {
  return Object.fromEntries(Object.entries(raw).filter(([, value]) => typeof value !== "function"));
}

function guardRead(
  ask: RawMethod,
  spec: MethodSpec,
  place: string,
  options: GuardOptions,
): RawMethod {
  return async (keys, call) => {
    const answers = await withDeadline(call, options.deadlineMs, place, (inner) =>
      ask(keys, inner),
    );
    return checkAnswers(keys as readonly unknown[], answers, spec, place);
  };
}

/** The deadline holds until the head is there; the body then flows as long as its reader wants it. */
function guardStream(
  ask: RawMethod,
  spec: MethodSpec,
  place: string,
  options: GuardOptions,
): RawMethod {
  return async (key, call) => {
    const content = await withDeadline(call, options.deadlineMs, place, (inner) => ask(key, inner));
    const { body, ...head } = content as { body: AsyncIterable<Uint8Array> };
    return { ...(check(spec, head, place) as object), body };
  };
}

function guardLookUp(
  ask: RawMethod,
  spec: MethodSpec,
  place: string,
  options: GuardOptions,
): RawMethod {
  return async (change, call) => {
    const answer = await withDeadline(call, options.deadlineMs, place, (inner) =>
      ask(change, inner),
    );
    return check(spec, answer, place);
  };
}

/** Whatever goes wrong, unless it is certain that nothing was applied, leaves the outcome unknown. */
function guardWrite(
  ask: RawMethod,
  spec: MethodSpec,
  place: string,
  options: GuardOptions,
): RawMethod {
  const submit = guardLookUp(ask, spec, place, options);
  return async (change, call) => {
    try {
      return await submit(change, call);
    } catch (error) {
      if ((error as PortError).notApplied) throw error;
      const { code, message } = error as PortError;
      throw new PortError("OUTCOME_UNKNOWN", `${message} (${code})`, { cause: error });
    }
  };
}

const guardedBy = {
  read: guardRead,
  stream: guardStream,
  write: guardWrite,
  lookUp: guardLookUp,
} as const;

/**
 * Runs `job` under the caller's signal and a deadline of its own. Answers as soon as either fires,
 * even when the adapter does not listen to its signal.
 */
async function withDeadline<T>(
  call: Call,
  deadlineMs: number,
  place: string,
  job: (call: Call) => Promise<T>,
): Promise<T> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), deadlineMs);
  const signal = AbortSignal.any([call.signal, deadline.signal]);
  let onAbort = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(new PortError("TIMEOUT", `${place}: no answer within the deadline`));
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    const work = job({ ...call, signal });
    work.catch(() => {}); // When the deadline wins, what the adapter says later is nobody's error.
    return await Promise.race([work, aborted]);
  } catch (error) {
    if (error instanceof PortError) throw error;
    if (signal.aborted)
      throw new PortError("TIMEOUT", `${place}: no answer within the deadline`, { cause: error });
    throw new PortError("INTERNAL", `${place}: the adapter threw something that is no PortError`, {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}

function checkAnswers(
  keys: readonly unknown[],
  answers: unknown,
  spec: MethodSpec,
  place: string,
): unknown[] {
  if (!Array.isArray(answers))
    throw new PortError("BAD_RESPONSE", `${place}: the answer is no list`);
  if (answers.length !== keys.length) {
    throw new PortError(
      "BAD_RESPONSE",
      `${place}: ${keys.length} keys, but ${answers.length} answers`,
    );
  }
  return answers.map((answer, index) => {
    const checked = check(spec, answer, `${place}[${index}]`);
    refuseOthersThings(keys[index], checked, place);
    return checked;
  });
}

/** Says where the answer is wrong, never what stood there: it may be personal. */
function check(spec: MethodSpec, answer: unknown, place: string): unknown {
  const result = spec.answer.safeParse(answer);
  if (result.success) return result.data;
  const faults = result.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join(".")} ${issue.code}`);
  throw new PortError("BAD_RESPONSE", `${place}: the answer does not fit: ${faults.join("; ")}`);
}

/** What was asked of one contract may hold nothing of another: an ERP's slip stops here. */
function refuseOthersThings(key: unknown, answer: unknown, place: string): void {
  const asked = (key as { contractKey?: unknown } | null)?.contractKey;
  if (asked === undefined || answer === null || typeof answer !== "object") return;
  const things: unknown[] =
    "items" in answer && Array.isArray(answer.items) ? answer.items : [answer];
  for (const thing of things as { contractKey?: unknown }[]) {
    if (thing.contractKey !== undefined && thing.contractKey !== asked) {
      throw new PortError("BAD_RESPONSE", `${place}: the answer holds a thing of another contract`);
    }
  }
}

function traced(place: string, method: RawMethod, options: GuardOptions): RawMethod {
  const tracer = trace.getTracer("trousseau");
  return (keys, call) => {
    const attributes: Attributes = {
      "trousseau.landlord": options.landlord,
      "trousseau.request_id": call.requestId,
      "trousseau.keys": Array.isArray(keys) ? keys.length : 1,
    };
    const startedAt = performance.now();
    let outcome: ErrorCode | "OK" = "OK";
    return tracer.startActiveSpan(place, { attributes }, async (span) => {
      try {
        return await method(keys, call);
      } catch (error) {
        const { code, message } = error as PortError;
        outcome = code;
        span.setAttribute("trousseau.error_code", code);
        span.setStatus({ code: SpanStatusCode.ERROR, message: code });
        if (code !== "NOT_FOUND") {
          options.log(code === "INTERNAL" ? "error" : "warn", message, {
            landlord: options.landlord,
            requestId: call.requestId,
            port: place,
            code,
          });
        }
        throw error;
      } finally {
        span.end();
        options.onCall?.(place, outcome, performance.now() - startedAt);
      }
    });
  };
}
