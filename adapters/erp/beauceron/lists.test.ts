import { assert, integer, property, asyncProperty } from "fast-check";
import { describe, expect, test } from "vitest";
import type { Page } from "../../ports/values.ts";
import type { Window } from "./client.ts";
import { askedFor, handfuls, pageOf, wholeOf, type Fetch } from "./lists.ts";

const keyOf = String;
const numbers = (length: number) => Array.from({ length }, (_, i) => i);

/** A list of so many numbers, under caps, and what was asked of it. */
function listOf(length: number, caps: { slice?: number; count?: number } = {}) {
  const asked: Window[] = [];
  const fetch: Fetch<number> = async (window) => {
    asked.push(window);
    const { offset, limit } = window;
    const items = numbers(length).slice(offset, offset + Math.min(limit, caps.slice ?? 25));
    const count = length < (caps.count ?? 100) ? length : null;
    return { items, count: items.length === 0 ? null : count };
  };
  return { fetch, asked };
}

describe("pages", () => {
  test("of any size join without gap or double, whatever caps the ERP has", async () => {
    const sizes = [integer({ min: 0, max: 130 }), integer({ min: 1, max: 100 })] as const;
    await assert(
      asyncProperty(...sizes, integer({ min: 1, max: 30 }), async (length, first, slice) => {
        const { fetch } = listOf(length, { slice, count: 40 });
        const seen: number[] = [];
        let after: string | null = null;
        for (let more = true; more;) {
          const page: Page<number> = await pageOf(fetch, keyOf, { first, after });
          expect(page.items.length).toBeLessThanOrEqual(first);
          seen.push(...page.items);
          after = page.endCursor;
          more = page.hasNextPage;
        }
        expect(seen).toEqual(numbers(length));
      }),
    );
  });

  test("never ask for more than beauceron gives at once", async () => {
    const { fetch, asked } = listOf(300);
    const page = await pageOf(fetch, keyOf, { first: 60, after: null });
    expect(asked).toEqual([
      { offset: 0, limit: 25 },
      { offset: 25, limit: 25 },
      { offset: 50, limit: 11 },
    ]);
    expect([page.items.length, page.endCursor, page.hasNextPage]).toEqual([60, "60", true]);
  });

  test("tell no total where the count may be capped", async () => {
    expect((await pageOf(listOf(99).fetch, keyOf, { first: 3, after: null })).total).toBe(99);
    expect((await pageOf(listOf(100).fetch, keyOf, { first: 3, after: null })).total).toBeNull();
  });

  test("of an empty list, or of one that nobody knows, are empty", async () => {
    const page = await pageOf(listOf(0).fetch, keyOf, { first: 3, after: null });
    expect(page).toEqual({ items: [], endCursor: null, hasNextPage: false, total: 0 });
    const unknown = await pageOf(async () => null, keyOf, { first: 3, after: null });
    expect(unknown).toEqual({ items: [], endCursor: null, hasNextPage: false, total: null });
  });

  test("go on after a slice that is short while the count promises more", async () => {
    const { fetch, asked } = listOf(12, { slice: 5 });
    const page = await pageOf(fetch, keyOf, { first: 20, after: null });
    expect([page.items.length, page.hasNextPage]).toEqual([12, false]);
    expect(asked.map(({ offset }) => offset)).toEqual([0, 5, 10]);
  });

  test("ask once more where a short slice and the count do not agree", async () => {
    const offsets: number[] = [];
    const fetch: Fetch<number> = async ({ offset }) => {
      offsets.push(offset);
      return { items: numbers(7).slice(offset, offset + 5), count: 99 };
    };
    const page = await pageOf(fetch, keyOf, { first: 20, after: null });
    expect([page.items.length, offsets]).toEqual([7, [0, 5, 7]]);
  });

  test("ask once more behind a full slice, even where the count says that it was the last", async () => {
    const fetch: Fetch<number> = async ({ offset, limit }) => {
      return { items: numbers(30).slice(offset, offset + limit), count: 25 };
    };
    const page = await pageOf(fetch, keyOf, { first: 28, after: null });
    expect([page.items.length, page.hasNextPage]).toEqual([28, true]);
  });

  test("do not show twice what a new item pushed down between two calls", async () => {
    let list = numbers(40);
    const fetch: Fetch<number> = async ({ offset, limit }) => {
      const items = list.slice(offset, offset + Math.min(limit, 25));
      list = [-1, ...numbers(40)];
      return { items, count: null };
    };
    const page = await pageOf(fetch, keyOf, { first: 30, after: null });
    expect(page.items).toEqual(numbers(30));
    expect(page.endCursor).toBe("31");
  });

  test("fail when the ERP gives the same part again and again", async () => {
    const fetch: Fetch<number> = async () => ({ items: numbers(25), count: null });
    await expect(pageOf(fetch, keyOf, { first: 60, after: null })).rejects.toMatchObject({
      code: "BAD_RESPONSE",
    });
  });

  test.each(["-1", "1e3", "", "12; DROP", "9999999999"])("refuse the cursor %j", async (after) => {
    const { fetch, asked } = listOf(3);
    const page = pageOf(fetch, keyOf, { first: 3, after });
    await expect(page).rejects.toMatchObject({ code: "INVALID_INPUT" });
    expect(asked).toEqual([]);
  });
});

test("a list that is read whole and never ends fails", async () => {
  await expect(wholeOf(listOf(5000).fetch, keyOf)).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  expect(await wholeOf(listOf(60).fetch, keyOf)).toEqual(numbers(60));
});

test("handfuls hold each right key once, 25 at most", () => {
  assert(
    property(integer({ min: 0, max: 120 }), (length) => {
      const keys = numbers(length).map(String);
      const groups = handfuls([...keys, ...keys, "x"], /^\d+$/);
      expect(groups.flat()).toEqual(keys);
      expect(groups).toHaveLength(Math.ceil(length / 25));
      for (const group of groups) expect(group.length).toBeLessThanOrEqual(25);
    }),
  );
});

test("what was not asked for makes an answer unusable", () => {
  expect(askedFor([1, 2], (n) => n < 3)).toEqual([1, 2]);
  expect(() => askedFor([1, 3], (n) => n < 3)).toThrow(/not asked for/);
});
