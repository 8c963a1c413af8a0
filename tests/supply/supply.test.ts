import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { judgeAudit } from "./audit.ts";
import { licencesPage } from "./licences.ts";
import { licenceFaults, originFaults, packagesOf } from "./lock.ts";
import { readLock, scriptFaults, versionFaults, type Lock, type Locked } from "./lock.ts";

const root = new URL("../../", import.meta.url);
const [lock, manifest] = await readLock(root);
/** The real lock file with one package put in. */
const lockWith = (name: string, locked: Locked): Lock => ({
  ...lock,
  packages: { ...lock.packages, [`node_modules/${name}`]: locked },
});
const integrity = `sha512-${"A".repeat(86)}==`;

describe("K-04 packages", () => {
  test("come from the registry, unaltered, in the versions that were chosen", () => {
    expect(originFaults(lock, manifest)).toEqual([]);
  });

  test.each<[string, Locked]>([
    ["has no integrity by SHA-512", { version: "1.0.0" }],
    [
      "has no integrity by SHA-512",
      { version: "1.0.0", integrity: "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=" },
    ],
    ["not from the registry", { integrity, resolved: "git+ssh://git@example.org/odd.git#abc" }],
    ["not from the registry", { integrity, resolved: "https://example.org/odd.tgz" }],
    ["not from the registry", { integrity, dependencies: { other: "github:odd/other" } }],
    ["not from the registry", { integrity, dependencies: { other: "file:../other" } }],
    ["is a link", { integrity, link: true }],
  ])("are told where one %s", (fault, locked) => {
    expect(originFaults(lockWith("odd", locked), manifest)).toEqual([
      expect.stringContaining(fault),
    ]);
  });

  test("are chosen by an exact version, which the lock file has", () => {
    const dependencies = { ...manifest.dependencies, graphql: "^16.0.0" };
    expect(originFaults(lock, { ...manifest, dependencies })).toEqual([
      expect.stringContaining("graphql is ^16.0.0"),
      expect.stringContaining("another graphql"),
    ]);
  });

  test("run no script at installation that nobody decided on", () => {
    expect(scriptFaults(lock, manifest)).toEqual([]);
    const odd = lockWith("odd", { integrity, hasInstallScript: true });
    expect(scriptFaults(odd, manifest)).toEqual([expect.stringContaining("odd runs a script")]);
    const allowScripts = { ...manifest.allowScripts, gone: false };
    expect(scriptFaults(lock, { ...manifest, allowScripts })).toEqual([
      expect.stringContaining("gone"),
    ]);
  });
});

describe("K-05 versions:", () => {
  test("nothing is older than what is known to be safe", () => {
    expect(versionFaults(lock, process.versions.node)).toEqual([]);
  });

  test.each([
    ["axios", "1.19.9"],
    ["axios", "0.99.0"],
    ["@apollo/server", "5.5.0-rc.1"],
    ["multer", "2.2.99"],
  ])("%s %s is too old, wherever it stands", (name, version) => {
    const nested = lockWith(`odd/node_modules/${name}`, { version, integrity });
    expect(versionFaults(nested, "24.15.0")).toEqual([
      expect.stringContaining(`${name} ${version} is older`),
    ]);
  });

  test("Node too has a least version", () => {
    expect(versionFaults(lock, "24.14.1")).toHaveLength(1);
    expect(versionFaults(lock, "26.0.0")).toEqual([]);
  });

  test("an audit that did not run has failed", () => {
    const none = { info: 0, low: 0, moderate: 0, high: 0, critical: 0, total: 0 };
    const ran = (found: object, total = 460) =>
      JSON.stringify({
        metadata: { vulnerabilities: { ...none, ...found }, dependencies: { total } },
      });
    expect(judgeAudit(ran({}))).toBeNull();
    expect(judgeAudit(ran({ low: 1, total: 1 }))).toBe("Advisories: 1 low. See npm audit.");
    const away = JSON.stringify({ message: "405 Method Not Allowed", error: { summary: "" } });
    for (const output of ["", "npm error", "null", "{}", away, ran({}, 0)]) {
      expect(judgeAudit(output)).toMatch(/^The audit did not run/);
    }
  });
});

describe("K-06 licences:", () => {
  test("each licence of what runs in production is one that was accepted", () => {
    expect(licenceFaults(lock)).toEqual([]);
    for (const license of ["GPL-3.0", "Elastic-2.0", "MIT AND GPL-3.0", "UNLICENSED"]) {
      const faults = licenceFaults(lockWith("odd", { license, integrity }));
      expect(faults).toEqual([expect.stringContaining(`odd is under ${license}`)]);
    }
    expect(licenceFaults(lockWith("odd", { integrity }))).toHaveLength(1);
    expect(licenceFaults(lockWith("odd", { license: "(GPL-3.0 OR MIT)", integrity }))).toEqual([]);
  });

  test("docs/licences.md is fresh; if not: npm run supply -- --write", async () => {
    expect(await readFile(new URL("docs/licences.md", root), "utf8")).toBe(licencesPage(lock));
  });

  test("the README says what Elastic-2.0 forbids", async () => {
    const readme = await readFile(new URL("README.md", root), "utf8");
    expect(readme.split("## Licences")[1]).toMatch(/Elastic Licence 2\.0[^]*managed service/);
  });

  test("a bill of materials can be made, offline, of all that is installed", async () => {
    const { scripts } = JSON.parse(await readFile(new URL("package.json", root), "utf8"));
    const [npm, ...parameters] = (scripts.sbom as string).split(" ");
    const { stdout } = await promisify(execFile)(npm!, [...parameters, "--offline"], {
      cwd: fileURLToPath(root),
      maxBuffer: 16 * 2 ** 20,
    });
    const { bomFormat, components } = JSON.parse(stdout) as {
      bomFormat: string;
      components: { purl: string; licenses?: object[] }[];
    };
    expect(bomFormat).toBe("CycloneDX");
    const purls = new Set(components.map(({ purl }) => purl));
    const missing = packagesOf(lock).filter(
      ({ name, version }) => !purls.has(`pkg:npm/${name.replace("@", "%40")}@${version}`),
    );
    expect(missing.map(({ name }) => name)).toEqual([]);
  });
});
