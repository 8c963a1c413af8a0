/** The ports by which the reference adapter reads. */
import type { Io } from "../../ports/adapter.ts";
import * as billing from "../../ports/billing.ts";
import * as contract from "../../ports/contract.ts";
import { PortError } from "../../ports/errors.ts";
import * as identity from "../../ports/identity.ts";
import { serve, type BatchRead, type Served } from "../../ports/port.ts";
import { requestCatalogues } from "../../ports/request-changes.ts";
import {
  residenceRequests,
  serviceRequests,
  type RequestKey,
  type RequestPage,
} from "../../ports/requests.ts";
import { surveys } from "../../ports/surveys.ts";
import type { Page, PageRequest } from "../../ports/values.ts";
import type { Data, ReferenceContract, ReferencePerson } from "./data.ts";
import {
  buildingOf,
  candidaciesOf,
  contactsOf,
  ledgersOf,
  newsOf,
  propertiesOf,
} from "./things.ts";
import type { Wire } from "./wire.ts";

export interface House {
  readonly data: Data;
  readonly wire: Wire;
  readonly io: Io;
}

export const reading =
  <K, A>({ wire, io }: House, operation: string, answer: (key: K) => A): BatchRead<K, A> =>
  async (keys, call) =>
    keys.length === 0
      ? []
      : wire.exchange(io, call, { operation, keys }, () =>
          structuredClone(keys.map((key) => answer(key))),
        );

export function pageOf<T>(items: readonly T[], { first, after }: PageRequest): Page<T> {
  if (after !== null && !/^\d{1,6}$/.test(after))
    throw new PortError("INVALID_INPUT", "not a cursor of this list");
  const start = after === null ? 0 : Number(after);
  const shown = items.slice(start, start + first);
  const end = start + shown.length;
  return {
    items: shown,
    endCursor: shown.length > 0 ? String(end) : null,
    hasNextPage: end < items.length,
    total: items.length,
  };
}

/** How a read of the reference adapter is made of what its data hold. */
function makersOf(house: House) {
  const { people, contracts } = house.data;
  const personOf = (key: string) => people.find(({ person }) => person.key === key);
  const ofPersons = <A>(name: string, none: A, answer: (found: ReferencePerson) => A) => ({
    ofPersons: reading(house, name, (key: string) => {
      const found = personOf(key);
      return found ? answer(found) : none;
    }),
  });
  const ofContracts = <A>(name: string, none: A, answer: (found: ReferenceContract) => A) => ({
    ofContracts: reading(house, name, (key: string) => {
      const found = contracts.get(key);
      return found ? answer(found) : none;
    }),
  });
  const pages = <T>(name: string, answer: (found: ReferenceContract, key: RequestPage) => T[]) => ({
    ofContracts: reading(house, name, (key: RequestPage) => {
      const found = contracts.get(key.contractKey);
      return pageOf(found ? answer(found, key) : [], key);
    }),
  });
  return { personOf, ofPersons, ofContracts, pages };
}

type Makers = ReturnType<typeof makersOf>;

export function readPorts(house: House): Served[] {
  const makers = makersOf(house);
  return [
    ...identityPorts(house, makers),
    ...contractPorts(makers),
    ...billingPorts(makers),
    ...requestPorts(house, makers),
  ];
}

const contractPorts = ({ ofPersons, ofContracts }: Makers): Served[] => [
  serve(
    contract.contracts,
    ofPersons("contracts", [], (one) => one.contracts.map((held) => held.contract)),
  ),
  serve(contract.properties, ofPersons("properties", [], propertiesOf)),
  serve(contract.candidacies, ofPersons("candidacies", [], candidaciesOf)),
  serve(contract.news, ofPersons("news", [], newsOf)),
  serve(
    contract.insurancePolicies,
    ofContracts<contract.InsurancePolicy | null>("insurance", null, (one) => one.insurance),
  ),
  serve(
    contract.billingAddresses,
    ofContracts<contract.BillingAddress | null>("billing", null, (one) => one.billing),
  ),
  serve(contract.buildingContacts, ofContracts("contacts", [], contactsOf)),
  serve(
    contract.occupants,
    ofContracts("occupants", [], (one) => one.occupants),
  ),
  serve(contract.buildings, ofContracts<contract.Building | null>("building", null, buildingOf)),
];

