import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planPage } from "./pagination.ts";
import { pageOfList } from "./paging.ts";

const read = (list: number[], first: number, after: string | null) => {
  const plan = planPage({ first, after })!;
  return plan.connect(pageOfList(list, plan.request), (item) => item);
};

test("reading on from any edge gives what follows, with no gap and no double", () => {
  const list = fc
    .integer({ min: 0, max: 130 })
    .map((length) => Array.from({ length }, (_x, index) => index));
  fc.assert(
    fc.property(
      list,
      fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.nat())),
      (all, steps) => {
        let seen = 0;
        let after: string | null = null;
        for (const [first, choice] of steps) {
          const { edges, pageInfo } = read(all, first, after);
          const shown = edges.map((edge) => edge.node);
          expect(shown).toEqual(all.slice(seen, seen + shown.length));
          expect(shown.length).toBeLessThanOrEqual(first);
          expect(shown.length > 0 || seen === all.length).toBe(true);
          expect(pageInfo.hasNextPage).toBe(seen + shown.length < all.length);
          if (edges.length === 0) break;
          const edge = choice % edges.length;
          after = edges[edge]!.cursor;
          seen += edge + 1;
        }
      },
    ),
  );
});

test("a page says where it stands", () => {
  const first = read([1, 2, 3], 2, null);
  expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  expect(first.pageInfo.endCursor).toBe(first.edges[1]!.cursor);
  const last = read([1, 2, 3], 2, first.pageInfo.endCursor);
  expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  expect(last.totalCount).toBe(3);
  expect(read([], 2, null).pageInfo).toMatchObject({ startCursor: null, endCursor: null });
});

describe("there is no plan for", () => {
  test.each([0, -1, 51, 1.5, Number.NaN])("a page of %s", (first) => {
    expect(planPage({ first, after: null })).toBeNull();
  });

  test.each([
    "",
    "x",
    "bnVsbA",
    Buffer.from('["0",-1]').toString("base64url"),
    Buffer.from("[7,0]").toString("base64url"),
  ])("the cursor %s", (after) => {
    expect(planPage({ first: 1, after })).toBeNull();
  });
});
