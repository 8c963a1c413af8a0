/** `npm run schema`: writes the published contract. A test holds that it is fresh. */
import { mkdir, writeFile } from "node:fs/promises";
import { subgraphs } from "../subgraphs.ts";
import { generateSchema } from "./compose.ts";

const root = new URL("../../", import.meta.url);

await mkdir(new URL("schema/", root), { recursive: true });
for (const [path, text] of await generateSchema(root, subgraphs)) {
  await writeFile(new URL(path, root), text);
  process.stdout.write(`${path}\n`);
}
