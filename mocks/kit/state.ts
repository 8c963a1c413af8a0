import type {
  World,
  WorldBuilding,
  WorldContract,
  WorldNews,
  WorldPerson,
  WorldRequest,
} from "../world/types.ts";
import type { MockProduct } from "./product.ts";

/** One line of the list of people. */
export interface PersonLine {
  key: string;
  number: number;
  reference: string;
  surname: string;
  givenName: string;
  birthDate: string;
  email: string | null;
  roles: WorldPerson["roles"];
  /** What the landlord printed for a first connection; null where it prints nothing of the kind. */
  credentials: WorldPerson["credentials"];
  oddity: string | null;
  /** Keys of all contracts that the person signed. */
  contracts: string[];
}

/** `?oddity` keeps the hand-made people only, `?limit=` the first so many. */
export function peopleState(product: MockProduct, asked: URLSearchParams): PersonLine[] {
  const { people } = product.world;
  const wanted = asked.has("oddity") ? people.filter((person) => person.oddity !== null) : people;
  const limit = Number(asked.get("limit") ?? wanted.length);
  const signed = contractsByPerson(product.world);
  return wanted.slice(0, limit).map((person) => lineOf(product, person, signed));
}

/** The person as the World has them, with the ERP's keys; undefined when the key is unknown. */
export function personState(
  product: MockProduct,
  key: string,
): (WorldPerson & PersonLine) | undefined {
  const person = product.world.people.find((one) => product.keyOfPerson(one) === key);
  return person && { ...person, ...lineOf(product, person, contractsByPerson(product.world)) };
}

/** The contract as the World has it now; undefined when the key is unknown. */
export function contractState(
  product: MockProduct,
  key: string,
): (WorldContract & { key: string }) | undefined {
  const contract = product.world.contracts.find((one) => product.keyOfContract(one) === key);
  return contract && { ...contract, key };
}

/** Moves a request of the contract on, now; undefined when there is no such one. */
export function progressRequest(
  product: MockProduct,
  key: string,
  { number, ...step }: { number: number } & Omit<WorldRequest["updates"][number], "at">,
): WorldRequest | undefined {
  const contract = product.world.contracts.find((one) => product.keyOfContract(one) === key);
  const request = contract?.requests.find((one) => one.number === number);
  const at = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  request?.updates.push({ at, ...step });
  return request;
}

/** The building with that number of the World, its contracts by the ERP's keys. */
export function buildingState(
  product: MockProduct,
  number: string,
): (WorldBuilding & { contracts: string[] }) | undefined {
  const { buildings, contracts } = product.world;
  const building = buildings.find((one) => String(one.number) === number);
  if (!building) return undefined;
  const inside = contracts.filter((contract) => contract.building === building.number);
  return { ...building, contracts: inside.map((contract) => product.keyOfContract(contract)) };
}

/** All news, newest first, for whomever they are. */
export const newsState = (product: MockProduct): WorldNews[] => product.world.news;

function lineOf(
  product: MockProduct,
  person: WorldPerson,
  signed: Map<number, WorldContract[]>,
): PersonLine {
  const { number, surname, givenName, birthDate, email, roles, credentials, oddity } = person;
  return {
    key: product.keyOfPerson(person),
    number,
    ...product.referencesOf(person),
    surname,
    givenName,
    birthDate,
    email,
    roles,
    credentials,
    oddity,
    contracts: (signed.get(number) ?? []).map((contract) => product.keyOfContract(contract)),
  };
}

function contractsByPerson(world: World): Map<number, WorldContract[]> {
  const signed = new Map<number, WorldContract[]>();
  for (const contract of world.contracts) {
    for (const number of contract.signatories) {
      signed.set(number, [...(signed.get(number) ?? []), contract]);
    }
  }
  return signed;
}
