import type { Material } from "../material.ts";
import type { Data } from "./data.ts";

/** With what the reference adapter is checked: enough that no check is skipped. */
export const materialOf = ({ people }: Data): Material => ({
  ...identityOf(people),
  ...accountsOf(people),
  ...requestsOf(people),
  writing: writingOf(people[0]!),
});

type People = Data["people"];
/** The first contract of each person goes on, the second has ended. */
const active = (people: People) => people.map(({ contracts }) => contracts[0]!);
const ended = (people: People) => people.map(({ contracts }) => contracts[1]!);

function identityOf(people: People): Material {
  return {
    persons: people.map(({ person }) => person.key),
    references: people.map(({ person, contracts }) => ({
      kind: "CONTRACT",
      reference: contracts[0]!.contract.number,
      personKeys: [person.key],
    })),
    credentials: people.map(({ person: { key }, password }) => ({
      identifier: key,
      password,
      personKey: key,
    })),
    holdings: people.map(({ person, contracts }) => ({
      person: person.key,
      contracts: contracts.map(({ contract }) => contract.key),
    })),
    ended: people.map(({ person, contracts }) => ({
      person: person.key,
      contract: contracts[1]!.contract.key,
      endDate: contracts[1]!.contract.endDate!,
    })),
    names: people.map(({ person: { key, surname, givenName } }) => ({
      person: key,
      surname,
      givenName: givenName!,
    })),
    birthDates: people.map(({ person: { key, birthDate } }) => ({
      person: key,
      birthDate: birthDate!,
    })),
  };
}

function accountsOf(people: People): Material {
  return {
    contracts: active(people).map(({ contract }) => contract.key),
    balances: active(people).map(({ contract, balance }) => ({
      contract: contract.key,
      owed: balance.owed.amount,
    })),
    accounts: active(people).map(({ contract, entries }) => ({
      contract: contract.key,
      entries: entries.map(({ date, label, owed }) => ({ date, label, owed: owed.amount })),
    })),
    quiet: ended(people).map(({ contract }) => contract.key),
  };
}

function requestsOf(people: People): Material {
  return {
    requests: active(people).map(({ contract, requests }) => ({
      contract: contract.key,
      createdAt: requests.map(({ createdAt }) => createdAt),
    })),
    descriptions: active(people).map(({ contract, requests }) => ({
      contract: contract.key,
      description: requests[0]!.description!,
    })),
  };
}

function writingOf({ person, contracts }: People[number]): Material["writing"] {
  const party = { person: person.key, contract: contracts[0]!.contract.key };
  return {
    ...party,
    surveyed: [party],
    debitDays: [5, 10, 15],
    provider: "LYRA",
    postalCode: "17000",
    city: "La Rochelle",
  };
}
