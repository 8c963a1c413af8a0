/** Whether this copy of the house is whole: Node, packages, what is compiled, schema, adapters. */
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { loadAdapters } from "../../adapters/load.ts";
import { loadProviders } from "../../adapters/load-payments.ts";
import { generateSchema } from "../../gateway/schema/compose.ts";
import { subgraphs } from "../../gateway/subgraphs.ts";
import { fault, ok, type Finding } from "../findings.ts";

/** node:sqlite without a flag, and types that are taken away by the loader. */
const leastNode = 24;

export function checkNode(version: string): Finding[] {
  const major = Number(version.split(".")[0]);
  if (major >= leastNode) return [ok("Node", version)];
  const hint = "Start by npm or npx, which bring the right one along, after npm install.";
  return [fault("Node", `${version}, where ${leastNode} is needed`, hint)];
}

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      dev: z.boolean().optional(),
      optional: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      link: z.boolean().optional(),
    }),
  ),
});
const Installed = z.object({ version: z.string() });
const shownAtMost = 5;

/** What package-lock.json asks for against what stands in node_modules. */
export async function checkPackages(root: URL): Promise<Finding[]> {
  const { packages } = Lock.parse(
    JSON.parse(await readFile(new URL("package-lock.json", root), "utf8")),
  );
  const asked = Object.entries(packages).filter(([place, { link }]) => place !== "" && !link);
  const read = await Promise.all(
    asked.map(async ([place, one]) => ({ place, one, found: await versionAt(place, root) })),
  );
  const other = read.filter(({ one, found }) => found !== null && found !== one.version);
  const gone = read.filter(({ one, found }) => found === null && isNeeded(one));
  const hint = "Run: npm install";
  const named = (list: typeof read) =>
    list
      .slice(0, shownAtMost)
      .map(
        ({ place, one, found }) =>
          `${nameOf(place)} ${found ?? ""}${found ? "≠" : ""}${one.version ?? ""}`,
      )
      .join(", ") + (list.length > shownAtMost ? ` and ${list.length - shownAtMost} more` : "");
  const findings: Finding[] = [];
  if (gone.length > 0) findings.push(fault("packages", `missing: ${named(gone)}`, hint));
  if (other.length > 0) findings.push(fault("packages", `other versions: ${named(other)}`, hint));
  if (findings.length > 0) return findings;
  return [ok("packages", `${read.length - gone.length} as package-lock.json has them`)];
}

/** A server needs no tools; what is for another platform is left out by npm. */
const isNeeded = ({ dev, optional, devOptional }: z.infer<typeof Lock>["packages"][string]) =>
  !dev && !optional && !devOptional;

const nameOf = (place: string) => place.slice(place.lastIndexOf("node_modules/") + 13);

async function versionAt(place: string, root: URL): Promise<string | null> {
  try {
    const text = await readFile(new URL(`${place}/package.json`, root), "utf8");
    return Installed.parse(JSON.parse(text)).version;
  } catch {
    return null;
  }
}

/** What is compiled for one kind of machine. */
export async function checkNative(): Promise<Finding[]> {
  const parts: readonly [string, () => Promise<unknown>][] = [
    ["argon2", async () => (await import("@node-rs/argon2")).hash("a password")],
    ["node:sqlite", async () => new (await import("node:sqlite")).DatabaseSync(":memory:").close()],
  ];
  return Promise.all(
    parts.map(async ([name, use]) => {
      try {
        await use();
        return ok(name, "loads and works");
      } catch {
        return fault(
          name,
          "does not load",
          "Run npm install on this machine, into an empty node_modules: it is compiled for one kind of machine.",
        );
      }
    }),
  );
}

/** What stands in `schema/` against what the code says. */
export async function checkSchema(root: URL): Promise<Finding[]> {
  const files = await generateSchema(root, subgraphs);
  const stale: string[] = [];
  for (const [path, text] of files) {
    const found = await readFile(new URL(path, root), "utf8").catch(() => null);
    if (found !== text) stale.push(path);
  }
  if (stale.length === 0) return [ok("schema", `${files.size} files as the code has it`)];
  return [fault("schema", `not of this code: ${stale.join(", ")}`, "Run: npm run schema")];
}

export async function checkAdapters(): Promise<Finding[]> {
  const loads: readonly [string, () => Promise<ReadonlyMap<string, unknown>>][] = [
    ["adapters", loadAdapters],
    ["payments", loadProviders],
  ];
  return Promise.all(
    loads.map(async ([step, load]) => {
      try {
        return ok(step, [...(await load()).keys()].join(", "));
      } catch (error) {
        return fault(step, (error as Error).message, "Put that folder right, or take it away.");
      }
    }),
  );
}
