/** `npx trousseau adapter drift`: what has changed in the ERP's own description since its adapter was written. */
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { checkDrift, type Drift } from "../../adapters/drift/check.ts";
import type { Io } from "../../adapters/ports/adapter.ts";
import type { Run } from "../cli.ts";
import type { ErpOf } from "../landlord-of.ts";
import { UsageError, type ExitCode, type Terminal } from "../terminal.ts";
import { erpOrFaults } from "./erp-or-faults.ts";
import { acceptLive } from "./drift-accept.ts";
import { renderDrift } from "./drift-report.ts";

interface DriftOptions {
  readonly json?: boolean;
  readonly accept?: boolean;
}

export function registerAdapterDrift(adapter: Command, terminal: Terminal, run: Run): void {
  adapter
    .command("drift")
    .argument("[landlord]", "its name, like ivry, or the path of its file")
    .description("find out what the ERP's WSDL or OpenAPI file says otherwise than it did")
    .option("--json", "for programs")
    .option("--accept", "write what the ERP shows now over the adapter's copy")
    .action(
      run((landlord: string | undefined, options: DriftOptions) =>
        tellDrift(terminal, landlord, options),
      ),
    );
}

/** 1 where something breaks, or nothing can be compared. */
async function tellDrift(
  terminal: Terminal,
  landlord: string | undefined,
  { json = false, accept = false }: DriftOptions,
): Promise<ExitCode> {
  const erp = await erpOrFaults(terminal, landlord);
  if (!erp) return 1;
  const { id, adapter, settings } = erp;
  terminal.progress(`asking the ERP of ${id} for its description …`);
  const { drift, live } = await checkDrift(adapter, settings, ioOf(terminal, erp), terminal.signal);
  terminal.progress("");
  const told = { landlord: id, product: adapter.id, ...drift };
  if (json) terminal.print(`${JSON.stringify(told, null, 2)}\n`);
  else terminal.print(renderDrift(told, terminal.style));
  if (accept) {
    const { description } = adapter;
    if (!live || !description) throw new UsageError("There is nothing to accept.");
    const written = await acceptLive(description.file, live);
    const names = written.map((file) => `  ${fileURLToPath(file)}\n`).join("");
    terminal.tell(`Written:\n${names}${afterwards(id)}`);
    return 0;
  }
  return isFine(drift) ? 0 : 1;
}

const isFine = (drift: Drift) =>
  drift.comparable && drift.differences.every(({ severity }) => severity === "COMPATIBLE");

const afterwards = (id: string) =>
  [
    "Next: look at the difference (git diff), and at the code of the ports that are named above;",
    `run npx trousseau adapter check ${id} against the ERP's test system; then npm test, where the`,
    "mock ERP of the product is to change as well; commit, and start the gateway anew.",
    "",
  ].join("\n");

/** One question after the other: there is nobody to share the ERP's places with. */
const ioOf = ({ now, tell }: Terminal, { id, ca }: ErpOf): Io => ({
  landlord: id,
  limit: (_signal, job) => job(),
  log: (level, message) => {
    if (level === "error") tell(`${message}\n`);
  },
  now,
  ca,
});
