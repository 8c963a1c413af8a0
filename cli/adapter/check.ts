/** `npx trousseau adapter check`: the conformance checks against a landlord's ERP, or a recording of it. */
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Command } from "commander";
import type { Lever } from "../../adapters/conformance/lever.ts";
import { allChecks } from "../../adapters/conformance/list.ts";
import { renderHtml } from "../../adapters/conformance/render/html.ts";
import { renderJson } from "../../adapters/conformance/render/json.ts";
import { renderJunit } from "../../adapters/conformance/render/junit.ts";
import { conforms, type Report } from "../../adapters/conformance/report.ts";
import { runConformance, type Progress, type RunOptions } from "../../adapters/conformance/run.ts";
import { createSubject, type Subject } from "../../adapters/conformance/subject.ts";
import type { Run } from "../cli.ts";
import type { ErpOf } from "../landlord-of.ts";
import { UsageError, type ExitCode, type Terminal } from "../terminal.ts";
import { completeMaterial, readMaterialOf } from "./check-material.ts";
import { renderPeople } from "./check-report.ts";
import { erpOrFaults } from "./erp-or-faults.ts";
import { played, playedErp, type Played } from "./played.ts";
import { troubleOf } from "./trouble.ts";

const kinds = ["text", "json", "junit", "html"] as const;
type Kind = (typeof kinds)[number];

export interface CheckOptions {
  /** Whether something may be changed in the ERP. */
  readonly write?: boolean;
  /** Whether nobody is to be asked before something is changed. */
  readonly yes?: boolean;
  readonly material?: string;
  /** The folder of a recording, which is asked instead of the ERP. */
  readonly recorded?: string;
  /** Ids of checks or their beginnings, separated by commas. */
  readonly only?: string;
  readonly report?: string;
  readonly out?: string;
}

export function registerAdapterCheck(adapter: Command, terminal: Terminal, run: Run): void {
  adapter
    .command("check")
    .argument("[landlord]", "its name, like ivry, or the path of its file")
    .description("find out whether the landlord's ERP is served as the house relies on")
    .option("--write", "try changes, too: they stay in the ERP, so take its test system")
    .option("--yes", "do not ask before changes are tried")
    .option(
      "--material <file>",
      "known keys and values; landlords/material/<landlord>.yaml if it is there",
    )
    .option("--recorded <folder>", "ask a recording instead of the ERP: reads only")
    .option("--only <checks>", "ids or their beginnings, like balances.,changes/")
    .option("--report <kind>", kinds.join(", "), "text")
    .option("--out <file>", "where the report goes instead of the terminal")
    .action(
      run((landlord: string | undefined, options: CheckOptions) =>
        checkAdapter(terminal, landlord, options),
      ),
    );
}

/** `lever`: how the ERP is made to misbehave, where it is a stand-in. */
export async function checkAdapter(
  terminal: Terminal,
  landlord: string | undefined,
  options: CheckOptions,
  lever: Lever | null = null,
): Promise<ExitCode> {
  const kind = kindOf(options.report);
  const only = onlyOf(options.only);
  if (options.recorded !== undefined) {
    if (options.write) throw new UsageError("--write changes an ERP: not with --recorded.");
    const play = await playedErp(terminal, landlord, options.recorded);
    if (!play) return 1;
    const plan = { kind, only, lever: null };
    return await checkErp(
      play.terminal,
      play.erp,
      { material: play.material, ...options },
      plan,
      play,
    ).finally(play.close);
  }
  const erp = await erpOrFaults(terminal, landlord);
  if (!erp) return 1;
  if (options.write && !(await mayWrite(terminal, erp, options))) return 2;
  return checkErp(terminal, erp, options, { kind, only, lever });
}

interface Plan {
  readonly kind: Kind;
  readonly only: readonly string[] | null;
  readonly lever: Lever | null;
}

