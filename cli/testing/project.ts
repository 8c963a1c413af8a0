/** For tests: a house in a temporary folder, in which adapters are made, compiled, linted and called. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const house = fileURLToPath(new URL("../../", import.meta.url));

export interface Project {
  readonly folder: string;
  readonly root: URL;
  /** What the compiler says of all its adapters; empty when it is content. */
  compile(): Promise<string>;
  lint(): Promise<string>;
  remove(): Promise<void>;
}

/** It has the house's own ports and transports, and no adapter yet. */
export async function createProject(): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), "trousseau-project-"));
  await mkdir(join(folder, "adapters/erp"), { recursive: true });
  for (const linked of ["adapters/ports", "adapters/transport", "node_modules", "package.json"]) {
    await symlink(join(house, linked), join(folder, linked));
  }
  const config = {
    extends: join(house, "tsconfig.json"),
    compilerOptions: { types: ["node"], typeRoots: [join(house, "node_modules/@types")] },
    include: ["adapters/erp", join(house, "adapters/transport/sax.d.ts")],
  };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(config));
  const rules = join(house, ".oxlintrc.json");
  const run = (tool: string, ...args: string[]) => said(tool, args, folder);
  return {
    folder,
    root: pathToFileURL(`${folder}/`),
    compile: () => run("tsc", "--noEmit", "-p", "tsconfig.json"),
    lint: () =>
      run("oxlint", "--type-aware", "--deny-warnings", "--quiet", "-c", rules, "adapters/erp"),
    remove: () => rm(folder, { recursive: true }),
  };
}

/** What a tool says when it is not content. */
function said(tool: string, args: readonly string[], cwd: string): Promise<string> {
  const file = join(house, "node_modules/.bin", tool);
  return new Promise((resolve) => {
    execFile(file, args, { cwd }, (error, out, err) => {
      resolve(error ? `${out}${err}` || error.message : "");
    });
  });
}
