/** What is said of a change whose answer was lost, or that was never sent. */
import type { ChangePort } from "../../ports/changes.ts";
import { PortError } from "../../ports/errors.ts";
import { fail, firstWrong, Missing, saysError, that, type Check, type Finding } from "../check.ts";
import type { FaultKind } from "../lever.ts";
import { leverOf } from "./asking.ts";
import {
  appliedSoFar,
  isThere,
  newSample,
  settle,
  stateOf,
  submit,
  trialOf,
  type Trial,
} from "./trying.ts";

/** The ERP's name of the last call that such a change makes. */
async function lastOperation(trial: Trial): Promise<string> {
  const lever = leverOf(trial.subject);
  return trial.subject.remember(`last operation of ${trial.port.name}`, async () => {
    const { submission } = await newSample(trial);
    await lever.forgetCalls();
    await submit(trial, submission);
    const last = (await lever.calls()).operations.at(-1);
    await settle(trial);
    if (!last) throw new Missing("a call of the ERP when something is written");
    return last;
  });
}

async function interrupted(trial: Trial, fault: FaultKind): Promise<Finding> {
  const lever = leverOf(trial.subject);
  const operation = await lastOperation(trial);
  const { submission } = await newSample(trial);
  const before = (await appliedSoFar(trial))!;
  await lever.misbehave(fault, operation);
  const error = await submit(trial, submission).then(
    ({ state }) => state,
    (thrown: unknown) => thrown,
  );
  await lever.behave();
  await settle(trial);
  const applied = (await appliedSoFar(trial))! - before;
  const state = await stateOf(trial, submission);
  return firstWrong([saysTruth(error, applied), foundTruly(trial, state, applied)]);
}

function saysTruth(error: unknown, applied: number): Finding {
  if (applied > 1) return fail("applied once at most", `applied ${applied} times`);
  if (typeof error === "string")
    return that(isThere(error) === applied > 0, "a state that is true", `${error}, untrue`);
  const certain = error instanceof PortError && error.notApplied;
  const unknown = error instanceof PortError && error.code === "OUTCOME_UNKNOWN";
  return firstWrong([
    that(certain || unknown, "OUTCOME_UNKNOWN, or an error that says notApplied", saysError(error)),
    that(!certain || applied === 0, "notApplied only where nothing was applied", "it was applied"),
  ]);
}

function foundTruly({ changes }: Trial, state: string, applied: number): Finding {
  if (changes.repeat === "NONE") return that(state === "UNKNOWABLE", "UNKNOWABLE", state);
  const there = applied > 0;
  return that(
    there ? isThere(state) : state === "ABSENT",
    there ? "APPLIED or PENDING: the ERP has it" : "ABSENT: the ERP has nothing of it",
    state,
  );
}

async function neverSent(trial: Trial): Promise<Finding> {
  const { submission } = await newSample(trial);
  const lever = leverOf(trial.subject);
  await lever.misbehave("refuse");
  const error = await submit(trial, submission).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  await lever.behave();
  const certain = error instanceof PortError && error.notApplied;
  const state = await stateOf(trial, submission);
  return firstWrong([
    that(certain, "an error that says notApplied", error ? saysError(error) : "an outcome"),
    that(!isThere(state), "nothing found of it afterwards", state),
  ]);
}

export function lossChecks(port: ChangePort<unknown>): Check[] {
  const common = { level: "MUST", kind: "writes", ports: [port.name] } as const;
  const id = (suffix: string) => `changes.${port.name}/${suffix}`;
  return [
    {
      ...common,
      id: id("answer-lost"),
      title: "A change whose answer is lost is found as it is, and applied once",
      hint: "After a cut connection nobody knows: throw without `notApplied`; `lookUp` then asks the ERP, and the adapter repeats nothing itself.",
      run: (subject) => interrupted(trialOf(subject, port), "cut-after"),
    },
    {
      ...common,
      id: id("page-instead"),
      title: "A page instead of an answer leaves the outcome unknown",
      hint: "200 with HTML is no success and no refusal: throw without `notApplied`; `lookUp` then tells.",
      run: (subject) => interrupted(trialOf(subject, port), "html"),
    },
    {
      ...common,
      id: id("never-sent"),
      title: "Where no connection was made, it is said that nothing was applied",
      hint: "Set `notApplied` for refused connections, DNS and TLS: the house then sends it again by itself.",
      run: (subject) => neverSent(trialOf(subject, port)),
    },
  ];
}
