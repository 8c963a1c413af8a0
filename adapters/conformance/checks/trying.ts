/** Trying one change, and asking what became of it. */
import type { ChangePort, Changes, Submission } from "../../ports/changes.ts";
import { need, saysError } from "../check.ts";
import type { Sample } from "../samples/sample.ts";
import { samples } from "../samples/all.ts";
import { newCall, type Subject } from "../subject.ts";

export interface Trial {
  readonly subject: Subject;
  readonly port: ChangePort<unknown>;
  /** Guarded. */
  readonly changes: Changes<unknown>;
}

export const trialOf = (subject: Subject, port: ChangePort<unknown>): Trial => ({
  subject,
  port,
  changes: subject.usual.ports.use(port),
});

/** One that was never sent. */
export async function newSample({ subject, port }: Trial): Promise<Sample> {
  const make = need(samples[port.name], `a sample for ${port.name} in samples/all.ts`);
  const sample = await make(subject);
  port.payload.parse(sample.submission.payload);
  return sample;
}

export const submit = ({ changes }: Trial, submission: Submission<unknown>) =>
  changes.submit(submission, newCall());

/** The state, or the error in words. */
export async function stateOf(
  { changes }: Trial,
  submission: Submission<unknown>,
): Promise<string> {
  return changes.lookUp(submission, newCall()).then(({ state }) => state, saysError);
}

/** Null where nobody knows. */
export const appliedSoFar = async ({ subject, port }: Trial): Promise<number | null> =>
  (await subject.lever?.applied(port.name)) ?? null;

export const settle = async ({ subject }: Trial): Promise<void> => subject.lever?.settle();

export const isThere = (state: string): boolean => state === "APPLIED" || state === "PENDING";
