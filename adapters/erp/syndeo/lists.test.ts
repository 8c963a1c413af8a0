import { describe, expect, test } from "vitest";
import { pageOf, pagesOf } from "./lists.ts";
import { call } from "./replay.ts";

const items = [1, 2, 3, 4, 5];

describe("a page of a list that came whole", () => {
  test("begins where the one before ended", () => {
    const first = pageOf(items, { first: 2, after: null });
    expect(first).toEqual({ items: [1, 2], endCursor: "2", hasNextPage: true, total: 5 });
    const second = pageOf(items, { first: 3, after: first.endCursor });
    expect(second).toEqual({ items: [3, 4, 5], endCursor: "5", hasNextPage: false, total: 5 });
  });

  test("is empty behind the end", () => {
    const page = { items: [], endCursor: null, hasNextPage: false };
    expect(pageOf(items, { first: 2, after: "7" })).toEqual({ ...page, total: 5 });
    expect(pageOf([], { first: 2, after: null })).toEqual({ ...page, total: 0 });
  });

  test.each(["", "-1", "1.5", "x", "9999999999"])("does not begin at %j", (after) => {
    expect(() => pageOf(items, { first: 2, after })).toThrow(
      expect.objectContaining({ code: "INVALID_INPUT" }),
    );
  });
});

test("several pages of one contract read its list once; what is no contract is not asked for", async () => {
  const asked: string[] = [];
  const read = pagesOf(async (key) => {
    asked.push(key);
    return items;
  });
  const page = { contractKey: "BAI-000001", first: 2 };
  const found = await read(
    [
      { ...page, after: null },
      { ...page, after: "2" },
      { ...page, contractKey: "L/1", after: null },
    ],
    call(),
  );
  expect(found.map((one) => one.items)).toEqual([[1, 2], [3, 4], []]);
  expect(asked).toEqual(["BAI-000001"]);
});
