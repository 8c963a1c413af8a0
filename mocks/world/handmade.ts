import { cosigns, type HandMade } from "./handmade-plans.ts";
import { handMadeOwners } from "./handmade-owners.ts";
import { handMadeTenants } from "./handmade-tenants.ts";
import { oddities } from "./oddities.ts";
import { emailOf, phoneIn, tenantOf, type Somebody } from "./people.ts";
import { placed, planFor, type ContractPlan, type Surroundings } from "./plans.ts";
import { randomFor, streams } from "./random.ts";
import { clientOf, keepsRoles } from "./roles.ts";
import type { WorldPerson } from "./types.ts";

/** The hand-made people, numbered from 1, and the plans of their contracts, numbered from 1 too. */
export function handMadeIn(around: Surroundings): { people: WorldPerson[]; plans: ContractPlan[] } {
  const people: WorldPerson[] = [];
  const plans: ContractPlan[] = [];
  const withRoles = keepsRoles(around.landlord);
  for (const made of withRoles ? [...handMadeTenants, ...handMadeOwners] : handMadeTenants) {
    const somebody = somebodyOf(made, people.length + 1, around);
    const person = tenantOf(somebody, around.today, around.seed);
    const { roles = ["TENANT" as const], password = null } = made;
    if (withRoles) clientOf(person, roles, password, around.today, around.seed);
    people.push(person);
    for (const change of made.contracts) {
      const plan = change(planFor(person, plans.length + 1, around), around.today);
      plans.push(placed(plan, person, around));
    }
    if (made.contracts === cosigns) {
      const shared = plans.at(-1)!;
      person.address = shared.address;
      plans[plans.length - 1] = { ...shared, signatories: [...shared.signatories, person] };
    }
  }
  return { people, plans };
}

function somebodyOf(made: HandMade, number: number, around: Surroundings): Somebody {
  const random = randomFor(around.seed, streams.handMade, number);
  const { oddity, title, surname, givenName, birthDate } = made;
  const { homes } = around;
  return {
    number,
    title,
    surname,
    birthSurname: made.birthSurname ?? null,
    givenName,
    birthDate,
    email: made.email === undefined ? emailOf(givenName, surname, number) : made.email,
    phone: phoneIn(around.area, random),
    address: oddity === oddities.longTexts ? homes.longest : homes.of(number),
    oddity,
  };
}
