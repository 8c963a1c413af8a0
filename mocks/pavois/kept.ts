/** What Pavois keeps beside the World, by the World's own things: what is past, and what it leaves out. */
import { addDays } from "../world/days.ts";
import type {
  WorldContract,
  WorldDirectDebit,
  WorldInsurance,
  WorldOccupant,
  WorldPayment,
  WorldPerson,
} from "../world/types.ts";

/** A list for each owner, empty at first. */
function listsBy<O extends object, T>() {
  const lists = new WeakMap<O, T[]>();
  const of = (owner: O): readonly T[] => lists.get(owner) ?? [];
  const add = (owner: O, item: T) => void lists.set(owner, [...of(owner), item]);
  const set = (owner: O, items: T[]) => void lists.set(owner, items);
  return { of, add, set };
}

/** The numbers of a person after the first, which the World has. */
export const furtherPhones = listsBy<WorldPerson, string>();
/** Oldest first, without the one that the World has. */
export const pastPolicies = listsBy<WorldContract, WorldInsurance>();
export const pastMandates = listsBy<WorldContract, WorldDirectDebit>();
/** Card payments of the day, which the evening's batch takes into the account. */
export const unbooked = listsBy<WorldContract, WorldPayment>();

export interface Departures {
  /** Who is not in the World any more. */
  left: (WorldOccupant & { leftOn: string })[];
  /** Days of leaving of those who are, by number. */
  leaving: Map<number, string>;
}

const departures = new WeakMap<WorldContract, Departures>();

/** Where several live, the last of them has given notice of leaving; somebody left yesterday. */
export function departuresOf(contract: WorldContract, today: string): Departures {
  const known = departures.get(contract);
  if (known) return known;
  const { occupants } = contract;
  const [first] = occupants;
  const last = occupants.length > 1 ? occupants.at(-1) : undefined;
  const former = first && {
    ...first,
    number: first.number + 900,
    relationship: "Ami",
    birthDate: null,
    leftOn: addDays(today, -1),
  };
  const made: Departures = {
    left: former ? [former] : [],
    leaving: new Map(last && [[last.number, addDays(today, 30)]]),
  };
  departures.set(contract, made);
  return made;
}
