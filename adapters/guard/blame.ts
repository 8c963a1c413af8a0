/**
 * What a failure tells of the ERP. One that came as an answer may lie in one person's record: then it
 * counts once, however often it is met, so that one record never has the others left alone.
 */
import type { Call } from "../ports/port.ts";

/** A failure counts again when there was none of this person for so long. */
const rememberedMs = 10 * 60_000;
/** More persons at a time make an outage in any case. */
const mostRemembered = 10_000;

/** Of which breaker: the method's own, or that of the ERP as a whole. */
type Scope = "own" | "whole";

interface Asked {
  /** The port and its method. */
  readonly place: string;
  readonly key: unknown;
  readonly call: Call;
}

export interface Blame {
  /** Notes a failure; `asked` where it may lie in the record of whoever that is about. */
  failed(error: object, asked: Asked | null): void;
  /** The method answered about these. */
  worked(asked: Asked): void;
  /** Whether it is a failure that was noted, and tells of more than a record that is known to fail. */
  countsFor(scope: Scope, error: unknown): boolean;
}

export function createBlame(): Blame {
  const counting = { own: new WeakSet(), whole: new WeakSet() };
  const failedAt = new Map<string, number>();

  /** Whether none of the names has failed of late; they have from now on. */
  const isNew = (names: readonly string[]): boolean => {
    const since = Date.now() - rememberedMs;
    const known = names.some((name) => (failedAt.get(name) ?? 0) >= since);
    for (const name of names) {
      failedAt.delete(name);
      failedAt.set(name, Date.now());
    }
    for (const oldest of failedAt.keys()) {
      if (failedAt.size <= mostRemembered) break;
      failedAt.delete(oldest);
    }
    return !known;
  };

  return {
    failed: (error, asked) => {
      const names = asked ? namesOf(asked) : [];
      if (names.length === 0 || isNew(at(asked!.place, names))) counting.own.add(error);
      if (names.length === 0 || isNew(at("", names))) counting.whole.add(error);
    },
    worked: (asked) => {
      if (failedAt.size === 0) return;
      for (const name of at(asked.place, namesOf(asked))) failedAt.delete(name);
    },
    countsFor: (scope, error) => counting[scope].has(error as object),
  };
}

const at = (place: string, names: readonly string[]) => names.map((name) => `${place} ${name}`);

/** Whom a call is about, by all that tells: who asks, and whose things the keys name. */
function namesOf({ key, call: { reader } }: Asked): string[] {
  const names = [key].flat().flatMap(namesIn);
  return reader ? [`account ${reader.account}`, ...names] : names;
}

function namesIn(key: unknown): string[] {
  if (typeof key === "string") return [key];
  const { contractKey, personKey } = (key ?? {}) as { contractKey?: unknown; personKey?: unknown };
  return [contractKey, personKey].filter((name) => typeof name === "string");
}
