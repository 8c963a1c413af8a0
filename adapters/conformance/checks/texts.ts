/** What people write reaches the ERP as they wrote it, or is refused: it breaks nothing. */
import { persons, type Person } from "../../ports/identity.ts";
import { personChanges } from "../../ports/identity-changes.ts";
import { serviceRequestCreations } from "../../ports/request-changes.ts";
import { fail, that, type Check, type Finding } from "../check.ts";
import { requestThatSays } from "../samples/requests.ts";
import { writingOf } from "../samples/sample.ts";
import { letters } from "../samples/values.ts";
import { newCall, type Subject } from "../subject.ts";
import { difference } from "../same.ts";
import { newSample, settle, submit, trialOf } from "./trying.ts";

const texts = [
  [
    "markup",
    "with its signs of markup, or signs that look like them",
    "]]><a href='x'/>&amp; &eacute; <!-- \"q\"",
  ],
  ["accents", "with every accent and ligature", "L’œuf à l’île, Noël : où ? Ça, déjà. 30 €"],
  ["lines", "with its lines", "Première ligne\nDeuxième ligne\n\nDernière ligne"],
  ["long", "whole, long ones too", "Une phrase assez longue pour remplir un champ. ".repeat(30)],
] as const;

async function arrives(subject: Subject, text: string): Promise<Finding> {
  const sample = await requestThatSays(subject, `${letters(10)} ${text}`.trim());
  const trial = trialOf(subject, serviceRequestCreations);
  const outcome = await submit(trial, sample.submission);
  if (outcome.state === "REJECTED")
    return that(outcome.reason === "INVALID", "applied, or REJECTED as INVALID", outcome.reason);
  await settle(trial);
  const shows = await sample.shows(subject);
  return that(shows === true, "the text as it was written", "another, or none");
}

const requestTexts: readonly Check[] = texts.map(([suffix, words, text]): Check => ({
  id: `changes.serviceRequestCreations/text-${suffix}`,
  level: "MUST",
  ports: ["serviceRequestCreations", "serviceRequests"],
  title: `What a tenant writes comes back ${words}, or is refused`,
  hint: "Escape for the wire, once; refuse what the ERP's character set or field cannot hold before it is sent.",
  kind: "writes",
  run: (subject) => arrives(subject, text),
}));

const othersKept = async (subject: Subject): Promise<Finding> => {
  const { person } = writingOf(subject);
  const read = async (): Promise<Person | null> => {
    const [found] = await subject.usual.ports.use(persons).byKeys([person], newCall());
    return found ?? null;
  };
  const trial = trialOf(subject, personChanges);
  const before = await read();
  const { submission } = await newSample(trial);
  const { state } = await submit(trial, submission);
  await settle(trial);
  const after = await read();
  if (state === "REJECTED" || !before || !after) return fail("APPLIED or PENDING", state);
  const place = difference({ ...before, phones: [] }, { ...after, phones: [] });
  return that(place === null, "everything else as it was", `${place} has changed`);
};

export const textChecks: readonly Check[] = [
  ...requestTexts,
  {
    id: "changes.personChanges/others-kept",
    level: "MUST",
    ports: ["personChanges", "persons"],
    title: "What a change does not name stays as it was",
    hint: "Where the ERP takes a whole record, read it first and send the rest back unchanged; an absent element may empty a field.",
    kind: "writes",
    run: othersKept,
  },
];
