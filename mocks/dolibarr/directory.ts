/**
 * Third parties and contacts. A third party is whoever signed a contract together; the people are
 * its contacts, told apart by their position, and its occupants are contacts, too.
 */
import type { World, WorldContract, WorldOccupant, WorldPerson } from "../world/types.ts";

export interface Account {
  readonly id: number;
  /** `LOC000012` */
  readonly code: string;
  readonly people: readonly WorldPerson[];
  readonly contracts: readonly WorldContract[];
}

export interface Contact {
  readonly id: number;
  readonly account: Account;
  readonly position: string;
  readonly who: WorldPerson | WorldOccupant;
  readonly isHolder: boolean;
}

export interface Directory {
  readonly accounts: readonly Account[];
  readonly contacts: readonly Contact[];
  account(id: number): Account | undefined;
  contact(id: number): Contact | undefined;
  contract(id: number): WorldContract | undefined;
  accountOf(contract: WorldContract): Account;
  contactOf(person: WorldPerson): Contact | undefined;
}

export function createDirectory(world: World): Directory {
  const people = new Map(world.people.map((person) => [person.number, person]));
  const contracts = new Map(world.contracts.map((contract) => [contract.number, contract]));
  const together = Map.groupBy(world.contracts, ({ signatories }) => signatories.join());
  const accounts = [...together.values()].map((held, index): Account => ({
    id: index + 1,
    code: `LOC${String(index + 1).padStart(6, "0")}`,
    people: held[0]!.signatories.flatMap((number) => people.get(number) ?? []),
    contracts: held,
  }));
  const contacts = accounts.flatMap(contactsOf).map((contact, i) => ({ ...contact, id: i + 1 }));
  const byContract = new Map(
    accounts.flatMap((account) => account.contracts.map((held) => [held, account] as const)),
  );
  return {
    accounts,
    contacts,
    account: (id) => accounts[id - 1],
    contact: (id) => contacts[id - 1],
    contract: (id) => contracts.get(id),
    accountOf: (held) => byContract.get(held)!,
    contactOf: (person) => contacts.find(({ who }) => who === person),
  };
}

function contactsOf(account: Account): Omit<Contact, "id">[] {
  const holders = account.people.map((who, i) => ({
    account,
    who,
    position: i === 0 ? "Titulaire" : "Cotitulaire",
    isHolder: true,
  }));
  const occupants = account.contracts.flatMap((held) => held.occupants);
  return [
    ...holders,
    ...occupants.map((who) => ({ account, who, position: who.relationship, isHolder: false })),
  ];
}

export const isPerson = (who: Contact["who"]): who is WorldPerson => "address" in who;
