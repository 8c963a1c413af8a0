/** What holds for every port that changes something. */
import { repeats, type ChangePort } from "../../ports/changes.ts";
import { PortError } from "../../ports/errors.ts";
import { fail, firstWrong, saysError, skip, that, type Check, type Finding } from "../check.ts";
import { unlike } from "../material.ts";
import { changePorts } from "../ports.ts";
import type { Subject } from "../subject.ts";
import { lossChecks } from "./losses.ts";
import { textChecks } from "./texts.ts";
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

/** Of which a second one is money gone. */
const neverTwice = new Set(["cardPayments", "bankAccountChanges", "directDebitChanges"]);

type Run = (trial: Trial) => Promise<Finding>;

const declared: Run = async ({ changes, port }) => {
  const { repeat } = changes;
  const fine = repeats.includes(repeat) && !(repeat === "NONE" && neverTwice.has(port.name));
  const words = neverTwice.has(port.name) ? "KEY, STORED_ID or COMPARE" : repeats.join(", ");
  return that(fine, words, repeat);
};

const absent: Run = async (trial) => {
  const { submission } = await newSample(trial);
  const state = await stateOf(trial, submission);
  const expected = trial.changes.repeat === "NONE" ? "UNKNOWABLE" : "ABSENT";
  return that(state === expected, expected, state);
};

const applies: Run = async (trial) => {
  const before = await appliedSoFar(trial);
  const { submission } = await newSample(trial);
  const outcome = await submit(trial, submission);
  if (!isThere(outcome.state)) return fail("APPLIED or PENDING", saysOutcome(outcome));
  await settle(trial);
  const after = await appliedSoFar(trial);
  return that(
    before === null || after === before + 1,
    "one more applied at the ERP",
    `${after! - before!} more`,
  );
};

const saysOutcome = (outcome: { state: string; reason?: string }) =>
  outcome.reason ? `${outcome.state} (${outcome.reason})` : outcome.state;

const found: Run = async (trial) => {
  const { submission } = await newSample(trial);
  const { state } = await submit(trial, submission);
  const soon = await stateOf(trial, submission);
  await settle(trial);
  const late = await stateOf(trial, submission);
  if (trial.changes.repeat === "NONE")
    return that(late === "UNKNOWABLE", "UNKNOWABLE, as declared", late);
  return firstWrong([
    that(isThere(state) && soon === state, "what `submit` said", `${soon} after ${state}`),
    that(isThere(late), "still there once the ERP has settled it", late),
  ]);
};

const readBack: Run = async (trial) => {
  const sample = await newSample(trial);
  const before = await sample.shows(trial.subject);
  if (before === null) return skip(`no port reads what ${trial.port.name} changes`);
  const outcome = await submit(trial, sample.submission);
  await settle(trial);
  const after = await sample.shows(trial.subject);
  return that(
    !before && after === true,
    "what was written, read back once",
    `${saysOutcome(outcome)}, but it does not stand there as written`,
  );
};

/** As the house does it: it looks first, and sends again what may be sent again. */
const second: Run = async (trial) => {
  const { repeat } = trial.changes;
  if (repeat === "NONE") return skip("declared NONE: never sent twice");
  const before = await appliedSoFar(trial);
  const sample = await newSample(trial);
  await submit(trial, sample.submission);
  await settle(trial);
  if (repeat === "STORED_ID") {
    const state = await stateOf(trial, sample.submission);
    if (!isThere(state)) return fail("found by its id, and so not sent again", state);
  } else {
    const again = await submit(trial, sample.submission).then(saysOutcome, saysError);
    if (!/^(APPLIED|PENDING|REJECTED)/.test(again)) return fail("a clear answer", again);
    await settle(trial);
  }
  const after = await appliedSoFar(trial);
  const shown = await sample.shows(trial.subject);
  return firstWrong([
    that(shown !== false, "what was written, standing there once", "it does not"),
    that(
      repeat === "COMPARE" || before === null || after === before + 1,
      "applied once",
      `applied ${after! - before!} times`,
    ),
  ]);
};

const nobody: Run = async (trial) => {
  const { submission } = await newSample(trial);
  const { personKey, contractKey } = submission;
  const before = await appliedSoFar(trial);
  const wrong =
    trial.port.about === "PERSON"
      ? { ...submission, personKey: trial.subject.material.unknownPerson ?? unlike(personKey) }
      : {
          ...submission,
          contractKey: trial.subject.material.unknownContract ?? unlike(contractKey!),
        };
  const came = await submit(trial, wrong).then(saysOutcome, (error: unknown) =>
    error instanceof PortError && error.code === "OUTCOME_UNKNOWN"
      ? "OUTCOME_UNKNOWN"
      : saysError(error),
  );
  await settle(trial);
  const late = came === "PENDING" ? await stateOf(trial, wrong) : came;
  const after = await appliedSoFar(trial);
  return firstWrong([
    that(/^(REJECTED|NOT_FOUND|INVALID_INPUT)/.test(late), "REJECTED or NOT_FOUND", late),
    that(before === after, "nothing applied", "something was"),
  ]);
};

interface Kind {
  readonly suffix: string;
  readonly kind: Check["kind"];
  readonly title: string;
  readonly hint: string;
  readonly run: Run;
}

const kinds: readonly Kind[] = [
  {
    suffix: "repeat",
    kind: "reads",
    title: "It says how sending twice is kept from applying twice",
    hint: "See `Repeat` in adapters/ports/changes.ts; payments and bank details need one of the first three.",
    run: declared,
  },
  {
    suffix: "absent",
    kind: "reads",
    title: "What was never sent is ABSENT",
    hint: "ABSENT is a promise that it may be sent: only what the ERP clearly says counts.",
    run: absent,
  },
  {
    suffix: "applies",
    kind: "writes",
    title: "A change that is right is applied, once",
    hint: "Look at the ERP's own words in `cause`, and at what its description asks for.",
    run: applies,
  },
  {
    suffix: "found",
    kind: "writes",
    title: "What was sent is found",
    hint: "`lookUp` says what `submit` said, and APPLIED once the night's batch has run.",
    run: found,
  },
  {
    suffix: "read-back",
    kind: "writes",
    title: "What was written is read back",
    hint: "Compare what is sent with what is read: units, codes, encodings; forget what you remember after a write.",
    run: readBack,
  },
  {
    suffix: "second",
    kind: "writes",
    title: "Sent a second time, it stands there once",
    hint: "KEY: send the operation id where the ERP honours it. STORED_ID: where it can be asked for. COMPARE: the same result.",
    run: second,
  },
  {
    suffix: "nobody",
    kind: "writes",
    title: "For somebody whom the ERP does not know, nothing is applied",
    hint: "Map the ERP's refusal to REJECTED, UNKNOWN_THING; some ERPs say yes and write nowhere.",
    run: nobody,
  },
];

const checksOf = (port: ChangePort<unknown>): Check[] =>
  kinds.map(({ suffix, kind, title, hint, run }) => ({
    id: `changes.${port.name}/${suffix}`,
    level: "MUST",
    ports: [port.name],
    title,
    hint,
    kind,
    run: (subject: Subject) => run(trialOf(subject, port)),
  }));

export const changeChecks: readonly Check[] = [
  ...changePorts.flatMap((port) => [...checksOf(port), ...lossChecks(port)]),
  ...textChecks,
];
