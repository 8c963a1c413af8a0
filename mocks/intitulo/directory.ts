/** Finds things of the World by the numbers that callers use. */
import { contractNumberOf } from "../world/numbers.ts";
import { printerOf, type Printer } from "../world/pdf.ts";
import type {
  World,
  WorldContract,
  WorldNotice,
  WorldPayment,
  WorldPerson,
} from "../world/types.ts";
import { contractNumberOfKey, keyOfIntitule, personNumberOf, thingNumberOf } from "./keys.ts";

/** Under one number, whoever holds contracts together: a person alone and as a couple has two. */
interface Intitule {
  key: string;
  /** First signatory first. */
  holders: WorldPerson[];
  contracts: WorldContract[];
}

/** What the World has no room for. */
interface Booking {
  /** The person's number. */
  payer: number;
  piece: string;
  reference: string;
}

export interface Directory {
  readonly today: string;
  /** Of the payments that came by a call. */
  readonly bookings: Map<WorldPayment, Booking>;
  /** When balances were computed that did not wait for the night, in UTC. */
  readonly computed: Map<WorldContract, string>;
  readonly print: Printer;
  person(key: string): WorldPerson | undefined;
  contract(key: string): WorldContract | undefined;
  intitule(key: string): Intitule | undefined;
  intituleOf(contract: WorldContract): Intitule;
  /** In the order of their numbers. */
  intitulesOf(person: WorldPerson): Intitule[];
  notice(key: string): { contract: WorldContract; notice: WorldNotice } | undefined;
}

export function createDirectory(world: World): Directory {
  const people = new Map(world.people.map((person) => [person.number, person]));
  const contracts = new Map(world.contracts.map((contract) => [contract.number, contract]));
  const together = Map.groupBy(world.contracts, ({ signatories }) => signatories.join(","));
  const intitules = [...together.values()].map((held, i) => ({
    key: keyOfIntitule(i + 1),
    holders: held[0]!.signatories.map((number) => people.get(number)!),
    contracts: held,
  }));
  const byKey = new Map(intitules.map((intitule) => [intitule.key, intitule]));
  const byContract = new Map(
    intitules.flatMap((intitule) =>
      intitule.contracts.map(({ number }) => [number, intitule] as const),
    ),
  );
  return {
    today: world.today,
    bookings: new Map(),
    computed: new Map(),
    print: printerOf(world),
    person: (key) => people.get(personNumberOf(key)),
    contract: (key) => contracts.get(contractNumberOfKey(key)),
    intitule: (key) => byKey.get(key),
    intituleOf: ({ number }) => byContract.get(number)!,
    intitulesOf: (person) => intitules.filter(({ holders }) => holders.includes(person)),
    notice: (key) => {
      const contract = contracts.get(contractNumberOf(thingNumberOf(key)));
      const notice = contract?.notices.find(({ number }) => number === thingNumberOf(key));
      return notice && { contract: contract!, notice };
    },
  };
}

/** Whoever paid it: signatories take turns. Its number is what the payment is booked under. */
export const payerOf = ({ signatories }: WorldContract, { number }: WorldPayment): number =>
  signatories[number % signatories.length]!;
