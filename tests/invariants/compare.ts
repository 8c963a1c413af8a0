/** Whether a query has the same answer by both ways. */
import fc from "fast-check";
import { isDeepStrictEqual } from "node:util";
import type { Pick } from "./queries.ts";
import type { Asked, Failure, Sides, Told } from "./sides.ts";

/** What a query is made of: a row of numbers. Smaller ones make a simpler query. */
export const chances = fc.noBias(
  fc.array(fc.nat({ max: 9_999 }), { minLength: 150, maxLength: 150, size: "max" }),
);

/** Zeros once they are used up. */
export function pickFrom(numbers: readonly number[]): Pick {
  const rest = numbers.values();
  return (below) => (rest.next().value ?? 0) % below;
}

export interface Compared {
  /** Null: equal. */
  readonly deviation: string | null;
  readonly refused: boolean;
  readonly errors: number;
}

/** By both ways; a query that fits must be executed by both, one that does not by neither. */
export async function compare(sides: Sides, asked: Asked, fits: boolean): Promise<Compared> {
  const [gateway, merged] = [await sides.gateway(asked), await sides.merged(asked)];
  const { refused, errors } = gateway;
  const same = equal(gateway, merged) && refused !== fits;
  const { text, variables, by, down } = asked;
  const story = {
    landlord: by.landlord,
    signedIn: by.token !== null,
    down,
    variables,
    gateway,
    merged,
  };
  const deviation = same ? null : `${text}\n${JSON.stringify(story, null, 1)}`;
  return { deviation, refused, errors: errors.length };
}

/**
 * Whether two answers tell the same. Several errors may make one object null of which none may be
 * null: which of them are told is a matter of time, so that one in common will do.
 */
export function equal(one: Told, other: Told): boolean {
  if (one.refused !== other.refused || !isDeepStrictEqual(one.data, other.data)) return false;
  const [ones, others] = [byPlace(one), byPlace(other)];
  if (!isDeepStrictEqual([...ones.keys()].toSorted(), [...others.keys()].toSorted())) return false;
  return [...ones].every(([place, words]) => {
    const theirs = others.get(place)!;
    if (place.startsWith("beneath")) return words.some((word) => theirs.includes(word));
    return isDeepStrictEqual(words.toSorted(), theirs.toSorted());
  });
}

/** Codes and paths by what they are about: the field itself, or an object above it that is null by it. */
function byPlace({ data, errors }: Told): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const failure of errors) {
    const place = placeOf(data, failure);
    const word = `${failure.code} ${failure.path.join(".")}`;
    places.set(place, [...(places.get(place) ?? []), word]);
  }
  return places;
}

function placeOf(data: unknown, { path }: Failure): string {
  let value = data;
  for (const [depth, key] of path.entries()) {
    if (value === null || value === undefined) return `beneath ${path.slice(0, depth).join(".")}`;
    value = (value as Record<string | number, unknown>)[key];
  }
  return `at ${path.join(".")}`;
}
