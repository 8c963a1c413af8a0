/** `trousseau store reseal`: everything under the newest secret, whether the house runs or not. */
import type { Command } from "commander";
import { openStore } from "../../store/store.ts";
import type { Run } from "../cli.ts";
import type { ExitCode, Terminal } from "../terminal.ts";
import { configOf } from "./config-of.ts";

export function registerStoreReseal(store: Command, terminal: Terminal, run: Run): void {
  store
    .command("reseal")
    .description("seal with the first TROUSSEAU_SECRET what a later one sealed")
    .action(run(() => reseal(terminal)));
}

async function reseal({ environment, print, signal }: Terminal): Promise<ExitCode> {
  const { store: url, secret, formerSecrets } = configOf(environment);
  const store = await openStore({ url, secret, formerSecrets });
  try {
    const values = await store.reseal(signal);
    print(`${values} values sealed anew.${signal.aborted ? " Stopped before the end." : ""}\n`);
    return signal.aborted ? 1 : 0;
  } finally {
    await store.close();
  }
}
