import { heapedMarks, maxValueDepth, maxValues } from "./numbers.ts";

/** Whether JSON is deeper, or holds more, than any request needs. Never calls itself. */
export function isTooMuch(value: unknown): boolean {
  let level: unknown[] = [value];
  let seen = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxValueDepth) return true;
    const below: unknown[] = [];
    for (const each of level) {
      if (typeof each === "string" && heapedMarks.test(each)) return true;
      if (typeof each !== "object" || each === null) continue;
      const inner = Object.values(each);
      seen += inner.length;
      if (seen > maxValues) return true;
      for (const one of inner) below.push(one);
    }
    level = below;
  }
  return false;
}
