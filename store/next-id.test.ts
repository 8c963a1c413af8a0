import { expect, test } from "vitest";
import { nextId } from "./next-id.ts";

test("ids sort in the order in which they were made, however quickly", () => {
  const ids = Array.from({ length: 500 }, nextId);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(500);
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
