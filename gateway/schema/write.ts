/**
 * `npm run schema`: writes the published contract. A test holds that it is fresh. With `-- --since v1.0`,
 * a name of git, it tells what has changed for front-ends since then, and writes nothing.
 */
import { execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { subgraphs } from "../subgraphs.ts";
import { changesBetween } from "./changes.ts";
import { generateSchema } from "./compose.ts";

const root = new URL("../../", import.meta.url);
const api = "schema/api.graphql";
const { since } = parseArgs({ options: { since: { type: "string" } } }).values;
const files = await generateSchema(root, subgraphs);

if (since === undefined) {
  await mkdir(new URL("schema/", root), { recursive: true });
  for (const [path, text] of files) {
    await writeFile(new URL(path, root), text);
    process.stdout.write(`${path}\n`);
  }
} else {
  const before = publishedAt(since);
  if (before === null) {
    process.stderr.write(`git knows no ${api} of "${since}": name a tag, a branch or a commit.\n`);
    process.exitCode = 2;
  } else {
    const { breaking, surprising, added } = changesBetween(before, files.get(api)!);
    const part = (title: string, lines: readonly string[]) => [
      title,
      ...(lines.length === 0 ? ["nothing"] : lines).map((line) => `  ${line}`),
      "",
    ];
    const told = [
      ...part("Breaks front-ends:", breaking),
      ...part("May surprise them:", surprising),
      ...part("New:", added),
    ];
    process.stdout.write(told.join("\n"));
    process.exitCode = breaking.length === 0 ? 0 : 1;
  }
}

function publishedAt(version: string): string | null {
  try {
    return execFileSync("git", ["show", "--end-of-options", `${version}:${api}`], {
      cwd: fileURLToPath(root),
      encoding: "utf8",
      maxBuffer: 100_000_000,
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    return null;
  }
}
