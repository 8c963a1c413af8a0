/** Runs a list of checks against a subject: reads side by side, whatever else one after another. */
import pLimit from "p-limit";
import { Missing, fail, saysError, type Check, type Finding } from "./check.ts";
import type { CheckResult, Report } from "./report.ts";
import type { Subject } from "./subject.ts";

export interface RunOptions {
  /** Whether something may be changed in the ERP. */
  readonly write: boolean;
  /** Ids, or their beginnings: `balances.`, `changes/`. All unless given. */
  readonly only?: readonly string[];
  /** How many reads stand side by side. */
  readonly sideBySide?: number;
}

export async function runConformance(
  checks: readonly Check[],
  subject: Subject,
  options: RunOptions,
): Promise<Report> {
  const { only, sideBySide = 8 } = options;
  const wanted = checks.filter(({ id }) => !only || only.some((start) => id.startsWith(start)));
  const results = new Map<string, CheckResult>();
  const run = async (check: Check) => {
    results.set(check.id, await runCheck(check, subject, options));
  };
  const place = pLimit(sideBySide);
  const reads = wanted.filter(({ kind }) => kind === "reads");
  await Promise.all(reads.map((check) => place(() => run(check))));
  for (const check of wanted.filter(({ kind }) => kind !== "reads")) await run(check);
  const inOrder = wanted.map(({ id }) => results.get(id)!);
  return { product: subject.product, landlord: subject.landlord, checks: inOrder };
}

async function runCheck(
  check: Check,
  subject: Subject,
  { write }: RunOptions,
): Promise<CheckResult> {
  const started = performance.now();
  const reason = whySkipped(check, subject, write);
  const finding: Finding = reason ? { status: "skip", reason } : await found(check, subject);
  const { id, level, title, hint } = check;
  return { id, level, title, hint, finding, ms: Math.round(performance.now() - started) };
}

function whySkipped(check: Check, subject: Subject, write: boolean): string | null {
  const absent = check.ports.find((name) => !subject.usual.ports.served.includes(name));
  const unwritten = absent && subject.usual.notYet.get(absent);
  if (unwritten) return `not written yet: see ${unwritten}`;
  if (absent) return `${subject.product} does not serve ${absent}`;
  if (check.kind === "writes" && !write) return "nothing may be written in this run";
  if (check.kind === "wire" && !subject.lever) return "nobody can have this ERP misbehave";
  return null;
}

async function found(check: Check, subject: Subject): Promise<Finding> {
  try {
    return await check.run(subject);
  } catch (error) {
    if (error instanceof Missing) return { status: "skip", reason: error.message };
    return fail("an answer", saysError(error));
  } finally {
    if (check.kind !== "reads") await subject.lever?.behave();
  }
}
