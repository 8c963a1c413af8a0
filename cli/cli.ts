/** The commands and their help. Each command is a file; this is the list of them. */
import { Command, CommanderError } from "commander";
import { registerAdapterCheck } from "./adapter/check.ts";
import { registerAdapterDrift } from "./adapter/drift.ts";
import { registerAdapterNew } from "./adapter/new.ts";
import { registerAdapterRecord } from "./adapter/record.ts";
import { registerDoctor } from "./doctor/doctor.ts";
import { registerLandlordCheck } from "./landlord/check.ts";
import { registerLandlordReview } from "./landlord/review.ts";
import { registerLandlordNew } from "./landlord/new.ts";
import { StoreUnfit } from "../store/failure.ts";
import { registerStoreBackup } from "./store/backup.ts";
import { registerStoreMissing } from "./store/missing.ts";
import { registerStoreReseal } from "./store/reseal.ts";
import { registerStoreRestore } from "./store/restore.ts";
import { UsageError, type ExitCode, type Terminal } from "./terminal.ts";

/** Wraps what a command does, so that its exit code becomes that of the process. */
export type Run = <A extends unknown[]>(
  job: (...args: A) => Promise<ExitCode>,
) => (...args: A) => Promise<void>;

/** Runs one command line, without the names of Node and script. Never throws for a wrong one. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = 0;
  const run: Run =
    (job) =>
    async (...given) => {
      code = await job(...given);
    };
  try {
    await createProgram(terminal, run).parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof StoreUnfit) {
      terminal.tell(`trousseau: TROUSSEAU_STORE: ${error.message}\n`);
      return 1;
    }
    if (!(error instanceof UsageError)) throw error;
    terminal.tell(`trousseau: ${error.message}\n`);
    return 2;
  } finally {
    terminal.progress("");
  }
}

/** The commands with their help. */
export function createProgram(terminal: Terminal, run: Run): Command {
  const program = new Command("trousseau")
    .description("Plug a landlord's ERP into the house, and find out what is still wrong.")
    .exitOverride()
    .configureOutput({ writeOut: terminal.print, writeErr: terminal.tell })
    .showHelpAfterError("(add --help for what it takes)");
  const adapter = program.command("adapter").description("what makes one ERP product serve ports");
  registerAdapterNew(adapter, terminal, run);
  registerAdapterCheck(adapter, terminal, run);
  registerAdapterDrift(adapter, terminal, run);
  registerAdapterRecord(adapter, terminal, run);
  const landlord = program.command("landlord").description("who is served: one YAML file each");
  registerLandlordNew(landlord, terminal, run);
  registerLandlordCheck(landlord, terminal, run);
  registerLandlordReview(landlord, terminal, run);
  const store = program.command("store").description("what the house keeps: its own database");
  registerStoreBackup(store, terminal, run);
  registerStoreRestore(store, terminal, run);
  registerStoreMissing(store, terminal, run);
  registerStoreReseal(store, terminal, run);
  registerDoctor(program, terminal, run);
  return program;
}
