import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildExplorer, type ExplorerBuild } from "./build.ts";

let parent: string;
let built: ExplorerBuild[];

beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), "explorer-build-"));
  const folder = join(parent, "bundle");
  built = await Promise.all([buildExplorer(folder), buildExplorer(folder)]);
});
afterAll(() => rmSync(parent, { recursive: true }));

const text = (name: string) => readFileSync(join(built[0]!.folder, name), "utf8");

test("two processes that build at once end with one whole bundle and no left-overs", () => {
  expect(built[0]).toEqual(built[1]);
  expect(readdirSync(parent)).toEqual(["bundle"]);
  const names = readdirSync(built[0]!.folder);
  const { script, style, workers } = built[0]!;
  for (const name of [script, style, ...Object.values(workers)]) {
    expect(names).toEqual(expect.arrayContaining([name, `${name}.gz`]));
  }
});

test("a bundle that is there is not built again", async () => {
  const { folder, script } = built[0]!;
  const before = statSync(join(folder, script)).mtimeMs;
  await buildExplorer(folder);
  expect(statSync(join(folder, script)).mtimeMs).toBe(before);
});

test("the style sheet loads nothing from elsewhere: fonts and pictures are inside it", () => {
  const addresses = [...text(built[0]!.style).matchAll(/url\(["']?([^"')]{0,20})/g)];
  expect(addresses.length).toBeGreaterThan(5);
  for (const [, address] of addresses) expect(address).toMatch(/^data:/);
  expect(text(built[0]!.style)).not.toContain("@import");
});

test("the script is React for production, and has no content delivery network in it", () => {
  const script = text(built[0]!.script);
  expect(script).not.toMatch(/esm\.sh|unpkg\.com|jsdelivr\.net|cdnjs/);
  expect(script).not.toContain("process.env.NODE_ENV");
});