async function checkErp(
  terminal: Terminal,
  erp: ErpOf,
  options: CheckOptions,
  { kind, only, lever }: Plan,
  play?: Played,
): Promise<ExitCode> {
  const subject = await connected(terminal, erp, options, lever);
  if (!subject) return 1;
  try {
    const write = options.write ?? false;
    const how = { write, ...(only && { only }), ...(play && played(play)) };
    const report = await watched(terminal, subject, how);
    await deliver(terminal, report, subject, kind, options.out);
    return conforms(report) ? 0 : 1;
  } finally {
    await subject.close();
  }
}

function kindOf(asked = "text"): Kind {
  const kind = kinds.find((one) => one === asked);
  if (!kind) throw new UsageError(`--report is one of ${kinds.join(", ")}, not "${asked}".`);
  return kind;
}

/** Null where all are wanted. Throws UsageError for what begins no check. */
export function onlyOf(asked: string | undefined): string[] | null {
  if (asked === undefined) return null;
  const only = asked.split(",").map((start) => start.trim());
  const lost = only.find(
    (start) => start === "" || !allChecks.some(({ id }) => id.startsWith(start)),
  );
  if (lost === undefined) return only;
  throw new UsageError(
    `--only: no check begins with "${lost}". There are, for example, balances., documentContents, changes., faults/, limits/.`,
  );
}

async function mayWrite(
  terminal: Terminal,
  { id }: ErpOf,
  { yes }: CheckOptions,
): Promise<boolean> {
  if (yes) return true;
  const answer = await terminal.ask(
    `This changes data in the ERP of ${id}, and the changes stay: only in a test system.\nType "${id}" to go on: `,
  );
  if (answer === id) return true;
  terminal.tell(
    answer === null
      ? "trousseau: --write changes data in the ERP. Nobody is here to be asked: add --yes.\n"
      : "trousseau: nothing was tried.\n",
  );
  return false;
}

/** Null where the ERP cannot be used at all; then it has been told why. */
async function connected(
  terminal: Terminal,
  erp: ErpOf,
  options: CheckOptions,
  lever: Lever | null,
): Promise<Subject | null> {
  const { id, path, adapter, settings, ca, concurrency, deadlineMs } = erp;
  const { now } = terminal;
  const written = await readMaterialOf(terminal, path, options.material);
  terminal.progress(`asking the ERP of ${id} …`);
  const trouble = await troubleOf(erp, written, terminal);
  if (trouble) {
    terminal.tell(`trousseau: ${trouble}\n`);
    return null;
  }
  const limits = { concurrency, deadlineMs };
  const base = { adapter, landlord: id, settings, ca, limits, lever, now };
  const subject = await createSubject({ ...base, material: written });
  return { ...subject, material: await completeMaterial(written, subject.usual.ports) };
}

function watched(terminal: Terminal, subject: Subject, options: RunOptions): Promise<Report> {
  const onProgress = ({ done, total, running }: Progress) =>
    terminal.progress(`${done} of ${total}  ${running[0] ?? ""}`);
  const { signal } = terminal;
  return runConformance(allChecks, subject, { ...options, onProgress, signal }).finally(() =>
    terminal.progress(""),
  );
}

async function deliver(
  terminal: Terminal,
  report: Report,
  subject: Subject,
  kind: Kind,
  out: string | undefined,
): Promise<void> {
  const plain: Terminal["style"] = (_format, text) => text;
  const { served } = subject.usual.ports;
  const renders: Record<Kind, () => string> = {
    text: () => renderPeople(report, served, out ? plain : terminal.style),
    json: () => renderJson(report),
    junit: () => renderJunit(report),
    html: () => renderHtml(report),
  };
  const text = renders[kind]();
  if (out === undefined) return terminal.print(text);
  const path = resolve(terminal.folder, out);
  try {
    await writeFile(path, text);
  } catch (error) {
    throw new UsageError(`${path} cannot be written: ${(error as Error).message}`, {
      cause: error,
    });
  }
  terminal.tell(`${path} holds the report.\n`);
}
