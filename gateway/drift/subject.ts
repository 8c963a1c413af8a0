/** What is compared: another product, or another copy of its description, is to be looked at anew. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import type { Adapter } from "../../adapters/ports/adapter.ts";

/** The product, and a hash of the copy with all schemas beside it. */
export async function subjectOf({ id, description }: Adapter): Promise<string> {
  const hash = createHash("sha256");
  for (const file of description ? await filesOf(description) : [])
    hash.update(await readFile(file));
  return `${id} ${hash.digest("base64url").slice(0, 22)}`;
}

async function filesOf({ kind, file }: NonNullable<Adapter["description"]>): Promise<URL[]> {
  if (kind === "openapi") return [file];
  const folder = new URL(".", file);
  const names = await readdir(folder, { recursive: true });
  const schemas = names.filter((name) => /\.(wsdl|xsd)$/.test(name)).toSorted();
  return schemas.map((name) => new URL(name.replaceAll("\\", "/"), folder));
}
