/** Every product under `adapters/erp/`, with its stand-in. */
import { access } from "node:fs/promises";
import { loadAdapters } from "../../adapters/load.ts";
import type { StandIn } from "./stand-in.ts";

const erpFolder = new URL("../../adapters/erp/", import.meta.url);

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
