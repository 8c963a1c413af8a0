import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RequestContext } from "./context.ts";
import { createIds } from "./ids.ts";
import { planPage } from "./pagination.ts";
import { pageOfList, planOrFail } from "./paging.ts";

const ids = createIds(new Uint8Array(32).fill(7), "here");
const context = { ids, landlord: { id: "here" }, language: "fr" } as unknown as RequestContext;
const none = { seal: () => "", open: () => null };

const read = (list: number[], first: number, after: string | null) => {
  const plan = planPage({ first, after }, none)!;
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
    expect(planPage({ first, after: null }, none)).toBeNull();
  });

  test.each([
    "",
    "x",
    "bnVsbA",
    Buffer.from('["0",-1]').toString("base64url"),
    Buffer.from("[7,0]").toString("base64url"),
    Buffer.from('["DOC-17",0]').toString("base64url"),
    Buffer.from('["../x",0]').toString("base64url"),
  ])("the cursor %s", (after) => {
    expect(planPage({ first: 1, after }, none)).toBeNull();
  });
});

describe("a cursor of the ERP's that is more than a place in the list", () => {
  const page = { items: [1, 2], endCursor: "CONTRACT-7;DOC-17", hasNextPage: true, total: null };
  const plan = (after: string | null, ...list: [string, ...string[]]) =>
    planOrFail(context, { first: 2, after }, ...list);
  const { edges } = plan(null, "rentNotices", "K7").connect(page, (item) => item);
  const after = edges[1]!.cursor;

  test("B-11 leaves sealed, and comes back as it was", () => {
    expect(Buffer.from(after, "base64url").toString("latin1")).not.toMatch(/CONTRACT|DOC/);
    expect(plan(after, "rentNotices", "K7").request).toEqual({ first: 2, after: page.endCursor });
    const within = plan(after, "rentNotices", "K7").connect(page, (item) => item);
    expect(plan(within.edges[0]!.cursor, "rentNotices", "K7").request).toEqual({
      first: 3,
      after: page.endCursor,
    });
  });

  test.each([
    ["another contract", ["rentNotices", "K8"]],
    ["another list", ["rentReceipts", "K7"]],
    ["a longer list", ["rentNotices", "K7", "ALL"]],
    ["a shorter list", ["rentNotices"]],
  ])("B-11 is none of %s", (_what, list) => {
    expect(() => plan(after, ...(list as [string, ...string[]]))).toThrow("pas valable");
  });
});
