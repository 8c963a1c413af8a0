import { addDays, later } from "./days.ts";
import { menNames, surnames, womenNames } from "./names.ts";
import { numberWithin } from "./numbers.ts";
import type { Random } from "./random.ts";
import type { WorldOccupant, WorldPerson } from "./types.ts";

/** Who shares a dwelling with the signatories: nobody, one child, many, or whatever is likely. */
export type Household = "nobody" | "one" | "family" | "likely";

type Somebody = Omit<WorldOccupant, "number">;

/** What a household is made for. */
export interface Dwelling {
  contract: number;
  /** First signatory first. */
  signatories: readonly Pick<WorldPerson, "title" | "surname" | "birthDate">[];
  start: string;
  today: string;
}

/** Beside the signatories: husband or wife first, then the children, the eldest first. */
export function occupantsOf(dwelling: Dwelling, habit: Household, random: Random): WorldOccupant[] {
  const { partner, children } = sizeOf(habit, random);
  const people: Somebody[] = [];
  if (partner && dwelling.signatories.length === 1) people.push(partnerOf(dwelling, random));
  const born = Array.from({ length: children }, () => random.int(30, 19 * 365)).toSorted(
    (a, b) => b - a,
  );
  for (const days of born) people.push(childOf(dwelling, days, random));
  if (habit === "family") people.push(parentOf(dwelling, random));
  return people.map((one, i) => ({ ...one, number: numberWithin(dwelling.contract, i + 1) }));
}

function sizeOf(habit: Household, random: Random): { partner: boolean; children: number } {
  if (habit === "nobody") return { partner: false, children: 0 };
  if (habit === "one") return { partner: false, children: 1 };
  if (habit === "family") return { partner: true, children: 5 };
  if (random.chance(55)) return { partner: false, children: 0 };
  return { partner: random.chance(50), children: random.pick([0, 1, 1, 2, 2, 3, 4]) };
}

function partnerOf({ signatories, start }: Dwelling, random: Random): Somebody {
  const [first] = signatories;
  const woman = first!.title === "MR";
  const relationships: readonly [string, ...string[]] = woman
    ? ["Conjointe", "Conjointe", "Concubine", "Partenaire de PACS"]
    : ["Conjoint", "Conjoint", "Concubin", "Partenaire de PACS"];
  return {
    surname: random.chance(60) ? first!.surname : random.pick(surnames),
    givenName: random.pick(woman ? womenNames : menNames),
    birthDate: random.chance(90) ? addDays(first!.birthDate, random.int(-5 * 365, 5 * 365)) : null,
    relationship: random.pick(relationships),
    since: random.chance(80) ? start : null,
  };
}

function childOf({ signatories, start, today }: Dwelling, days: number, random: Random): Somebody {
  const birthDate = addDays(today, -days);
  return {
    surname: signatories[random.int(0, signatories.length - 1)]!.surname,
    givenName: random.pick(random.chance(50) ? womenNames : menNames),
    birthDate: random.chance(95) ? birthDate : null,
    relationship: "Enfant",
    since: random.chance(80) ? later(start, birthDate) : null,
  };
}

function parentOf({ signatories, start }: Dwelling, random: Random): Somebody {
  const [first] = signatories;
  return {
    surname: random.pick(surnames),
    givenName: random.pick(womenNames),
    birthDate: addDays(first!.birthDate, -random.int(20 * 365, 30 * 365)),
    relationship: "Ascendante",
    since: addDays(start, 40),
  };
}
