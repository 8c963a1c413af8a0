/**
 * Whether an answer of a port is the ERP's word for this very request. The guard marks the answers
 * that it kept from an earlier one; whoever shows them says so.
 */

/** CACHED: kept, and still as good as new. STALE: kept, and given because the ERP cannot be asked. */
export interface Kept {
  readonly freshness: "CACHED" | "STALE";
  /** When the ERP was asked. */
  readonly readAt: Date;
}

/** As the schema shows it; `readAt` is null for what was read for this request. */
export type ShownFreshness =
  | { readonly freshness: "LIVE"; readonly readAt: null }
  | { readonly freshness: Kept["freshness"]; readonly readAt: string };

const kept = new WeakMap<object, Kept>();

/** Marks an answer, or what was made of one. What is no object carries no mark. */
export function markKept<T>(answer: T, mark: Kept): T {
  if (typeof answer === "object" && answer !== null) kept.set(answer, mark);
  return answer;
}

/** Null: it is the ERP's word of now. */
export function keptMark(answer: unknown): Kept | null {
  return (typeof answer === "object" && answer !== null && kept.get(answer)) || null;
}

/** The oldest mark among the sources goes to what was made of them. */
export function carryMark<T>(made: T, sources: readonly unknown[]): T {
  const oldest = sources
    .map(keptMark)
    .filter((mark) => mark !== null)
    .toSorted((a, b) => a.readAt.getTime() - b.readAt.getTime())[0];
  return oldest ? markKept(made, oldest) : made;
}

export function freshnessOf(answer: unknown): ShownFreshness {
  const mark = keptMark(answer);
  return mark
    ? { freshness: mark.freshness, readAt: mark.readAt.toISOString() }
    : { freshness: "LIVE", readAt: null };
}
