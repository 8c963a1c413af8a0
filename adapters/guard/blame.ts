/**
 * What a failure tells of the ERP. One that came as an answer may lie in one person's record: then it
 * counts once, however often it is met, so that one record never has the others left alone.
 */
import type { PortError } from "../ports/errors.ts";
import type { Call } from "../ports/port.ts";

/** A failure counts again when there was none of this person for so long. */
const rememberedMs = 10 * 60_000;
/** More persons at a time make an outage in any case. */
const mostRemembered = 10_000;

export interface Blame {
  /** Whether a failure counts: of the method, and of the ERP as a whole. */
  failed(place: string, key: unknown, call: Call, error: PortError): Counted;
  /** The method answered about these. */
  worked(place: string, key: unknown, call: Call): void;
}

interface Counted {
  readonly own: boolean;
  readonly whole: boolean;
}

export function createBlame(): Blame {
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
  const at = (place: string, names: readonly string[]) => names.map((name) => `${place} ${name}`);

  return {
    failed: (place, key, call, error) => {
      const names = error.answered ? namesOf(key, call) : [];
      if (names.length === 0) return { own: true, whole: true };
      return { own: isNew(at(place, names)), whole: isNew(at("", names)) };
    },
    worked: (place, key, call) => {
      if (failedAt.size === 0) return;
      for (const name of at(place, namesOf(key, call))) failedAt.delete(name);
    },
  };
}

/** Whom a call is about, by all that tells: who asks, and whose things the keys name. */
function namesOf(key: unknown, { reader }: Call): string[] {
  const names = [key].flat().flatMap(namesIn);
  return reader ? [`account ${reader.account}`, ...names] : names;
}

function namesIn(key: unknown): string[] {
  if (typeof key === "string") return [key];
  const { contractKey, personKey } = (key ?? {}) as { contractKey?: unknown; personKey?: unknown };
  return [contractKey, personKey].filter((name) => typeof name === "string");
}
