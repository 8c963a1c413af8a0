/** Every product under `adapters/erp/`, with its stand-in. */
import { access } from "node:fs/promises";
import { createSubject, type Subject } from "../../adapters/conformance/subject.ts";
import { loadAdapters } from "../../adapters/load.ts";
import type { Adapter } from "../../adapters/ports/adapter.ts";
import { createWorld } from "../../mocks/world/world.ts";
import { leverOn } from "./door.ts";
import { materialOf } from "./material.ts";
import type { StandIn } from "./stand-in.ts";

const erpFolder = new URL("../../adapters/erp/", import.meta.url);
const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Paris" }).format(new Date());

export const adapters = await loadAdapters();

const standInFile = (product: string, folder: URL) =>
  new URL(`${product}/testing/conformance.ts`, folder);

export const hasStandIn = (product: string, folder: URL = erpFolder): Promise<boolean> =>
  access(standInFile(product, folder)).then(
    () => true,
    () => false,
  );

export async function standInOf(product: string, folder: URL = erpFolder): Promise<StandIn> {
  const file = standInFile(product, folder);
  if (!(await hasStandIn(product, folder))) {
    throw new Error(
      `adapters/erp/${product} has nothing to be checked against: add testing/conformance.ts there, ` +
        `which exports by default how to start its mock ERP (a StandIn of tests/conformance/stand-in.ts).`,
    );
  }
  return ((await import(file.href)) as { default: StandIn }).default;
}

export interface Checked {
  readonly subject: Subject;
  close(): Promise<void>;
}

/** The adapter, connected to its mock ERP with a small World. */
export async function startSubject(adapter: Adapter): Promise<Checked> {
  const standIn = await standInOf(adapter.id);
  const { landlord, concurrency } = standIn;
  const sizes = { people: 60, contracts: 80 };
  const erp = await standIn.start(createWorld({ landlord, seed: 17, today, ...sizes }));
  const subject = await createSubject({
    adapter,
    landlord,
    settings: adapter.settings.parse(standIn.settings(erp.url)),
    limits: { concurrency, deadlineMs: 30_000 },
    material: await materialOf(erp, standIn),
    lever: leverOn(erp),
    now: () => new Date(),
  });
  const close = async () => {
    await subject.close();
    await erp.close();
  };
  return { subject, close };
}
