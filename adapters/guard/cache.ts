/** Answers that were read before, on a shelf in memory or in Redis. */
import { createHash } from "node:crypto";
import { toJSONSchema } from "zod";
import { markKept, type Kept } from "../ports/freshness.ts";
import type { Keep, MethodSpec, Reader } from "../ports/port.ts";
import { checkAnswers } from "./check.ts";
import type { Question } from "./share.ts";
import type { Name, Shelf } from "./shelf.ts";

/** Port name to what a landlord's file says otherwise. */
export type KeepRules = Readonly<Record<string, KeepRule | undefined>>;

interface KeepRule {
  readonly freshSeconds?: number | undefined;
  readonly staleSeconds?: number | undefined;
}

export interface CacheOptions {
  readonly landlord: string;
  readonly shelf: Shelf;
  readonly rules: KeepRules;
  readonly now: () => Date;
}

/** One landlord's part of the shelf. */
export interface Cache {
  /** Null where nothing of the method's answers is kept. */
  of(place: string, spec: MethodSpec): MethodCache | null;
  /** Nothing that was read of these contracts and persons until now, or until `at`, is given any more. */
  forget(subjects: readonly string[], at?: Date): void;
  /** Removes what was kept for this account. */
  forgetAccount(account: string): Promise<void>;
}

export interface MethodCache {
  readonly keep: Keep;
  readonly now: () => Date;
  question(key: unknown, reader: Reader): Question;
  /**
   * For each question the kept answer, marked, or undefined where there is none that was read within
   * `withinMs`. Never throws: a shelf that cannot be reached is empty.
   */
  find(
    questions: readonly Question[],
    withinMs: number,
    as: Kept["freshness"],
  ): Promise<(Found | undefined)[]>;
  /** `readAt` is when the ERP was asked. */
  put(question: Question, answer: unknown, readAt: Date): void;
}

export interface Found {
  readonly answer: unknown;
  readonly mark: Kept;
}

interface Entry {
  readonly at: number;
  readonly answer: unknown;
}

export function createCache({ landlord, shelf, rules, now }: CacheOptions): Cache {
  const markOf = (subject: string): Name => ({
    owner: null,
    id: JSON.stringify([landlord, "forgotten", subject]),
  });
  const ownerOf = (account: string) => JSON.stringify([landlord, account]);
  const gone = createGone();
  return {
    of: (place, spec) => {
      const keep = keepOf(place, spec, rules);
      if (!keep) return null;
      const version = versionOf(spec);
      const longestMs = Math.max(keep.freshSeconds, keep.staleSeconds) * 1000;
      return {
        keep,
        now,
        question: (key, { account }) => ({
          id: JSON.stringify([landlord, place, version, keep.personal ? account : null, key]),
          owner: keep.personal ? ownerOf(account) : null,
          subject: subjectOf(key),
          key,
        }),
        find: async (questions, withinMs, as) => {
          const marks = questions.map(({ subject }) => markOf(subject));
          const found = await shelf.get([...questions, ...marks]);
          return questions.map(({ key }, index) => {
            const entry = entryIn(found[index]);
            if (!entry || entry.at <= Number(found[questions.length + index] ?? 0))
              return undefined;
            if (now().getTime() - entry.at > withinMs) return undefined;
            const fits = fitting(key, entry.answer, spec, place);
            const mark = { freshness: as, readAt: new Date(entry.at) };
            return fits && { answer: markKept(fits.value, mark), mark };
          });
        },
        put: (question, answer, readAt) => {
          if (gone.since(question.owner) >= readAt.getTime()) return;
          shelf.set(question, JSON.stringify({ at: readAt.getTime(), answer }), longestMs);
        },
      };
    },
    forget: (subjects, at = now()) => {
      const mark = String(at.getTime());
      for (const subject of subjects) shelf.set(markOf(subject), mark, longestKeptMs);
    },
    forgetAccount: (account) => {
      gone.note(ownerOf(account), now().getTime());
      return shelf.clear(ownerOf(account));
    },
  };
}

/** Longer than any read is under way. */
const underWayMs = 10 * 60_000;

/** Whose answers were removed a moment ago: what was asked for them before comes too late. */
function createGone() {
  const times = new Map<string, number>();
  return {
    note: (owner: string, at: number): void => {
      for (const [each, time] of times) if (time < at - underWayMs) times.delete(each);
      times.set(owner, at);
    },
    since: (owner: string | null): number => (owner === null ? 0 : (times.get(owner) ?? 0)),
  };
}

/** What a landlord's file may say at most. */
export const longestKeptMs = 30 * 86_400_000;

function keepOf(place: string, { keep }: MethodSpec, rules: KeepRules): Keep | null {
  if (!keep) return null;
  const rule = rules[place.slice(0, place.indexOf("."))];
  const own = {
    personal: keep.personal,
    freshSeconds: rule?.freshSeconds ?? keep.freshSeconds,
    staleSeconds: rule?.staleSeconds ?? keep.staleSeconds,
  };
  return own.freshSeconds > 0 || own.staleSeconds > 0 ? own : null;
}

/** The contract, or else the person, that a key of a port names. */
function subjectOf(key: unknown): string {
  if (typeof key === "string") return key;
  const { contractKey } = (key ?? {}) as { contractKey?: unknown };
  return typeof contractKey === "string" ? contractKey : "";
}

/** Another with each change of the shape: what an older gateway kept is not read. */
function versionOf({ answer }: MethodSpec): string {
  const shape = JSON.stringify(toJSONSchema(answer, { unrepresentable: "any" }));
  return createHash("sha256").update(shape).digest("base64url").slice(0, 12);
}

function entryIn(text: string | undefined): Entry | null {
  if (text === undefined) return null;
  try {
    return JSON.parse(text) as Entry;
  } catch {
    return null;
  }
}

/** What comes off the shelf is believed no more than what comes from an ERP. */
function fitting(
  key: unknown,
  answer: unknown,
  spec: MethodSpec,
  place: string,
): { value: unknown } | undefined {
  try {
    return { value: checkAnswers([key], [answer], spec, place)[0] };
  } catch {
    return undefined;
  }
}
