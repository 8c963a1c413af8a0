/** Enquêtes sociales: which a contract has, whom they ask about, and when one is complete. */
import { addDays, daysBetween, yearOf } from "./days.ts";
import { numberWithin } from "./numbers.ts";
import { oddities } from "./oddities.ts";
import type { ContractPlan } from "./plans.ts";
import { randomFor, streams, type Random } from "./random.ts";
import type { WorldOccupant, WorldPerson, WorldSurvey, WorldSurveyMember } from "./types.ts";

/** One landlord lets its tenants answer on line; only who lives in a dwelling is asked. */
export const keepsSurveys = (landlord: string, { kind, kinds, end }: ContractPlan): boolean =>
  landlord === "la-rochelle" && kind === "LEASE" && kinds.includes("DWELLING") && end === null;

/** Whom a survey asks about. */
interface Household {
  /** Of the contract. */
  number: number;
  signatories: readonly WorldPerson[];
  occupants: readonly WorldOccupant[];
}

type Sketch = Pick<WorldSurvey, "kind" | "year" | "status"> & { dueIn: number };

/** Newest first: by year, SLS before OPS. */
export function surveysOf(
  household: Household,
  { seed, today }: { seed: number; today: string },
): WorldSurvey[] {
  const random = randomFor(seed, streams.survey, household.number);
  const { oddity } = household.signatories[0]!;
  const sketches = handMade(oddity, yearOf(today)) ?? likely(yearOf(today), random);
  return sketches.map(({ dueIn, ...sketch }, i) => ({
    number: numberWithin(household.number, sketches.length - i),
    ...sketch,
    dueDate: addDays(today, dueIn),
    householdStatus: statusOf(household, sketch.status, random),
    members: membersOf(household, sketch, today, random),
  }));
}

/** OPS is asked every second year. */
const lastOps = (year: number) => year - (year % 2);

/** Somebody for each status; null for whoever has what is likely. */
function handMade(oddity: string | null, year: number): Sketch[] | null {
  const ops = { kind: "OPS", year: lastOps(year) } as const;
  const sls = { kind: "SLS", year } as const;
  const lastSls = { kind: "SLS", year: year - 1, dueIn: -330 } as const;
  const sketches: Record<string, Sketch[]> = {
    [oddities.everything]: [
      { ...sls, status: "OPEN", dueIn: 12 },
      { ...ops, status: "VALIDATED", dueIn: 9 },
      { ...lastSls, status: "VALIDATED" },
    ],
    [oddities.accents]: [{ ...ops, status: "OPEN", dueIn: 20 }],
    [oddities.debt]: [{ ...ops, status: "OPEN", dueIn: -8 }],
    [oddities.longTexts]: [{ ...ops, status: "INCOMPLETE", dueIn: 5 }],
    [oddities.cotenantFirst]: [
      { ...sls, status: "OPEN", dueIn: 15 },
      { ...lastSls, status: "CLOSED" },
    ],
    [oddities.single]: [],
  };
  return (oddity && sketches[oddity]) || null;
}

/** A third have something open this year, some of them overdue. */
function likely(year: number, random: Random): Sketch[] {
  const sketches: Sketch[] = [];
  const dueIn = random.int(-15, 30);
  if (random.chance(15)) sketches.push({ kind: "SLS", year, status: "OPEN", dueIn });
  const answered = random.pick(["OPEN", "OPEN", "OPEN", "INCOMPLETE", "VALIDATED"] as const);
  if (random.chance(30))
    sketches.push({ kind: "OPS", year: lastOps(year), status: answered, dueIn });
  const before = random.pick(["VALIDATED", "VALIDATED", "CLOSED"] as const);
  if (random.chance(15)) {
    sketches.push({ kind: "SLS", year: year - 1, status: before, dueIn: -330 });
  }
  return sketches;
}

const known = (status: WorldSurvey["status"]) => status === "VALIDATED" || status === "INCOMPLETE";

function statusOf(
  { signatories, occupants }: Household,
  status: WorldSurvey["status"],
  random: Random,
): WorldSurvey["householdStatus"] {
  if (!known(status) && random.chance(40)) return null;
  const alone =
    signatories.length === 1 &&
    !occupants.some((one) => /^(Conj|Conc|Part)/.test(one.relationship));
  return alone
    ? random.pick(["SINGLE", "DIVORCED", "WIDOWED"])
    : random.pick(["MARRIED", "CIVIL_PARTNERSHIP", "COHABITING"]);
}

function membersOf(
  { signatories, occupants }: Household,
  sketch: Pick<Sketch, "year" | "status">,
  today: string,
  random: Random,
): WorldSurveyMember[] {
  const people = [...signatories, ...occupants].map(({ surname, givenName, birthDate }) => ({
    surname,
    givenName,
    // Somebody whose birthday nobody told is taken for a grown-up.
    birthDate: birthDate ?? "1980-01-01",
  }));
  return people.map((person, i) => {
    const adult = isAdult(person.birthDate, sketch.year);
    const answered = known(sketch.status);
    return {
      number: i + 1,
      ...person,
      occupation: answered ? occupationOf(person.birthDate, adult, today, random) : null,
      taxIncomeCents: answered && adult ? random.int(0, 32_000) * 100 : null,
      taxNoticeNeeded: adult,
      // What makes an answer incomplete: the first one's notice is missing.
      taxNoticeReceived: adult && answered && !(sketch.status === "INCOMPLETE" && i === 0),
    };
  });
}

function occupationOf(
  birthDate: string,
  adult: boolean,
  today: string,
  random: Random,
): WorldSurveyMember["occupation"] {
  if (!adult) return "CHILD";
  if (daysBetween(birthDate, today) > 65 * 365) return "RETIRED";
  return random.pick(["EMPLOYED", "EMPLOYED", "SELF_EMPLOYED", "JOBSEEKER", "STUDENT"]);
}

/** On the first day of the survey's year. */
export const isAdult = (birthDate: string, year: number): boolean =>
  birthDate <= `${year - 18}-01-01`;

/** Whether nothing lacks in what was answered. */
export const isComplete = ({ members }: Pick<WorldSurvey, "members">): boolean =>
  members.every(
    ({ occupation, taxIncomeCents, taxNoticeNeeded, taxNoticeReceived }) =>
      occupation !== null && (!taxNoticeNeeded || (taxIncomeCents !== null && taxNoticeReceived)),
  );
