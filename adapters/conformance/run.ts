/** Runs a list of checks against a subject: reads side by side, whatever else one after another. */
import pLimit from "p-limit";
import { Missing, fail, saysError, skip, type Check, type Finding } from "./check.ts";
import type { CheckResult, Report } from "./report.ts";
import type { Subject } from "./subject.ts";

export interface RunOptions {
  /** Whether something may be changed in the ERP. */
  readonly write: boolean;
  /** Ids, or their beginnings: `balances.`, `changes/`. All unless given. */
  readonly only?: readonly string[];
  /** How many reads stand side by side. */
  readonly sideBySide?: number;
  /** Hears when a check begins and when it ends. */
  onProgress?(progress: Progress): void;
  /** When it fires, nothing more is begun, and what is under way is not waited for. */
  readonly signal?: AbortSignal;
  /** Runs each check that is tried: may find something else than it did. */
  around?(check: Check, find: () => Promise<Finding>): Promise<Finding>;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** Ids of what is under way, the longest first. */
  readonly running: readonly string[];
}

export const stopped = "the run was stopped before it was tried";

export async function runConformance(
  checks: readonly Check[],
  subject: Subject,
  options: RunOptions,
): Promise<Report> {
  const { only, sideBySide = 8 } = options;
  const wanted = checks.filter(({ id }) => !only || only.some((start) => id.startsWith(start)));
  const results = new Map<string, CheckResult>();
  const running = new Set<string>();
  const tell = () =>
    options.onProgress?.({ done: results.size, total: wanted.length, running: [...running] });
  const run = async (check: Check) => {
    running.add(check.id);
    tell();
    const result = await runCheck(check, subject, options);
    results.set(check.id, result);
    running.delete(check.id);
    tell();
  };
  const place = pLimit(sideBySide);
  const reads = wanted.filter(({ kind }) => kind === "reads");
  await Promise.all(reads.map((check) => place(() => run(check))));
  for (const check of wanted.filter(({ kind }) => kind !== "reads")) await run(check);
  const inOrder = wanted.map(({ id }) => results.get(id)!);
  return { product: subject.product, landlord: subject.landlord, checks: inOrder };
}

async function runCheck(check: Check, subject: Subject, options: RunOptions): Promise<CheckResult> {
  const started = performance.now();
  const reason = whySkipped(check, subject, options);
  const { around = (_check, find) => find() } = options;
  const find = () => around(check, () => found(check, subject));
  const finding = reason ? skip(reason) : await unlessStopped(find(), options.signal);
  const { id, level, title, hint } = check;
  return { id, level, title, hint, finding, ms: Math.round(performance.now() - started) };
}

async function unlessStopped(finding: Promise<Finding>, signal?: AbortSignal): Promise<Finding> {
  if (!signal) return finding;
  let stop = () => {};
  const stopping = new Promise<Finding>((resolve) => {
    stop = () => resolve(skip(stopped));
    signal.addEventListener("abort", stop, { once: true });
  });
  finding.catch(() => {}); // What comes after the stop is nobody's error.
  try {
    return await Promise.race([finding, stopping]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function whySkipped(check: Check, subject: Subject, { write, signal }: RunOptions): string | null {
  if (signal?.aborted) return stopped;
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
