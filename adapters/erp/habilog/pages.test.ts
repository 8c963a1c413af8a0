import { array, assert, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import type { Page } from "../../ports/values.ts";
import { newestFirst, pageOf } from "./pages.ts";

const items = (count: number) => Array.from({ length: count }, (_, i) => ({ key: `E${i}` }));

describe("Pages", () => {
  it("put together are the list, whatever their size", () => {
    assert(
      property(integer({ min: 0, max: 60 }), integer({ min: 1, max: 70 }), (count, first) => {
        const list = items(count);
        const read: { key: string }[] = [];
        for (let after: string | null = null; ;) {
          const page: Page<{ key: string }> = pageOf(list, { first, after });
          expect(page.items.length).toBeLessThanOrEqual(first);
          expect(page.total).toBe(count);
          read.push(...page.items);
          if (!page.hasNextPage) break;
          after = page.endCursor;
        }
        expect(read).toEqual(list);
      }),
    );
  });

  it("go on where they ended when something new is at the top", () => {
    const { endCursor } = pageOf(items(5), { first: 2, after: null });
    const later = [{ key: "E-new" }, ...items(5)];
    expect(pageOf(later, { first: 2, after: endCursor }).items).toEqual([
      { key: "E2" },
      { key: "E3" },
    ]);
  });

  it("of nothing have no cursor", () => {
    expect(pageOf([], { first: 10, after: null })).toEqual({
      items: [],
      endCursor: null,
      hasNextPage: false,
      total: 0,
    });
  });

  it("do not start after what is not in the list", () => {
    expect(() => pageOf(items(3), { first: 1, after: "E9" })).toThrow(
      expect.objectContaining({ code: "INVALID_INPUT" }),
    );
  });
});

describe("A list that is oldest first", () => {
  it("is turned round, what has the same day too", () => {
    const days = array(integer({ min: 10, max: 14 }), { maxLength: 20 });
    assert(
      property(days, (numbers) => {
        const list = numbers
          .toSorted((a, b) => a - b)
          .map((day, i) => ({ day: `2026-11-${day}`, i }));
        expect(newestFirst(list, ({ day }) => day)).toEqual(list.toReversed());
      }),
    );
  });

  it("is put in order when it is not", () => {
    const list = ["2026-11-02", "2026-10-31", "2026-11-01"];
    expect(newestFirst(list, String)).toEqual(["2026-11-02", "2026-11-01", "2026-10-31"]);
  });
});
