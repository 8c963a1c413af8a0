/** A project of its own for generated adapters, to compile, lint and run them. */
import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Generated } from "../../scaffold/generated.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

export interface Project {
  add(product: string, generated: Generated): Promise<void>;
  /** What a tool of the house prints about the project; empty when it has no complaint. */
  complaints(tool: string, ...args: string[]): Promise<string>;
  file(path: string): string;
  remove(): Promise<void>;
}

export async function createProject(): Promise<Project> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), "trousseau-openapi-"));
  const file = (path: string) => join(folder, path);
  await mkdir(file("adapters/erp"), { recursive: true });
  for (const part of ["adapters/ports", "adapters/transport", "node_modules"]) {
    await symlink(await realpath(join(root, part)), file(part));
  }
  for (const part of [".oxlintrc.json", ".oxfmtrc.json"]) {
    await copyFile(join(root, part), file(part));
  }
  const types = { extends: join(root, "tsconfig.json"), include: ["adapters/erp"] };
  await writeFile(file("tsconfig.json"), JSON.stringify(types));
  const manifest = { type: "module", private: true, dependencies: { zod: "*" } };
  await writeFile(file("package.json"), JSON.stringify(manifest));
  const unused = { entry: ["adapters/erp/*/index.ts"], project: ["adapters/erp/**/*.ts"] };
  await writeFile(file("knip.json"), JSON.stringify({ ...unused, ignoreExportsUsedInFile: true }));
  return {
    add: async (product, { files }) => {
      const home = file(`adapters/erp/${product}`);
      await mkdir(home);
      for (const { path, text } of files) await writeFile(join(home, path), text);
      await writeFile(join(home, "index.ts"), entry);
    },
    complaints: async (tool, ...args) => {
      const command = join(root, "node_modules/.bin", tool);
      try {
        await promisify(execFile)(command, args, { cwd: folder });
        return "";
      } catch (error) {
        const { stdout, stderr } = error as { stdout: string; stderr: string };
        return stdout + stderr;
      }
    },
    file,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What the rest of an adapter uses of the generated part. */
const entry = `import { createClient } from "./client.ts";

export default createClient;
`;
