import { contractOf } from "./contracts.ts";
import { handMadeIn } from "./handmade.ts";
import { homesIn } from "./homes.ts";
import { newsFor } from "./news.ts";
import { personOf, tenantOf } from "./people.ts";
import { areaOf } from "./places.ts";
import { annex, planFor, type ContractPlan, type Surroundings } from "./plans.ts";
import { randomFor, streams } from "./random.ts";
import type { World, WorldPerson } from "./types.ts";

/** What a World is made of. The same options give the same World, to the byte. */
export interface WorldOptions {
  /** Each of the five has its own towns; another landlord gets those of La Rochelle. */
  landlord: string;
  seed: number;
  /** `YYYY-MM-DD` */
  today: string;
  /** 2,000 unless told. Never fewer than the hand-made ones. */
  people?: number;
  /** 2,500 unless told. Never fewer than it takes to give everybody one. */
  contracts?: number;
}

/**
 * Makes a landlord's people (the hand-made ones first), contracts, accounts, documents and
 * requests. Accounts and requests are computed when they are first read.
 */
export function createWorld(options: WorldOptions): World {
  const { landlord, seed, today, people: peopleWanted = 2000, contracts: wanted = 2500 } = options;
  const area = areaOf(landlord);
  const homes = homesIn(area, Math.max(peopleWanted, 30), today, seed);
  const around = { landlord, area, homes, today, seed };
  const { people, plans } = handMadeIn(around);
  const handMade = people.length;
  while (people.length < peopleWanted) {
    const number = people.length + 1;
    const random = randomFor(seed, streams.person, number);
    people.push(tenantOf(personOf(number, area, homes.of(number), today, random), today, seed));
  }
  plans.push(...mainContracts(people.slice(handMade), plans.length, around));
  while (plans.length < wanted && people.length > handMade) {
    plans.push(furtherContract(people.slice(handMade), plans.length + 1, around));
  }
  const contracts = plans.map((plan, i) => contractOf(i + 1, plan, around));
  const { buildings } = homes;
  return { landlord, today, people, contracts, buildings, news: newsFor(buildings, today, seed) };
}

/** One for each person; one in eight signs the contract of the person before instead. */
function mainContracts(
  people: WorldPerson[],
  before: number,
  around: Surroundings,
): ContractPlan[] {
  const plans: ContractPlan[] = [];
  for (const person of people) {
    const last = plans.at(-1);
    if (last?.signatories.length === 1 && person.number % 8 === 0) {
      person.address = last.address;
      plans[plans.length - 1] = { ...last, signatories: [last.signatories[0], person] };
    } else {
      plans.push(planFor(person, before + plans.length + 1, around));
    }
  }
  return plans;
}

/** A garage or a cellar, now and then a dwelling that the person has left. */
function furtherContract(
  people: WorldPerson[],
  number: number,
  around: Surroundings,
): ContractPlan {
  const random = randomFor(around.seed, streams.person, -number);
  const person = people[random.int(0, people.length - 1)]!;
  const plan = planFor(person, number, around);
  return annex(plan, random.chance(75) ? "PARKING" : "STORAGE");
}
