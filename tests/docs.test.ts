import { access, glob, readFile } from "node:fs/promises";
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

const written = await Array.fromAsync(glob("{README,SECURITY,docs/**/*}.md", { cwd: root }));

test.each(written)("what %s links to and names is there", async (path) => {
  const text = await readFile(new URL(path, root), "utf8");
  const links = [...text.matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(([, link]) => link!);
  const operations = [...text.matchAll(/`([BF]\d\d-[a-z-]+?)(?:\.graphql)?`/g)].map(
    ([, name]) => new URL(`schema/operations/${name}.graphql`, root),
  );
  const places = [...links.map((link) => new URL(link, new URL(path, root))), ...operations];
  const gone = await Promise.all(
    places.map((place) =>
      access(place).then(
        () => [],
        () => [place.pathname],
      ),
    ),
  );
  expect(gone.flat()).toEqual([]);
});
