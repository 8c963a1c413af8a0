import { expect, test } from "vitest";
import { pageOfWhole } from "./whole-list.ts";

const items = ["e", "d", "c", "b", "a"].map((key) => ({ key }));
const keysOf = (first: number, after: string | null, list = items) => {
  const page = pageOfWhole(list, { first, after });
  return { ...page, items: page.items.map(({ key }) => key).join("") };
};

test("a page begins behind its cursor, and tells whether there are more", () => {
  expect(keysOf(2, null)).toEqual({ items: "ed", endCursor: "d", hasNextPage: true, total: 5 });
  expect(keysOf(2, "d")).toEqual({ items: "cb", endCursor: "b", hasNextPage: true, total: 5 });
  expect(keysOf(2, "b")).toEqual({ items: "a", endCursor: "a", hasNextPage: false, total: 5 });
  expect(keysOf(2, "a")).toEqual({ items: "", endCursor: null, hasNextPage: false, total: 5 });
});

test("a new item at the top moves nothing", () => {
  expect(keysOf(2, "d", [{ key: "f" }, ...items]).items).toBe("cb");
});

test("another cursor is INVALID_INPUT", () => {
  expect(() => keysOf(2, "z")).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }));
});