const billingPorts = ({ ofPersons, ofContracts, pages }: Makers): Served[] => [
  serve(
    billing.balances,
    ofContracts<billing.Balance | null>("balance", null, (one) => one.balance),
  ),
  serve(
    billing.accountEntries,
    pages("entries", (one) => one.entries),
  ),
  serve(
    billing.payments,
    pages("payments", (one) => one.payments),
  ),
  serve(billing.ledgers, ofPersons("ledgers", [], ledgersOf)),
  serve(
    billing.bankAccounts,
    ofContracts<billing.BankDetails | null>("bank", null, (one) => one.bank),
  ),
  serve(
    billing.directDebits,
    ofContracts<billing.DirectDebit | null>("debit", null, (one) => one.debit),
  ),
  serve(
    billing.paymentPlans,
    ofContracts<billing.PaymentPlan | null>("plan", null, (one) => one.plan),
  ),
];

function requestPorts(house: House, { ofContracts, pages }: Makers): Served[] {
  const { contracts } = house.data;
  return [
    serve(requestCatalogues, {
      ofContracts: reading(
        house,
        "catalogue",
        (key: string) => found(contracts.get(key)).catalogue,
      ),
    }),
    serve(serviceRequests, {
      ...pages("requests", (one, { state }) =>
        one.requests.filter(({ status }) => isIn(state, status)),
      ),
      byKeys: reading(
        house,
        "request",
        ({ contractKey, key }: RequestKey) =>
          contracts.get(contractKey)?.requests.find((one) => one.key === key) ?? null,
      ),
    }),
    serve(
      residenceRequests,
      pages("residence", (one) => one.residenceRequests),
    ),
    serve(
      surveys,
      ofContracts("surveys", [], (one) => one.surveys),
    ),
  ];
}

function identityPorts(house: House, { ofPersons, personOf }: Makers): Served[] {
  const { people } = house.data;
  return [
    serve(identity.persons, {
      byKeys: reading(house, "person", (key: string) => personOf(key)?.person ?? null),
    }),
    serve(identity.registrations, {
      byReferences: reading(
        house,
        "registration",
        ({ reference }: identity.RegistrationReference) =>
          people
            .filter(({ contracts }) =>
              contracts.some(({ contract: held }) => held.number === reference),
            )
            .map(({ person: { key, surname, givenName, birthDate, email } }) => ({
              personKey: key,
              surnames: [surname],
              givenName,
              birthDate,
              email,
            })),
      ),
    }),
    serve(
      identity.professionalSituations,
      ofPersons<identity.ProfessionalSituation | null>("situation", null, (one) => one.situation),
    ),
    serve(identity.roles, {
      ofPersons: reading(house, "roles", (key: string): identity.Role[] =>
        found(personOf(key)).person.key === "P-001" ? ["TENANT", "OWNER"] : ["TENANT"],
      ),
    }),
    serve(identity.credentials, {
      check: reading(
        house,
        "credentials",
        ({ identifier, password }: identity.IssuedCredentials) => {
          const holder = personOf(identifier);
          if (!holder || holder.password !== password) return null;
          return { personKey: identifier, email: holder.person.email, provisional: true };
        },
      ),
    }),
  ];
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new PortError("NOT_FOUND", "there is no such thing");
  return value;
}

const isIn = (state: RequestPage["state"], status: string) =>
  state === "ALL" || (status === "DONE" || status === "CANCELLED") === (state === "CLOSED");
