/** The landlords' own files, but with little patience: what takes minutes in life takes seconds here. */
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, stringify } from "yaml";

const landlords = fileURLToPath(new URL("../../landlords/", import.meta.url));

export interface Haste {
  readonly deadlineMs: number;
  readonly settleMs: number;
  /** When an ERP that fails is left alone; as in the landlord's own file unless given. */
  readonly breaker?: Readonly<Record<string, number>>;
}

/** Writes them into `folder`, which is made. Only those of `only`, where given. */
export async function hastyLandlords(
  folder: string,
  haste: Haste,
  only?: readonly string[],
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const names = (await readdir(landlords)).filter((name) => name.endsWith(".yaml"));
  for (const name of names) {
    const file = parse(await readFile(join(landlords, name), "utf8")) as LandlordFile;
    if (only && !only.includes(file.id)) continue;
    const erp = { ...file.erp, ...haste };
    await writeFile(join(folder, name), stringify({ ...file, erp }));
  }
  return folder;
}

interface LandlordFile {
  readonly id: string;
  readonly erp: Readonly<Record<string, unknown>>;
}
