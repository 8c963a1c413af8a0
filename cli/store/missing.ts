/** `trousseau store missing`: what the gateway promised, and a restored back-up does not know. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { createCipher } from "../../store/cipher.ts";
import { openStore } from "../../store/store.ts";
import type { Run } from "../cli.ts";
import { UsageError, type ExitCode, type Terminal } from "../terminal.ts";
import { askProviders } from "./begun-payments.ts";
import { configOf } from "./config-of.ts";
import {
  lostChanges,
  lostPayments,
  waitingChanges,
  wordChange,
  wordPayment,
  wordWaiting,
  type Entry,
} from "./lost.ts";
import { readReceipts, type Receipts } from "./receipts.ts";

interface Flags {
  readonly since: string;
  readonly log: readonly string[];
  readonly json?: boolean;
}

export function registerStoreMissing(store: Command, terminal: Terminal, run: Run): void {
  store
    .command("missing")
    .description("what was acknowledged after the back-up was made, and is not in the store")
    .requiredOption("--since <moment>", "when the back-up was made, as store restore says it")
    .requiredOption("--log <file...>", "the gateway's log since then, of all processes; .gz too")
    .option("--json", "for programs")
    .addHelpText(
      "after",
      [
        "",
        "Reads the lines in which the gateway says that it gave a receipt, or a page of payment, and",
        "asks the payment providers what became of those pages. Changes nothing. Each line begins with",
        "what is known: APPLIED, REJECTED and NOT_PAID ask for nothing; the others say what to do.",
        "Person is the name in the landlord's own system. Ends with 1 where somebody has to do something.",
      ].join("\n"),
    )
    .action(run((flags: Flags) => missing(terminal, flags)));
}

async function missing(terminal: Terminal, { since: typed, log, json }: Flags): Promise<ExitCode> {
  const since = new Date(typed);
  if (Number.isNaN(since.getTime()) || !/^\d{4}-\d\d-\d\d/.test(typed)) {
    throw new UsageError(`--since ${typed} is no moment: write it like 2026-11-19T22:00:00Z.`);
  }
  const paths = log.map((each) => resolve(terminal.folder, each));
  const absent = paths.find((path) => !existsSync(path));
  if (absent !== undefined) throw new UsageError(`There is no file ${absent}.`);
  const receipts = await readReceipts(paths, since);
  const entries = await findLost(terminal, receipts);
  terminal.print(json ? `${JSON.stringify(entries, null, 2)}\n` : tableOf(entries));
  return tellGap(terminal, receipts, since) || entries.some((entry) => entry.toDo !== null) ? 1 : 0;
}

async function findLost(terminal: Terminal, receipts: Receipts): Promise<Entry[]> {
  const { store: url, secret, formerSecrets } = configOf(terminal.environment);
  const store = await openStore({ url, secret, formerSecrets });
  try {
    const payments = await lostPayments(store, receipts);
    const changes = await lostChanges(store, receipts);
    const waiting = await waitingChanges(store, receipts);
    const told = await askProviders(terminal, createCipher(secret, formerSecrets), payments);
    const accounts = [...changes, ...waiting, ...payments].flatMap(({ account }) => account ?? []);
    const persons = await store.known.persons([...new Set(accounts)]);
    return [
      ...payments.map((payment, index) => wordPayment(payment, told[index]!, receipts, persons)),
      ...changes.map((change) => wordChange(change, persons)),
      ...waiting.map((change) => wordWaiting(change, persons)),
    ].toSorted((a, b) => (a.at < b.at ? -1 : 1));
  } finally {
    await store.close();
  }
}

/** Whether the log does not reach back to the back-up: what was promised in between is not known. */
function tellGap({ tell }: Terminal, { from }: Receipts, since: Date): boolean {
  if (from !== null && from <= since) return false;
  tell(
    from === null
      ? "No line of the gateway is in there: is it the right file?\n"
      : `The log begins at ${from.toISOString()}, after the back-up was made: give what is older, too.\n`,
  );
  return true;
}

function tableOf(entries: readonly Entry[]): string {
  const lines = entries.map(({ verdict, at, receipt, landlord, kind, persons, toDo }) =>
    [
      verdict.padEnd(8),
      at,
      receipt,
      landlord,
      kind,
      persons?.join(" ") ?? "unknown account",
      toDo ?? "nothing to do",
    ].join("  "),
  );
  const open = entries.filter(({ toDo }) => toDo !== null).length;
  return [...lines, `${entries.length} missing, ${open} of them for somebody to see to`, ""].join(
    "\n",
  );
}
