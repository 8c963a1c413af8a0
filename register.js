/**
 * For `node --import`. Node runs TypeScript by itself, but for decorators: what has any is made into
 * JavaScript here, all of it at once, since a start of esbuild costs more than its work. What Node
 * compiles is kept, so that the next start is faster; `NODE_COMPILE_CACHE` says elsewhere.
 */
import { buildSync } from "esbuild";
import { globSync, readFileSync } from "node:fs";
import { enableCompileCache, registerHooks, setSourceMapsSupport } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const root = import.meta.dirname;
const subgraphs = pathToFileURL(join(root, "subgraphs/")).href;
/** JavaScript by the URL of its source; null until the first is asked for. */
let made = null;

enableCompileCache(join(root, "node_modules/.cache/trousseau/compiled"));
setSourceMapsSupport(true, { nodeModules: false });
registerHooks({
  load(url, context, next) {
    if (!url.startsWith(subgraphs)) return next(url, context);
    made ??= makeAll();
    const source = made.get(url);
    return source ? { format: "module", source, shortCircuit: true } : next(url, context);
  },
});

function makeAll() {
  const paths = globSync("subgraphs/**/*.ts", { cwd: root }).map((path) => join(root, path));
  const decorated = paths.filter((path) => readFileSync(path, "utf8").includes('"type-graphql"'));
  const { outputFiles } = buildSync({
    entryPoints: decorated,
    tsconfig: join(root, "tsconfig.json"),
    outbase: root,
    outdir: root,
    format: "esm",
    sourcemap: "inline",
    write: false,
  });
  const urls = outputFiles.map(({ path }) => pathToFileURL(path.replace(/js$/, "ts")).href);
  return new Map(outputFiles.map(({ text }, index) => [urls[index], text]));
}
