/** A read whose answers are kept, and given where that is allowed. */
import { PortError, type ErrorCode } from "../ports/errors.ts";
import type { Call } from "../ports/port.ts";
import type { Found, MethodCache } from "./cache.ts";
import type { Question, Share } from "./share.ts";

export type Read = (keys: readonly unknown[], call: Call) => Promise<unknown[]>;

const away = new Set<ErrorCode>(["TIMEOUT", "UNAVAILABLE", "BAD_RESPONSE", "RATE_LIMITED"]);
const isAway = (error: unknown) => error instanceof PortError && away.has(error.code);

/**
 * In this order: what is kept and fresh; the ERP, in one call with whoever asks the same just now;
 * and what is kept but stale, for as long as the ERP cannot be asked. A call without a reader goes
 * straight through; of one for whom no kept answer will do, the answers are kept for others.
 */
export function keeping(place: string, read: Read, cache: MethodCache, share: Share): Read {
  const freshMs = cache.keep.freshSeconds * 1000;
  const staleMs = cache.keep.staleSeconds * 1000;

  const askAll = async (questions: readonly Question[], call: Call) => {
    const readAt = cache.now();
    const keys = questions.map(({ key }) => key);
    const answers = await read(keys, call);
    questions.forEach((question, index) => cache.put(question, answers[index], readAt));
    return answers;
  };

  const tell = (call: Call, found: readonly Found[]) =>
    found.map(({ answer, mark }) => {
      call.reader?.onKept?.(place, mark);
      return answer;
    });

  const live = async (questions: readonly Question[], call: Call) => {
    try {
      return await share.ask(questions, call, askAll);
    } catch (error) {
      if (!isAway(error)) throw error;
      return stale(questions, call, error);
    }
  };

  /** A page shows the things of one question side by side: all of them, or the error. */
  const stale = async (questions: readonly Question[], call: Call, error: unknown) => {
    const found = staleMs > 0 ? await cache.find(questions, staleMs, "STALE") : [undefined];
    if (!found.every((one) => one !== undefined)) throw error;
    return tell(call, found);
  };

  return async (keys, call) => {
    const { reader } = call;
    if (!reader) return read(keys, call);
    const questions = keys.map((key) => cache.question(key, reader));
    if (!reader.keptWillDo) return askAll(questions, call);
    if (reader.onlyKept) {
      const error = new PortError("UNAVAILABLE", `${place}: nothing newer may be shown`);
      return stale(questions, call, error);
    }
    if (freshMs === 0) return live(questions, call);
    const fresh = await cache.find(questions, freshMs, "CACHED");
    const missing = questions.filter((_question, index) => !fresh[index]);
    const asked = missing.length > 0 ? await live(missing, call) : [];
    tell(
      call,
      fresh.filter((one) => one !== undefined),
    );
    let next = 0;
    return fresh.map((one) => (one ? one.answer : asked[next++]));
  };
}
