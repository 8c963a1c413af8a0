/** What the reference ERP holds: three people, a few contracts, a little of everything. */
import type { Balance, BankDetails, DirectDebit } from "../../ports/billing.ts";
import type { BillingAddress, Contract, InsurancePolicy, Occupant } from "../../ports/contract.ts";
import type { Person, ProfessionalSituation } from "../../ports/identity.ts";
import type { ServiceRequest } from "../../ports/requests.ts";
import type { Survey } from "../../ports/surveys.ts";
import type { Payment, AccountEntry } from "../../ports/billing.ts";
import { listsOf, type Lists } from "./lists.ts";

export interface ReferencePerson {
  readonly person: Person;
  situation: ProfessionalSituation;
  readonly password: string;
  readonly contracts: readonly ReferenceContract[];
}

export interface ReferenceContract extends Lists {
  readonly contract: Contract;
  readonly balance: Balance;
  insurance: InsurancePolicy;
  billing: BillingAddress;
  bank: BankDetails;
  debit: DirectDebit;
  readonly occupants: Occupant[];
  readonly entries: AccountEntry[];
  readonly payments: Payment[];
  readonly requests: ServiceRequest[];
  readonly surveys: Survey[];
}

export interface Data {
  readonly people: readonly ReferencePerson[];
  readonly contracts: ReadonlyMap<string, ReferenceContract>;
  /** What waits for the night. */
  readonly waiting: (() => void)[];
}

export const address = {
  lines: ["12, rue de l'Église", "Bâtiment « Les Érables »"],
  postalCode: "17000",
  city: "La Rochelle",
  country: "FR",
};

export const euros = (amount: string) => ({ amount, currency: "EUR" as const });

const names = [
  ["L'Œuf-Müller", "Élodie", "1980-03-31"],
  ["De la Tour du Pin Chambly de La Charce", "Noël", "1975-10-27"],
  ["Ñúñez", "Zoé", "1990-01-01"],
] as const;

export function createData(): Data {
  const people = names.map(([surname, givenName, birthDate], index) => ({
    person: {
      key: `P-00${index + 1}`,
      title: "MRS" as const,
      surname,
      birthSurname: null,
      givenName,
      birthDate,
      email: `person${index + 1}@example.org`,
      phones: [`+3354600000${index}`],
      address,
    },
    situation: { label: "Salariée", employer: `Employeur ${index}`, since: "2020-01-01" },
    password: `10203${index}`,
    contracts: [
      createContract(`C-1${index}`, surname, index, "ACTIVE"),
      createContract(`C-2${index}`, surname, index, "ENDED"),
    ],
  }));
  const contracts = new Map(
    people
      .flatMap((person) => person.contracts)
      .map((contract) => [contract.contract.key, contract]),
  );
  return { people, contracts, waiting: [] };
}

/** An ended one holds nothing in its lists. */
function createContract(
  key: string,
  signatory: string,
  index: number,
  status: Contract["status"],
): ReferenceContract {
  const ended = status === "ENDED";
  const unit = (kind: "DWELLING" | "PARKING") => ({
    reference: `${key}-${kind}`,
    kind,
    label: kind === "DWELLING" ? "T3" : "Garage",
    address,
  });
  const owed = ["1234.56", "-12.50", "0.00"][index]!;
  const lists = listsOf(key, index);
  return {
    ...lists,
    ...(ended ? { entries: [], payments: [] } : {}),
    contract: {
      key,
      number: `N${key}`,
      kind: "LEASE",
      status,
      startDate: "2019-10-27",
      endDate: ended ? "2024-03-31" : null,
      signatories: [signatory],
      units: [unit("DWELLING"), unit("PARKING")],
      paymentMethod: "TRANSFER",
    },
    balance: { owed: euros(owed), late: index === 0, asOf: "2026-03-29T01:30:00+01:00" },
    insurance: {
      insurer: "MAIF",
      policyNumber: `POL-${key}`,
      holder: null,
      validFrom: "2026-01-01",
      validTo: "2026-12-31",
    },
    billing: { recipient: `Mme ${signatory}`, address },
    bank: { iban: `FR763000600001123456789018${index}`, bic: "AGRIFRPP", holder: signatory },
    debit: {
      mandateReference: `RUM-${key}`,
      day: 5,
      signedOn: "2020-02-29",
      status: "ACTIVE",
    },
    occupants: [occupantOf(key, 1), occupantOf(key, 2)],
  };
}

export const occupantOf = (contractKey: string, number: number): Occupant => ({
  key: `${contractKey}-O${number}`,
  contractKey,
  surname: `Enfant${number}`,
  givenName: null,
  birthDate: null,
  relationship: "Enfant",
  since: null,
});
