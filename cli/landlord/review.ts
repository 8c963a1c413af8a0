/** `landlord review`: does the ERP still have what it said it applied? */
import type { Command } from "commander";
import { reviewApplied, type Reviewed, type Verdict } from "../../delivery/review.ts";
import { openStore } from "../../store/store.ts";
import { erpOrFaults } from "../adapter/erp-or-faults.ts";
import type { Run } from "../cli.ts";
import { configOf } from "../store/config-of.ts";
import { UsageError, type ExitCode, type Terminal } from "../terminal.ts";
import { openErp } from "./erp.ts";

interface Flags {
  readonly since: string;
  readonly json?: boolean;
}

export function registerLandlordReview(parent: Command, terminal: Terminal, run: Run): void {
  parent
    .command("review")
    .description("does the ERP still have the changes that it said it applied?")
    .argument("<landlord>", "its name, or the path of its file")
    .requiredOption("--since <moment>", "applied since then: 2026-11-19 or 2026-11-19T22:00:00Z")
    .option("--json", "for programs")
    .addHelpText(
      "after",
      [
        "",
        "For after an ERP was restored from a back-up, with the moment of the back-up; or each night,",
        "to find out an ERP that says yes and does nothing. Sends nothing to the ERP: what is lost is",
        "listed in the order in which people asked for it, for the landlord to enter again.",
        "Ends with 1 where something is lost, or nothing could be told of anything; 2 called wrongly.",
      ].join("\n"),
    )
    .action(run((asked: string, flags: Flags) => review(terminal, asked, flags)));
}

async function review(
  terminal: Terminal,
  asked: string,
  { since: typed, json = false }: Flags,
): Promise<ExitCode> {
  const since = new Date(typed);
  if (Number.isNaN(since.getTime()) || !/^\d{4}-\d\d-\d\d/.test(typed)) {
    throw new UsageError(`--since ${typed} is no moment: write it like 2026-11-19T22:00:00Z.`);
  }
  const found = await findAll(terminal, asked, since);
  if (!found) return 1;
  terminal.print(json ? `${JSON.stringify(found.map(entryOf), null, 2)}\n` : tableOf(found));
  const count = countOf(found);
  return count("LOST") > 0 || (found.length > 0 && count("THERE") === 0) ? 1 : 0;
}

/** Null where the landlord's file is wrong, which has been told. */
async function findAll(terminal: Terminal, asked: string, since: Date): Promise<Reviewed[] | null> {
  const { store: url, secret, formerSecrets } = configOf(terminal.environment);
  const settings = await erpOrFaults(terminal, asked);
  if (!settings) return null;
  const { id: landlord } = settings;
  const erp = await openErp(settings, terminal);
  try {
    const store = await openStore({ url, secret, formerSecrets });
    try {
      const { ports } = erp;
      const { signal } = terminal;
      const found: Reviewed[] = [];
      for await (const each of reviewApplied({ store, landlord, ports, since, signal })) {
        found.push(each);
        terminal.progress(`${found.length} changes asked for …`);
      }
      return found;
    } finally {
      await store.close();
    }
  } finally {
    terminal.progress("");
    await erp.close();
  }
}

const countOf = (found: readonly Reviewed[]) => (verdict: Verdict) =>
  found.filter((each) => each.verdict === verdict).length;

/** Nothing of what was asked: that is the person's. */
const entryOf = ({ change, verdict, reason }: Reviewed) => ({
  receipt: change.id,
  kind: change.kind,
  contract: change.contractKey,
  person: change.personKey,
  submittedAt: change.submittedAt.toISOString(),
  appliedAt: change.endedAt?.toISOString() ?? null,
  verdict,
  reason,
});

function tableOf(found: readonly Reviewed[]): string {
  const count = countOf(found);
  const lines = found
    .filter(({ verdict }) => verdict !== "THERE")
    .map(entryOf)
    .map(({ verdict, receipt, kind, contract, person, submittedAt, reason }) =>
      [verdict.padEnd(7), submittedAt, receipt, kind, contract ?? person, reason ?? ""].join("  "),
    );
  const sum = `${found.length} applied: ${count("THERE")} still there, ${count("LOST")} lost, ${count("UNCLEAR")} cannot be told`;
  return [...lines.map((line) => line.trimEnd()), sum, ""].join("\n");
}
