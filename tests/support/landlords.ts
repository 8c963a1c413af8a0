import { cp, mkdtemp, readFile, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, stringify } from "yaml";
import { capabilities } from "../../subgraphs/identity/landlord/capabilities.ts";

const landlords = fileURLToPath(new URL("../../landlords/", import.meta.url));

/** A copy of the landlords' files with more in the `erp` part of each: the folder's path. */
export async function landlordsWith(erp: Record<string, unknown>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "trousseau-landlords-"));
  await cp(landlords, folder, { recursive: true });
  for (const name of await readdir(folder)) {
    if (!name.endsWith(".yaml")) continue;
    const path = join(folder, name);
    const file = parse(await readFile(path, "utf8")) as { erp: Record<string, unknown> };
    await writeFile(path, stringify({ ...file, erp: { ...file.erp, ...erp } }));
  }
  return folder;
}

/** For `keep` of the `erp` part: no answer is ever kept. */
export const keepingNothing = Object.fromEntries(
  Object.values(capabilities).map((port) => [port, { freshSeconds: 0, staleSeconds: 0 }]),
);

/** For `breaker` of the `erp` part: failures make no difference. */
export const neverOpening = { leastCalls: 10_000 };
