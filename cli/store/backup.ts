/** `trousseau store backup`: a folder from which the house can be brought back. */
import { resolve } from "node:path";
import type { Command } from "commander";
import { makeBackup } from "../../store/backup/make.ts";
import type { Run } from "../cli.ts";
import type { ExitCode, Terminal } from "../terminal.ts";
import { configOf } from "./config-of.ts";
import { orProblem } from "./problem.ts";
import { since, sizeOf } from "./words.ts";

export function registerStoreBackup(store: Command, terminal: Terminal, run: Run): void {
  store
    .command("backup")
    .description(
      "copy the store and the files that people sent into a new folder; the house may run",
    )
    .argument("<folder>", "the folder to make")
    .addHelpText(
      "after",
      [
        "",
        "The store as of one moment, read through once before it is said to be good. SQLite is copied",
        "while others write; for PostgreSQL pg_dump and pg_restore must be installed, of the server's",
        "version or later. What is sealed stays sealed: keep TROUSSEAU_SECRET and TROUSSEAU_ID_SECRET",
        "apart, without them it is worth nothing. So too the list of erasures (TROUSSEAU_ERASURES),",
        "which is not in it. Ends with 1 where none was made, and leaves nothing of it; or where",
        "files that people sent are not in their folder.",
      ].join("\n"),
    )
    .action(run((folder: string) => orProblem(terminal, () => backUp(terminal, folder))));
}

async function backUp(terminal: Terminal, folder: string): Promise<ExitCode> {
  const { store: url, uploadsFolder, erasuresFile } = configOf(terminal.environment);
  const { environment, now, print, tell } = terminal;
  const to = resolve(terminal.folder, folder);
  const startedAt = performance.now();
  const { madeAt, bytes, files, missing } = await makeBackup({
    to,
    url,
    uploadsFolder,
    now,
    environment,
  });
  print(
    [
      `Backed up to ${to}: a store of ${sizeOf(bytes)}, ${files} files, in ${since(startedAt)}.`,
      `All that was acknowledged before ${madeAt} is in it.`,
      `Keep apart: TROUSSEAU_SECRET, TROUSSEAU_ID_SECRET, and the list of erasures ${erasuresFile}`,
      "",
    ].join("\n"),
  );
  if (missing === 0) return 0;
  tell(
    `${missing} files that the landlords are to get are not in ${uploadsFolder}. Is TROUSSEAU_UPLOADS the one of the gateway?\n`,
  );
  return 1;
}
