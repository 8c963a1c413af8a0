/** `trousseau store restore`: a back-up on an empty host, and what it cannot know settled. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { restoreBackup } from "../../store/backup/restore.ts";
import { openStore } from "../../store/store.ts";
import type { Restored } from "../../store/restored.ts";
import type { Run } from "../cli.ts";
import { UsageError, type ExitCode, type Terminal } from "../terminal.ts";
import { configOf } from "./config-of.ts";
import { orProblem } from "./problem.ts";
import { since } from "./words.ts";

interface Flags {
  /** False where nobody was erased, as far as whoever restores knows. */
  readonly erasures: boolean;
}

export function registerStoreRestore(store: Command, terminal: Terminal, run: Run): void {
  store
    .command("restore")
    .description("bring back-up and files back where nothing is, before the house is started")
    .argument("<folder>", "what store backup made")
    .option("--no-erasures", "there is no list of erasures, as nobody was ever erased")
    .addHelpText("after", `\n${settled}\nNothing is written over. Ends with 1 where it could not.`)
    .action(
      run((folder: string, flags: Flags) =>
        orProblem(terminal, () => restore(terminal, folder, flags)),
      ),
    );
}

export function registerStoreAfterRestore(store: Command, terminal: Terminal, run: Run): void {
  store
    .command("after-restore")
    .description(
      "the same for a store that was brought back otherwise: a snapshot, a provider's own",
    )
    .addHelpText("after", `\n${settled}\nOnce, while nothing runs on the store.`)
    .action(run(() => afterRestore(terminal)));
}

const settled = [
  "Nobody knows what happened since the back-up was made, so everybody is signed out, links of mails",
  "are void, and each change that was open is asked for at the ERP before it is sent: what cannot be",
  "told there waits for a person. Payments that were open are asked for at their provider.",
].join("\n");

async function restore(terminal: Terminal, folder: string, { erasures }: Flags): Promise<ExitCode> {
  const { environment, print } = terminal;
  const config = configOf(environment);
  const { store: url, secret, formerSecrets, uploadsFolder, erasuresFile } = config;
  if (erasures && !existsSync(erasuresFile)) {
    throw new UsageError(
      `There is no list of erasures at ${erasuresFile}: without it, who was erased since comes back. Put it there; or say --no-erasures if nobody ever was.`,
    );
  }
  const startedAt = performance.now();
  const from = resolve(terminal.folder, folder);
  const brought = { from, url, secret, formerSecrets, uploadsFolder, environment };
  const { madeAt, files, ...counts } = await restoreBackup({ ...brought, now: terminal.now });
  print(
    [
      `Restored as of ${madeAt}, with ${files} files, in ${since(startedAt)}.`,
      wordCounts(counts),
      "Start the house; then see what was acknowledged since, and is not in it:",
      `  npx trousseau store missing --since ${madeAt} --log <the gateway's log> …`,
      "",
    ].join("\n"),
  );
  return 0;
}

async function afterRestore({ environment, print, now }: Terminal): Promise<ExitCode> {
  const { store: url, secret, formerSecrets } = configOf(environment);
  const store = await openStore({ url, secret, formerSecrets, now });
  try {
    print(`${wordCounts(await store.settleRestored())}\n`);
    return 0;
  } finally {
    await store.close();
  }
}

const wordCounts = ({ sessions, links, changes, payments }: Restored) =>
  `${sessions} sessions ended, ${links} links void; ${changes} changes and ${payments} payments are asked for before anything is sent.`;
