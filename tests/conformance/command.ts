/** A product's mock ERP, checked by the command that integrators use, as a live ERP would be. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Report } from "../../adapters/conformance/report.ts";
import type { Adapter } from "../../adapters/ports/adapter.ts";
import { checkAdapter } from "../../cli/adapter/check.ts";
import { createTestTerminal } from "../../cli/testing/terminal.ts";
import { prefixOf } from "../../gateway/landlord-file/variables.ts";
import type { MockErp } from "../../mocks/kit/product.ts";
import { createWorld } from "../../mocks/world/world.ts";
import { leverOn } from "./door.ts";
import { standInOf } from "./find.ts";
import { materialOf } from "./material.ts";
import type { StandIn } from "./stand-in.ts";

const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Paris" }).format(new Date());

export interface StoodFor {
  readonly erp: MockErp;
  /** Where the landlord's file stands, and its material. */
  readonly folder: string;
  readonly landlordFile: string;
  readonly materialFile: string;
  /** The secrets of the settings. */
  readonly environment: Record<string, string>;
  close(): Promise<void>;
}

/** The mock ERP of a product with a small World, and a landlord's file that leads to it. */
export async function standFor(adapter: Adapter): Promise<StoodFor> {
  const standIn = await standInOf(adapter.id);
  const { landlord } = standIn;
  const sizes = { people: 60, contracts: 80 };
  const erp = await standIn.start(createWorld({ landlord, seed: 17, today, ...sizes }));
  const folder = await mkdtemp(join(tmpdir(), "trousseau-"));
  const landlordFile = join(folder, `${landlord}.yaml`);
  const materialFile = join(folder, "material.yaml");
  const { text, environment } = fileOf(adapter, standIn, erp.url);
  await writeFile(landlordFile, text);
  // JSON is YAML, and leaves no doubt about what is text.
  await writeFile(materialFile, JSON.stringify(await materialOf(erp, standIn)));
  const close = async () => {
    await erp.close();
    await rm(folder, { recursive: true });
  };
  return { erp, folder, landlordFile, materialFile, environment, close };
}

function fileOf({ id: product, secrets }: Adapter, standIn: StandIn, url: string) {
  const environment: Record<string, string> = {};
  const variableOf = (name: string) => `${prefixOf(standIn.landlord)}ERP_${name}`;
  const settings = Object.entries(standIn.settings(url) as Record<string, unknown>).map(
    ([name, value]) => {
      if (!secrets.includes(name)) return [name, value];
      environment[variableOf(name)] = String(value);
      return [name, { env: variableOf(name) }];
    },
  );
  const { landlord: id, concurrency } = standIn;
  const erp = { product, concurrency, deadlineMs: 30_000, settings: Object.fromEntries(settings) };
  return { text: stringify({ id, erp }), environment };
}

/** All checks there are, changes too. */
export async function checkedByCommand(stood: StoodFor): Promise<Report & { code: number }> {
  const { landlordFile, materialFile, environment, folder, erp } = stood;
  const out = join(folder, "report.json");
  const { terminal } = createTestTerminal({ environment, folder });
  const options = { write: true, yes: true, material: materialFile, report: "json", out };
  const code = await checkAdapter(terminal, landlordFile, options, leverOn(erp));
  return { ...(JSON.parse(await readFile(out, "utf8")) as Report), code };
}
