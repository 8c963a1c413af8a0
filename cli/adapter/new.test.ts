/** `npx trousseau adapter new`, as somebody calls it. */
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { allPorts } from "../../adapters/conformance/ports.ts";
import { runCommand } from "../testing/terminal.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "trousseau-new-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, "adapters/erp/taken"), { recursive: true });
});

const cli = (...args: string[]) =>
  runCommand(["adapter", "new", ...args], { folder, root: pathToFileURL(`${folder}/`) });

const made = (path: string) => readFile(join(folder, "adapters/erp/acme", path), "utf8");
const nothingMade = async () => {
  expect(await readdir(join(folder, "adapters"))).toEqual(["erp"]);
  expect(await readdir(join(folder, "adapters/erp"))).toEqual(["taken"]);
};

describe("adapter new --empty", () => {
  test("makes a folder with every port still to be written, and says what to do next", async () => {
    const { code, out } = await cli("acme", "--empty");
    expect(code).toBe(0);
    expect(out).toContain("npx trousseau landlord new my-landlord --product acme\n");
    const files = await readdir(join(folder, "adapters/erp/acme"));
    const written = await Promise.all(files.filter((name) => name.endsWith(".ts")).map(made));
    for (const { name } of allPorts) {
      const line = `  notYet(${name}, here),\n`;
      expect(written.filter((text) => text.includes(line))).toHaveLength(1);
    }
    expect(await made("README.md")).toContain("## Quirks");
    expect(await made("fixtures/README.md")).toContain("acme");
    await expect(readdir(join(folder, "adapters"))).resolves.toEqual(["erp"]);
  });

  test("says the same as JSON", async () => {
    const { out } = await cli("acme", "--empty", "--json");
    const told = JSON.parse(out) as { files: string[] };
    expect(told).toMatchObject({ product: "acme", settings: [{ name: "baseUrl" }, {}] });
    expect(told.files).toContain("adapters/erp/acme/client.ts");
  });
});

describe("adapter new refuses, and writes nothing", () => {
  test.each<[string, string[], string]>([
    ["a folder that is there", ["taken", "--empty"], "adapters/erp/taken exists already"],
    ["a name with a path", ["../evil", "--empty"], "small letters, digits and single hyphens"],
    ["a name in capitals", ["Acme", "--empty"], '"Acme" cannot name a product'],
    ["nothing to begin with", ["acme"], "--empty"],
    ["no name", [], "missing required argument"],
    ["an option that it does not have", ["acme", "--emty"], "unknown option"],
  ])("%s", async (_what, args, told) => {
    const { code, err } = await cli(...args);
    expect([code, err]).toEqual([2, expect.stringContaining(told)]);
    await nothingMade();
  });
});
