/** The reference in `docs/reference/`, made from the code. */
import { loadAdapters } from "../../adapters/load.ts";
import { loadProviders } from "../../adapters/load-payments.ts";
import { createProgram } from "../cli.ts";
import { askingOperations } from "./operations.ts";
import { commandsPage, environmentPage, errorsPage, landlordFilePage } from "./other-pages.ts";
import { portsPage } from "./ports.ts";

const unused = () => {
  throw new Error("Only the help of commands is asked for.");
};

/** Each page's text by its path from the root. */
export async function generateReference(root: URL): Promise<ReadonlyMap<string, string>> {
  const [adapters, providers] = await Promise.all([loadAdapters(), loadProviders()]);
  const terminal = { print: unused, tell: unused } as never;
  return new Map([
    ["docs/reference/ports.md", portsPage(askingOperations(new URL("schema/", root)))],
    [
      "docs/reference/landlord-file.md",
      landlordFilePage([...adapters.values()], [...providers.values()]),
    ],
    ["docs/reference/errors.md", errorsPage()],
    ["docs/reference/environment.md", environmentPage()],
    ["docs/reference/cli.md", commandsPage(await createProgram(terminal, () => unused))],
  ]);
}
