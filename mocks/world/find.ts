import type { Oddity } from "./oddities.ts";
import type { World, WorldContract, WorldPerson } from "./types.ts";

/** The hand-made person with this oddity. Throws if the world has none. */
export function personWith(world: World, oddity: Oddity): WorldPerson {
  const person = world.people.find((candidate) => candidate.oddity === oddity);
  if (!person) throw new Error(`nobody in this world has ${oddity}`);
  return person;
}

/** Every contract that the person signed, by number. */
export function contractsOf(world: World, person: WorldPerson): WorldContract[] {
  return world.contracts.filter((contract) => contract.signatories.includes(person.number));
}
