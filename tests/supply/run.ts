/**
 * `npm run supply`: says what is wrong with what the house is made of, and exits 1 where something
 * is; `-- --write` writes `docs/licences.md` first.
 */
import { readFile, writeFile } from "node:fs/promises";
import { licencesPage } from "./licences.ts";
import { licenceFaults, originFaults, packagesOf, producing } from "./lock.ts";
import { readLock, scriptFaults, versionFaults } from "./lock.ts";

const root = new URL("../../", import.meta.url);
const pageUrl = new URL("docs/licences.md", root);
const [lock, manifest] = await readLock(root);
const page = licencesPage(lock);
if (process.argv.includes("--write")) await writeFile(pageUrl, page);

const faults = [
  ...originFaults(lock, manifest),
  ...scriptFaults(lock, manifest),
  ...versionFaults(lock, process.versions.node),
  ...licenceFaults(lock),
  ...((await readFile(pageUrl, "utf8")) === page
    ? []
    : ["docs/licences.md is not fresh: npm run supply -- --write"]),
];
const counts = `${packagesOf(lock).length} packages, ${producing(lock).length} of them in production`;
process.stdout.write(`${[...faults, counts].join("\n")}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
