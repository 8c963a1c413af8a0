/**
 * Bundles the Explorer to static files, once for each state of its sources and packages. The
 * packages are development dependencies: where they are not installed, this rejects.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Metafile } from "esbuild";

const require = createRequire(import.meta.url);
const here = import.meta.dirname;
const cache = join(here, "../../node_modules/.cache/trousseau");
const packages = ["esbuild", "graphiql", "@graphiql/react", "monaco-editor", "react", "graphql"];

const entryPoints = {
  explorer: join(here, "explorer.tsx"),
  "worker-editor": "monaco-editor/esm/vs/editor/editor.worker.js",
  "worker-json": "monaco-editor/esm/vs/language/json/json.worker.js",
  "worker-graphql": "monaco-graphql/esm/graphql.worker.js",
};

/** Names of files in `folder`, each with a hash of its content in its name, and a `.gz` beside. */
export interface ExplorerBuild {
  readonly folder: string;
  readonly script: string;
  readonly style: string;
  readonly workers: { readonly editor: string; readonly json: string; readonly graphql: string };
}

/**
 * The bundle in `outDir`: what is there already, or else made now, in a few seconds. Safe when
 * several processes start at once. By default the folder is named after what goes into it.
 */
export async function buildExplorer(outDir?: string): Promise<ExplorerBuild> {
  const folder = outDir ?? join(cache, `explorer-${await hashOfSources()}`);
  const built = await readManifest(folder);
  if (built) return built;
  const draft = `${folder}.${randomUUID()}`;
  await mkdir(draft, { recursive: true });
  try {
    await bundle(draft);
    await compress(draft);
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another process was faster: its files are the same.
    if (!(await readManifest(folder))) throw error;
  }
  const made = await readManifest(folder);
  if (!made) throw new Error(`The Explorer's files are not in ${folder}.`);
  return made;
}

async function hashOfSources(): Promise<string> {
  const hash = createHash("sha256");
  for (const name of packages) {
    const { version } = require(`${name}/package.json`) as { version: string };
    hash.update(`${name}@${version}\n`);
  }
  const sources = (await readdir(here))
    .filter((name) => /(?<!\.test)\.(tsx?|css)$/.test(name))
    .toSorted();
  for (const name of sources) hash.update(name).update(await readFile(join(here, name)));
  return hash.digest("hex").slice(0, 16);
}

async function bundle(folder: string): Promise<void> {
  const { build } = await import("esbuild");
  const { metafile } = await build({
    entryPoints,
    absWorkingDir: join(here, "../.."),
    outdir: folder,
    entryNames: "[name]-[hash]",
    bundle: true,
    minify: true,
    metafile: true,
    format: "iife",
    target: "es2022",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    loader: { ".ttf": "dataurl", ".woff2": "dataurl" },
    logLevel: "silent",
  });
  await writeFile(join(folder, "manifest.json"), JSON.stringify(manifestOf(metafile)));
}

function manifestOf(metafile: Metafile): Omit<ExplorerBuild, "folder"> {
  const names = Object.keys(metafile.outputs).map((path) => basename(path));
  const find = (entry: string, ending: string) => {
    const name = names.find((file) => file.startsWith(`${entry}-`) && file.endsWith(ending));
    if (name === undefined) throw new Error(`The bundle has no ${entry}${ending}.`);
    return name;
  };
  return {
    script: find("explorer", ".js"),
    style: find("explorer", ".css"),
    workers: {
      editor: find("worker-editor", ".js"),
      json: find("worker-json", ".js"),
      graphql: find("worker-graphql", ".js"),
    },
  };
}

async function compress(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /\.(js|css)$/.test(name));
  for (const name of names) {
    const small = await promisify(gzip)(await readFile(join(folder, name)));
    await writeFile(join(folder, `${name}.gz`), small);
  }
}

async function readManifest(folder: string): Promise<ExplorerBuild | undefined> {
  const text = await readFile(join(folder, "manifest.json"), "utf8").catch(() => undefined);
  return text === undefined ? undefined : { ...(JSON.parse(text) as ExplorerBuild), folder };
}
