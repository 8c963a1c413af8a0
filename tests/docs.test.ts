import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { generateReference } from "../cli/reference/generate.ts";

const root = new URL("../", import.meta.url);
const pages = await generateReference(root);

test.each([...pages.keys()])("%s is fresh; if not: npm run docs", async (path) => {
  expect(await readFile(new URL(path, root), "utf8")).toBe(pages.get(path));
});

test("every variable of the environment says what it is for", () => {
  const rows = pages.get("docs/reference/environment.md")!.match(/^\| `TROUSSEAU_.*$/gm) ?? [];
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.filter((row) => / {2}\|$/.test(row))).toEqual([]);
});

test("every code of the table says when an adapter throws it", () => {
  const [, thrown] = pages.get("docs/reference/errors.md")!.split("## When an adapter throws it");
  const rows = thrown!.match(/^\| `[A-Z_]+`.*$/gm) ?? [];
  expect(rows).toHaveLength(11);
  expect(rows.filter((row) => / {2}\|$/.test(row))).toEqual([]);
});

test("every port has its section, with what hangs on it", () => {
  const sections = pages.get("docs/reference/ports.md")!.split(/^## /m).slice(1);
  for (const section of sections.filter((text) => !/^(Changes|Values)\n/.test(text))) {
    expect(section).toMatch(/Without it: `/);
  }
});
