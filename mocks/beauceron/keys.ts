/** How beauceron names things. World numbers in, keys out, and back. */
import type { World, WorldBuilding, WorldContract, WorldPerson } from "../world/types.ts";

const documentPrefixes = { notice: "AE", receipt: "QL", regularisation: "RC" } as const;
export type DocumentNature = keyof typeof documentPrefixes;

/** `LOC-000123` */
export const keyOfPerson = (person: Pick<WorldPerson, "number">): string =>
  `LOC-${String(person.number).padStart(6, "0")}`;

/** `0030020788B`: the first contract's; the others follow with a gap. */
export const keyOfContract = (contract: Pick<WorldContract, "number">): string =>
  `${String(30_020_788 + 37 * (contract.number - 1)).padStart(10, "0")}B`;

export const keyOfDocument = (nature: DocumentNature, contract: number, number: number): string =>
  `${documentPrefixes[nature]}-${contract}-${number}`;

export const keyOfRequest = (contract: number, number: number): string =>
  `DEM-${contract}-${number}`;

export const keyOfOccupant = (contract: number, number: number): string =>
  `OCC-${contract}-${number}`;

/** `RES-0001` */
export const keyOfBuilding = (building: number): string =>
  `RES-${String(building).padStart(4, "0")}`;

export const keyOfBuildingRequest = (building: number, number: number): string =>
  `DEMR-${building}-${number}`;

/** Finds things by the names that callers use. */
export interface Directory {
  person(key: string): WorldPerson | undefined;
  contract(key: string): WorldContract | undefined;
  /** The contracts that a person signed. */
  contractsOf(person: WorldPerson): WorldContract[];
  signatoriesOf(contract: WorldContract): WorldPerson[];
  buildingOf(contract: WorldContract): WorldBuilding | undefined;
  /** The customer reference that is printed on a person's rent notices: 9 digits. */
  referenceOf(person: WorldPerson): string;
  /** Everybody on whose notices that reference is printed. */
  peopleBehind(reference: string): WorldPerson[];
  /** The contract behind `AE-12-3` or `DEM-12-3`, and the thing's own number. */
  partsOf(key: string): { prefix: string; contract: WorldContract; number: number } | undefined;
}

export function createDirectory(world: World): Directory {
  const people = new Map(world.people.map((person) => [person.number, person]));
  const contracts = new Map(world.contracts.map((contract) => [contract.number, contract]));
  const buildings = new Map(world.buildings.map((building) => [building.number, building]));
  const byKey = new Map(world.contracts.map((contract) => [keyOfContract(contract), contract]));
  const signed = group(world.contracts.flatMap((c) => c.signatories.map((n) => [n, c] as const)));
  const referenceOf = (person: WorldPerson) => {
    // Co-tenants share the customer account of whoever signed first.
    const first = signed.get(person.number)?.[0]?.signatories[0] ?? person.number;
    return String(300_000_000 + 7919 * first);
  };
  const behind = group(world.people.map((person) => [referenceOf(person), person] as const));
  return {
    person: (key) => people.get(Number(key.slice(4))),
    contract: (key) => byKey.get(key),
    contractsOf: (person) => signed.get(person.number) ?? [],
    signatoriesOf: (contract) => contract.signatories.flatMap((n) => people.get(n) ?? []),
    buildingOf: (contract) => buildings.get(contract.building),
    referenceOf,
    peopleBehind: (reference) => behind.get(reference) ?? [],
    partsOf: (key) => {
      const [prefix = "", owner, number] = key.split("-");
      const contract = contracts.get(Number(owner));
      return contract && { prefix, contract, number: Number(number) };
    },
  };
}

function group<K, V>(pairs: readonly (readonly [K, V])[]): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const [key, value] of pairs) {
    const found = groups.get(key);
    if (found) found.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
