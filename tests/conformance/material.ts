/** What checks are made with, from the World of a mock ERP and the keys that its door tells. */
import type { Material } from "../../adapters/conformance/material.ts";
import type { MockErp } from "../../mocks/kit/product.ts";
import type { PersonLine } from "../../mocks/kit/state.ts";
import { contractsOf } from "../../mocks/world/find.ts";
import { oddities } from "../../mocks/world/oddities.ts";
import type { WorldContract, WorldPerson } from "../../mocks/world/types.ts";
import { chooseContracts, choosePeople } from "./choose.ts";
import { askDoor } from "./door.ts";
import type { StandIn } from "./stand-in.ts";

export interface Held {
  readonly key: string;
  readonly contract: WorldContract;
}

export interface Known {
  readonly line: PersonLine;
  readonly person: WorldPerson;
  readonly held: readonly Held[];
}

const amountOf = (cents: number): string => {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  return `${cents < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

async function knownPeople(erp: MockErp): Promise<Known[]> {
  const lines = (await askDoor(erp)<PersonLine[]>("/state/people"))!;
  return lines.map((line) => {
    const person = erp.world.people.find(({ number }) => number === line.number)!;
    const contracts = contractsOf(erp.world, person);
    return {
      line,
      person,
      held: contracts.map((contract, index) => ({ contract, key: line.contracts[index]! })),
    };
  });
}

export async function materialOf(erp: MockErp, standIn: StandIn): Promise<Material> {
  const people = await knownPeople(erp);
  const odd = people.filter(({ person }) => person.oddity !== null);
  const signed = people.flatMap((one) => one.held);
  return {
    persons: choosePeople(odd).map(({ line }) => line.key),
    unknownPerson: standIn.unknownPerson,
    contracts: chooseContracts(signed).map(({ key }) => key),
    unknownContract: standIn.unknownContract,
    ...identityMaterial(odd, people, standIn),
    ...contractMaterial(odd.flatMap((one) => one.held)),
    ended: odd.flatMap(({ line, held: own }) =>
      own.flatMap(({ key, contract }) =>
        contract.end !== null && contract.end < erp.world.today
          ? [{ person: line.key, contract: key, endDate: contract.end }]
          : [],
      ),
    ),
    ...writingMaterial(people, standIn),
  };
}

function identityMaterial(odd: Known[], people: Known[], { reference: kind }: StandIn): Material {
  // Co-tenants may share what is printed on their notices: by a customer reference, those alone.
  const alone = odd.filter(({ held }) =>
    held.every(({ contract }) => contract.signatories.length === 1),
  );
  const keyOf = (number: number) => people.find(({ person }) => person.number === number)!.line.key;
  const typed = (kind === "CONTRACT" ? odd : alone).filter(({ held }) => held.length > 0);
  return {
    ...(kind && {
      references: typed.slice(0, 6).map(({ line, held }) => ({
        kind,
        reference: line.reference,
        personKeys: held[0]!.contract.signatories.map(keyOf),
      })),
    }),
    credentials: odd.flatMap(({ line }) =>
      line.credentials
        ? [
            {
              identifier: line.credentials.identifier,
              password: line.credentials.password,
              personKey: line.key,
            },
          ]
        : [],
    ),
    holdings: odd.map(({ line }) => ({ person: line.key, contracts: line.contracts })),
    names: odd.map(({ line: { key: person, surname, givenName } }) => ({
      person,
      surname,
      givenName,
    })),
    birthDates: odd.map(({ line: { key: person, birthDate } }) => ({ person, birthDate })),
  };
}

const longestOf = ({ requests }: WorldContract): string =>
  requests
    .map((one) => one.description)
    .reduce((longest, one) => (one.length > longest.length ? one : longest), "");

function contractMaterial(held: readonly Held[]): Material {
  const asking = held
    .filter(({ contract }) => contract.requests.length > 0)
    .toSorted((a, b) => longestOf(b.contract).length - longestOf(a.contract).length)
    .slice(0, 5);
  return {
    balances: held.map(({ key, contract }) => ({
      contract: key,
      owed: amountOf(contract.balanceCents),
    })),
    accounts: held
      .filter(({ contract }) => contract.entries.length > 0 && contract.entries.length <= 100)
      .slice(0, 3)
      .map(({ key, contract }) => ({
        contract: key,
        entries: contract.entries.map(({ date, label, cents }) => ({
          date,
          label,
          owed: amountOf(cents),
        })),
      })),
    quiet: held.filter(({ contract }) => contract.entries.length === 0).map(({ key }) => key),
    requests: asking.map(({ key, contract }) => ({
      contract: key,
      createdAt: contract.requests.map((one) => one.createdAt),
    })),
    descriptions: asking.map(({ key, contract }) => ({
      contract: key,
      description: longestOf(contract),
    })),
  };
}

function writingMaterial(people: Known[], { debitDays, provider }: StandIn): Material {
  const parties = people.flatMap(({ line, person, held }) =>
    held
      .filter(({ contract }) => contract.end === null && contract.kind === "LEASE")
      .map(({ key, contract }) => ({ person: line.key, contract: key, is: contract, who: person })),
  );
  const usual = parties.find(({ who }) => who.oddity === oddities.accents)!;
  const party = ({ person, contract }: { person: string; contract: string }) => ({
    person,
    contract,
  });
  const owing = parties.find(({ who }) => who.oddity === oddities.large);
  const address = usual.who.address;
  return {
    writing: {
      ...party(usual),
      ...(owing ? { paying: party(owing) } : {}),
      debited: parties
        .filter(({ is }) => is.bank !== null && is.units[0]!.kind === "DWELLING")
        .slice(0, 12)
        .map(party),
      surveyed: parties
        .filter(({ is }) => is.surveys.some(({ status }) => status === "OPEN"))
        .map(party),
      debitDays: [...debitDays],
      provider,
      postalCode: address.postalCode,
      city: address.city,
    },
  };
}
