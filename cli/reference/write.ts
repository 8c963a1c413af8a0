/** `npm run docs`: writes `docs/reference/`. A test holds that it is fresh. */
import { mkdir, writeFile } from "node:fs/promises";
import { generateReference } from "./generate.ts";

const root = new URL("../../", import.meta.url);

await mkdir(new URL("docs/reference/", root), { recursive: true });
for (const [path, text] of await generateReference(root)) {
  await writeFile(new URL(path, root), text);
  process.stdout.write(`${path}\n`);
}
