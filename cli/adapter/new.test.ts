/** `npx trousseau adapter new`, as somebody calls it. */
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
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

const fixture = (name: string) =>
  fileURLToPath(new URL(`../wsdl/fixtures/${name}`, import.meta.url));
const pavois = fileURLToPath(
  new URL("../../adapters/erp/pavois/wsdl/PortailLocataire.wsdl", import.meta.url),
);

describe("adapter new --wsdl", () => {
  test("makes a client of the operations that are chosen, by a path from where it is called", async () => {
    await copyFile(fixture("wrapped.wsdl"), join(folder, "erp.wsdl"));
    const { code, out } = await cli(
      "acme",
      "--wsdl",
      "erp.wsdl",
      "--operations",
      "LireBaux,Prevenir",
    );
    expect(code).toBe(0);
    expect(out).toContain("client.lireBaux({ Locataire, Actifs, Filtre }, call)\n");
    expect(out).toContain("Left out:\n  Prevenir: It answers nothing (one-way)");
    expect(await made("wsdl/erp.wsdl")).toBe(await readFile(fixture("wrapped.wsdl"), "utf8"));
    expect(await made("index.ts")).toContain('new URL("./wsdl/erp.wsdl", import.meta.url)');
    const readme = await made("README.md");
    expect(readme).toContain("`http://erp.example/portail`");
    expect(readme).toContain("| Les baux d'un locataire. |");
  });

  test("says where each fault is, and writes nothing", async () => {
    await copyFile(fixture("unknown.wsdl"), join(folder, "erp.wsdl"));
    const { code, err } = await cli("acme", "--wsdl", "erp.wsdl");
    expect(code).toBe(1);
    expect(err).toMatch(
      /^erp\.wsdl:5 Numro: There is no type.*\nerp\.wsdl:6 Personne: .*\n\ntrousseau: nothing was written\.\n$/,
    );
    await nothingMade();
    const { code: same, out } = await cli("acme", "--wsdl", "erp.wsdl", "--json");
    expect([same, JSON.parse(out)]).toMatchObject([1, { faults: [{ line: 5 }, { line: 6 }] }]);
  });

  test("lists the operations where there are too many to take them all", async () => {
    const { code, err } = await cli("acme", "--wsdl", pavois);
    expect(code).toBe(2);
    expect(err).toMatch(/The description has 41 operations.*--operations a,b,c:\n {2}Rechercher/);
    await nothingMade();
  });
});

describe("adapter new --openapi", () => {
  const openapi = fileURLToPath(new URL("../../adapters/erp/syndeo/openapi.yaml", import.meta.url));

  test("makes a client of the operations that are chosen", async () => {
    const { code, out } = await cli("acme", "--openapi", openapi, "--operations", "solde");
    expect([code, out]).toEqual([0, expect.stringContaining("client.solde({ Numero }, call)\n")]);
    expect(await made("index.ts")).toContain('new URL("./openapi.yaml", import.meta.url)');
  });

  test("says what is wrong, and writes nothing", async () => {
    const { code, err } = await cli("acme", "--openapi", "nowhere.yaml");
    expect([code, err]).toEqual([1, expect.stringContaining("nowhere.yaml")]);
    await nothingMade();
  });
});

describe("adapter new refuses, and writes nothing", () => {
  test.each<[string, string[], string]>([
    ["a folder that is there", ["taken", "--empty"], "adapters/erp/taken exists already"],
    ["a name with a path", ["../evil", "--empty"], "small letters, digits and single hyphens"],
    ["a name in capitals", ["Acme", "--empty"], '"Acme" cannot name a product'],
    ["nothing to begin with", ["acme"], "--empty"],
    ["two to begin with", ["acme", "--empty", "--wsdl", "a"], "one of: --wsdl FILE, --openapi"],
    ["a port of no WSDL", ["acme", "--empty", "--port", "P"], "it goes with --wsdl only"],
    ["a choice of nothing", ["acme", "--empty", "--operations", "a"], "not with --empty"],
    ["an empty choice", ["acme", "--wsdl", "a.wsdl", "--operations", "a,,b"], "an empty name"],
    ["no name", [], "missing required argument"],
    ["an option that it does not have", ["acme", "--emty"], "unknown option"],
  ])("%s", async (_what, args, told) => {
    const { code, err } = await cli(...args);
    expect([code, err]).toEqual([2, expect.stringContaining(told)]);
    await nothingMade();
  });
});
