import { describe, expect, test } from "vitest";
import { excusesOf, faultsOf, readChecks, titlesOf } from "./find.ts";
import { checks } from "./list.ts";

const root = new URL("../../", import.meta.url);

test("what is said of checks, in names of tests and in docs/security.md, is of checks that exist", async () => {
  const [titles, excuses] = await readChecks(root);
  const faults = faultsOf(titles, excuses);
  const open = faults.filter((fault) => fault.endsWith("neither tested nor excused"));
  if (open.length > 0) console.info(`open work:\n${open.join("\n")}`);
  expect(faults.filter((fault) => !open.includes(fault))).toEqual([]);
});

describe("a check", () => {
  const titles = Object.keys(checks).map((id) => ({ ids: [id], text: "holds", file: "a.test.ts" }));
  const others = titles.slice(1);

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
    expect(faultsOf(others, [])).toEqual(["A-01 is neither tested nor excused"]);
    expect(faultsOf(others, excusesOf("## Not yet\n\n- A-01: in a year,\n  or two\n"))).toEqual([]);
    expect(faultsOf(others, excusesOf("## Not yet\n\n- A-01:\n"))).toEqual([
      "A-01 has no reason in docs/security.md",
    ]);
    expect(faultsOf(others, excusesOf("## Other\n\n- A-01: elsewhere\n"))).toEqual([
      "A-01 is neither tested nor excused",
    ]);
  });

  test("is not excused as well as tested, nor twice", () => {
    const page = "## Not applicable\n\n- A-01: no\n\n## Not yet\n\n- A-01: later\n";
    expect(faultsOf(titles, excusesOf(page))).toEqual([
      "A-01 is excused twice in docs/security.md",
      "A-01 is excused, and tested in a.test.ts",
    ]);
  });

  test("is one of the list", () => {
    const unknown = [...titles, { ids: ["Z-01"], text: "", file: "b.test.ts" }];
    expect(faultsOf(unknown, excusesOf("## Not yet\n\n- A-99: why\n"))).toEqual([
      "Z-01 is no check: a test of b.test.ts",
      "A-99 is no check: docs/security.md",
    ]);
  });
});
