import { contractOf } from "./contracts.ts";
import { handMadeIn } from "./handmade.ts";
import { homesIn } from "./homes.ts";
import { newsFor } from "./news.ts";
import { giveOwnings } from "./ownings.ts";
import { personOf, tenantOf } from "./people.ts";
import { areaOf } from "./places.ts";
import {
  annex,
  coOwned,
  managed,
  placed,
  planFor,
  type ContractPlan,
  type Surroundings,
} from "./plans.ts";
import { randomFor, streams } from "./random.ts";
import { clientOf, keepsRoles, likelyRoles } from "./roles.ts";
import type { World, WorldPerson, WorldRole } from "./types.ts";

/** What a World is made of. The same options give the same World, to the byte. */
export interface WorldOptions {
  /** Each of the five has its own towns; another landlord gets those of La Rochelle. */
  landlord: string;
  seed: number;
  /** `YYYY-MM-DD` */
  today: string;
  /** 2,000 unless told. Never fewer than the hand-made ones. */
  people?: number;
  /** 2,500 unless told. Never fewer than it takes to give everybody theirs. */
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
  const withRoles = keepsRoles(landlord);
  while (people.length < peopleWanted) {
    const number = people.length + 1;
    const random = randomFor(seed, streams.person, number);
    const person = tenantOf(personOf(number, area, homes.of(number), today, random), today, seed);
    if (withRoles) clientOf(person, likelyRoles(number, seed), null, today, seed);
    people.push(person);
  }
  const generated = people.slice(handMade);
  plans.push(...mainContracts(generated, plans.length, around));
  const tenants = generated.filter((person) => person.roles.includes("TENANT"));
  while (plans.length < wanted && tenants.length > 0) {
    plans.push(furtherContract(tenants, plans.length + 1, around));
  }
  const contracts = plans.map((plan, i) => contractOf(i + 1, plan, around));
  if (withRoles) giveOwnings(people, contracts);
  const { buildings } = homes;
  const news = newsFor(buildings, today, seed);
  return { landlord, today, people, contracts, buildings, news, leastFileBytes: 0 };
}

/** One for each role of each person; one tenant in eight signs that of the person before instead. */
function mainContracts(
  people: WorldPerson[],
  before: number,
  around: Surroundings,
): ContractPlan[] {
  const plans: ContractPlan[] = [];
  for (const person of people) {
    const last = plans.at(-1);
    if (last && person.number % 8 === 0 && sharesLease(last, person)) {
      person.address = last.address;
      plans[plans.length - 1] = { ...last, signatories: [last.signatories[0], person] };
      continue;
    }
    for (const change of person.roles.map((role) => changeFor[role])) {
      if (!change) continue;
      const plan = change(planFor(person, before + plans.length + 1, around));
      plans.push(placed(plan, person, around));
    }
  }
  return plans;
}

const sharesLease = (last: ContractPlan, person: WorldPerson) =>
  last.kind === "LEASE" && last.signatories.length === 1 && person.roles.join() === "TENANT";

const changeFor: Record<WorldRole, ((plan: ContractPlan) => ContractPlan) | null> = {
  TENANT: (plan) => plan,
  CO_OWNER: coOwned,
  OWNER: managed,
  CANDIDATE: null,
};

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
