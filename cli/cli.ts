/** The commands and their help. Each command is a file; this is the list of them. */
import { Command, CommanderError } from "commander";
import { StoreUnfit } from "../store/failure.ts";
import { UsageError, type ExitCode, type Terminal } from "./terminal.ts";

type Register = (parent: Command, terminal: Terminal, run: Run) => void;
type Commands = Readonly<Record<string, () => Promise<Register>>>;

const groups: Readonly<Record<string, { about: string; commands: Commands }>> = {
  adapter: {
    about: "what makes one ERP product serve ports",
    commands: {
      new: async () => (await import("./adapter/new.ts")).registerAdapterNew,
      check: async () => (await import("./adapter/check.ts")).registerAdapterCheck,
      drift: async () => (await import("./adapter/drift.ts")).registerAdapterDrift,
      record: async () => (await import("./adapter/record.ts")).registerAdapterRecord,
    },
  },
  landlord: {
    about: "who is served: one YAML file each",
    commands: {
      new: async () => (await import("./landlord/new.ts")).registerLandlordNew,
      check: async () => (await import("./landlord/check.ts")).registerLandlordCheck,
      review: async () => (await import("./landlord/review.ts")).registerLandlordReview,
    },
  },
  store: {
    about: "what the house keeps: its own database",
    commands: {
      backup: async () => (await import("./store/backup.ts")).registerStoreBackup,
      restore: async () => (await import("./store/restore.ts")).registerStoreRestore,
      "after-restore": async () => (await import("./store/restore.ts")).registerStoreAfterRestore,
      missing: async () => (await import("./store/missing.ts")).registerStoreMissing,
      reseal: async () => (await import("./store/reseal.ts")).registerStoreReseal,
    },
  },
};
const withoutGroup: Commands = {
  doctor: async () => (await import("./doctor/doctor.ts")).registerDoctor,
};

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
    const program = await createProgram(terminal, run, args);
    await program.parseAsync([...args], { from: "user" });
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

/** The commands with their help. A command called by its name, in `args`, is loaded without the others. */
export async function createProgram(
  terminal: Terminal,
  run: Run,
  [first = "", second = ""]: readonly string[] = [],
): Promise<Command> {
  const program = new Command("trousseau")
    .description("Plug a landlord's ERP into the house, and find out what is still wrong.")
    .exitOverride()
    .configureOutput({ writeOut: terminal.print, writeErr: terminal.tell })
    .showHelpAfterError("(add --help for what it takes)");
  const add = async (parent: Command, commands: Commands, name: string) => {
    const called = Object.hasOwn(commands, name) ? [commands[name]!] : Object.values(commands);
    for (const load of called) (await load())(parent, terminal, run);
  };
  const isGroup = Object.hasOwn(groups, first);
  for (const [name, { about, commands }] of Object.entries(groups)) {
    if (isGroup ? name !== first : Object.hasOwn(withoutGroup, first)) continue;
    await add(program.command(name).description(about), commands, second);
  }
  if (!isGroup) await add(program, withoutGroup, first);
  return program;
}
