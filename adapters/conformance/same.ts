/** Comparing answers without repeating what stands in them. */
import { isDeepStrictEqual } from "node:util";

/** An ERP may compute a balance anew at each question. */
const changing = new Set(["asOf"]);

/** The place of the first difference, `owed.amount`; null where there is none. */
export function difference(one: unknown, other: unknown, path = ""): string | null {
  if (isDeepStrictEqual(one, other)) return null;
  if (!isObject(one) || !isObject(other)) return path || "the whole answer";
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  for (const name of names) {
    if (changing.has(name)) continue;
    const found = difference(one[name], other[name], path ? `${path}.${name}` : name);
    if (found) return found;
  }
  return null;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
