/** Finds things of the World by the names that callers use. */
import { printerOf, type Printer } from "../world/pdf.ts";
import type { World, WorldContract, WorldNews, WorldPerson } from "../world/types.ts";
import { contractNumberOfKey, contractOfThing, personNumberOf, thingNumberOf } from "./keys.ts";

export interface Directory {
  readonly today: string;
  readonly print: Printer;
  person(key: string): WorldPerson | undefined;
  /** By `L/2013936` or `2013936`. */
  contract(key: string): WorldContract | undefined;
  /** The contracts that a person signed, by number. */
  contractsOf(person: WorldPerson): WorldContract[];
  signatoriesOf(contract: WorldContract): WorldPerson[];
  /** For everybody, or for the buildings where the person has a contract that has not ended. */
  newsFor(person: WorldPerson): WorldNews[];
  /** A document or request of a contract's list by its key, with the contract. */
  thing<T extends { number: number }>(
    key: string,
    listOf: (contract: WorldContract) => T[],
  ): { contract: WorldContract; thing: T } | undefined;
}

export function createDirectory(world: World): Directory {
  const people = new Map(world.people.map((person) => [person.number, person]));
  const contracts = new Map(world.contracts.map((contract) => [contract.number, contract]));
  const signed = new Map<number, WorldContract[]>();
  for (const contract of world.contracts) {
    for (const person of contract.signatories) {
      signed.set(person, [...(signed.get(person) ?? []), contract]);
    }
  }
  return {
    today: world.today,
    print: printerOf(world),
    person: (key) => people.get(personNumberOf(key)),
    contract: (key) => contracts.get(contractNumberOfKey(key)),
    contractsOf: (person) => signed.get(person.number) ?? [],
    signatoriesOf: (contract) => contract.signatories.flatMap((number) => people.get(number) ?? []),
    newsFor: (person) => {
      const lasting = (signed.get(person.number) ?? []).filter(
        ({ end }) => end === null || end >= world.today,
      );
      const lived = new Set(lasting.map(({ building }) => building));
      return world.news.filter(
        ({ buildings }) => buildings === null || buildings.some((one) => lived.has(one)),
      );
    },
    thing: (key, listOf) => {
      const contract = contracts.get(contractOfThing(key));
      const number = thingNumberOf(key);
      const thing = contract && listOf(contract).find((candidate) => candidate.number === number);
      return thing && { contract: contract, thing };
    },
  };
}
