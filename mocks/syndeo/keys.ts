/** How syndeo names things. World numbers in, keys out, and back. */
import type { World, WorldContract, WorldPerson } from "../world/types.ts";

const contractPrefixes = { LEASE: "BAI", CO_OWNERSHIP: "COP", MANAGEMENT: "MAN" } as const;

const six = (number: number) => String(number).padStart(6, "0");

/** `P000123` */
export const keyOfPerson = ({ number }: Pick<WorldPerson, "number">): string => `P${six(number)}`;

/** `BAI-000123`, `COP-000124`, `MAN-000125` */
export const keyOfContract = ({ kind, number }: Pick<WorldContract, "kind" | "number">): string =>
  `${contractPrefixes[kind]}-${six(number)}`;

/** Appel de fonds, procès-verbal, quittance, appel de loyer: the first letters of a reference. */
export const documentPrefixes = {
  APPEL_FONDS: "AF",
  PV: "PV",
  QUITTANCE: "QT",
  APPEL_LOYER: "AL",
} as const;
export type Nature = keyof typeof documentPrefixes;

/** `PV-12-12003` */
export const keyOfDocument = (nature: Nature, contract: number, number: number): string =>
  `${documentPrefixes[nature]}-${contract}-${number}`;

export const keyOfRequest = (contract: number, number: number): string =>
  `INT-${contract}-${number}`;

/** As it is kept: capitals, without spaces or points. */
const plainIdentifier = (identifier: string): string =>
  identifier.toUpperCase().replace(/[^0-9A-Z]/g, "");

/** Finds things by the names that callers use. */
export interface Directory {
  person(key: string): WorldPerson | undefined;
  /** Who was given this identifier. */
  holder(identifier: string): WorldPerson | undefined;
  contract(key: string): WorldContract | undefined;
  contractsOf(person: WorldPerson): WorldContract[];
  signatoriesOf(contract: WorldContract): WorldPerson[];
  /** The contract behind `PV-12-12003` or `INT-12-12001`, and the thing's own number. */
  partsOf(key: string): { prefix: string; contract: WorldContract; number: number } | undefined;
}

export function createDirectory(world: World): Directory {
  const people = new Map(world.people.map((person) => [person.number, person]));
  const contracts = new Map(world.contracts.map((contract) => [contract.number, contract]));
  const byKey = new Map(world.contracts.map((contract) => [keyOfContract(contract), contract]));
  const holders = new Map(
    world.people.flatMap((person) =>
      person.credentials ? [[plainIdentifier(person.credentials.identifier), person]] : [],
    ),
  );
  const signed = new Map<number, WorldContract[]>();
  for (const contract of world.contracts) {
    for (const number of contract.signatories) {
      signed.set(number, [...(signed.get(number) ?? []), contract]);
    }
  }
  return {
    person: (key) => people.get(Number(key.slice(1))),
    holder: (identifier) => holders.get(identifier),
    contract: (key) => byKey.get(key),
    contractsOf: (person) => signed.get(person.number) ?? [],
    signatoriesOf: (contract) => contract.signatories.flatMap((number) => people.get(number) ?? []),
    partsOf: (key) => {
      const [prefix = "", owner, number] = key.split("-");
      const contract = contracts.get(Number(owner));
      return contract && { prefix, contract, number: Number(number) };
    },
  };
}
