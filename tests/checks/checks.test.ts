import { describe, expect, test } from "vitest";
import { excusesOf, faultsOf, readChecks, titlesOf } from "./find.ts";
import { checks } from "./list.ts";

const root = new URL("../../", import.meta.url);

test("each check is held by a test, or excused with a reason in docs/security.md", async () => {
  expect(faultsOf(...(await readChecks(root)))).toEqual([]);
});

describe("a check", () => {
  const titles = Object.keys(checks).map((id) => ({ ids: [id], text: "holds", file: "a.test.ts" }));
  const others = titles.filter(({ ids }) => ids[0] !== "K-12");

  test("is held by a test that names it first, alone or with others", () => {
    const text = [
      'test("A-01 is so", () => {});',
      "describe.each([1])(`A-02, A-03 are %s`, () => {});",
      'it.skipIf(away)("A-04 A-05 are so", run);',
      'test.skip("A-06 is not tried", () => {});',
      'test("not A-07", () => {});',
      'note("A-08 is no test");',
      '// test("A-09 is a comment")',
    ].join("\n");
    const found = titlesOf("x.test.ts", text);
    expect(found.flatMap(({ ids }) => ids)).toEqual(["A-01", "A-02", "A-03", "A-04", "A-05"]);
    expect(found[1]!.text).toBe("are %s");
  });

  test("that no test holds needs a reason", () => {
    expect(faultsOf(titles, [])).toEqual([]);
    expect(faultsOf(others, [])).toEqual(["K-12 is neither tested nor excused"]);
    expect(faultsOf(others, excusesOf("## Not yet\n\n- K-12: in a year,\n  or two\n"))).toEqual([]);
    expect(faultsOf(others, excusesOf("## Not yet\n\n- K-12:\n"))).toEqual([
      "K-12 has no reason in docs/security.md",
    ]);
    expect(faultsOf(others, excusesOf("## Other\n\n- K-12: elsewhere\n"))).toEqual([
      "K-12 is neither tested nor excused",
    ]);
  });

  test("is not excused as well as tested, nor twice", () => {
    const page = "## Not applicable\n\n- K-12: no\n\n## Not yet\n\n- K-12: later\n";
    expect(faultsOf(titles, excusesOf(page))).toEqual([
      "K-12 is excused twice in docs/security.md",
      "K-12 is excused, and tested in a.test.ts",
    ]);
  });

  test("of most groups may be out of place here, and may not wait", () => {
    const without = titles.filter(({ ids }) => ids[0] !== "A-01");
    expect(faultsOf(without, excusesOf("## Not applicable\n\n- A-01: why\n"))).toEqual([]);
    expect(faultsOf(without, excusesOf("## Not yet\n\n- A-01: why\n"))).toEqual([
      "A-01 may not wait: docs/security.md",
    ]);
  });

  test("is one of the list", () => {
    const unknown = [...titles, { ids: ["Z-01"], text: "", file: "b.test.ts" }];
    expect(faultsOf(unknown, excusesOf("## Not applicable\n\n- A-99: why\n"))).toEqual([
      "Z-01 is no check: a test of b.test.ts",
      "A-99 is no check: docs/security.md",
    ]);
  });
});
