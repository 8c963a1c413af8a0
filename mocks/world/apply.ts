/**
 * What changes a World, one thing at a time, for every mock ERP that takes changes. What a product
 * keeps beside the World (who has left, mandates of the past) is its own.
 */
import { numberWithin } from "./numbers.ts";
import type {
  WorldContract,
  WorldDirectDebit,
  WorldInsurance,
  WorldOccupant,
  WorldPayment,
  WorldPerson,
  WorldRequest,
} from "./types.ts";

type Numbered = readonly { number: number }[];

/** The next free number of a contract's list; `besides` are numbers taken elsewhere. */
export function nextNumber(contract: WorldContract, list: Numbered, besides: Numbered = []) {
  const taken = [...list, ...besides].map(
    ({ number }) => number - numberWithin(contract.number, 0),
  );
  return numberWithin(contract.number, Math.max(0, ...taken) + 1);
}

export type PersonFields = Partial<
  Pick<WorldPerson, "title" | "surname" | "givenName" | "email" | "phone" | "address">
>;

/** What is absent stays as it is. */
export function changePerson(person: WorldPerson, fields: PersonFields): void {
  Object.assign(person, fields);
}

export type OccupantFields = Omit<WorldOccupant, "number">;

/** `besides`: those who have left, whose numbers are not given again. */
export function addOccupant(
  contract: WorldContract,
  fields: OccupantFields,
  besides: Numbered = [],
): WorldOccupant {
  const number = nextNumber(contract, contract.occupants, besides);
  const occupant = { ...fields, number };
  contract.occupants = [...contract.occupants, occupant];
  return occupant;
}

/** False where nobody has this number. */
export function changeOccupant(
  contract: WorldContract,
  number: number,
  fields: OccupantFields,
): boolean {
  const found = contract.occupants.find((one) => one.number === number);
  if (found) Object.assign(found, fields);
  return found !== undefined;
}

/** Who was removed; undefined where nobody has this number. */
export function removeOccupant(contract: WorldContract, number: number): WorldOccupant | undefined {
  const found = contract.occupants.find((one) => one.number === number);
  contract.occupants = contract.occupants.filter((one) => one !== found);
  return found;
}

export function changeBilling(contract: WorldContract, billing: WorldContract["billing"]): void {
  contract.billing = billing;
}

/** The contract's policy is the one that ends last; of two of the same day, the newer. */
export function renewInsurance(contract: WorldContract, policy: WorldInsurance): void {
  if (!contract.insurance || contract.insurance.to <= policy.to) contract.insurance = policy;
}

export function changeBank(
  contract: WorldContract,
  bank: NonNullable<WorldContract["bank"]>,
): void {
  contract.bank = bank;
}

/** With it the contract is paid by direct debit. */
export function subscribe(contract: WorldContract, mandate: WorldDirectDebit): void {
  contract.directDebit = mandate;
  contract.paymentMethod = "DIRECT_DEBIT";
}

/** The mandate in force; null where there is none. */
export function mandateOf({ directDebit }: WorldContract): WorldDirectDebit | null {
  return directDebit && directDebit.status !== "ENDED" ? directDebit : null;
}

/** False where no mandate is in force. */
export function changeDebitDay(contract: WorldContract, day: number): boolean {
  const mandate = mandateOf(contract);
  if (mandate) contract.directDebit = { ...mandate, day };
  return mandate !== null;
}

/** False where no mandate is in force. */
export function stopDirectDebit(contract: WorldContract): boolean {
  const mandate = mandateOf(contract);
  if (!mandate) return false;
  contract.directDebit = { ...mandate, status: "ENDED" };
  contract.paymentMethod = "TRANSFER";
  return true;
}

/** In the list of payments; the balance and the entries know nothing of it yet. */
export function addPayment(
  contract: WorldContract,
  payment: Omit<WorldPayment, "number">,
): WorldPayment {
  const added = { ...payment, number: nextNumber(contract, contract.payments) };
  contract.payments = [added, ...contract.payments];
  return added;
}

/** The entry of a payment, and the balance that it leaves on the evening of `balanceAsOf`. */
export function bookPayment(
  contract: WorldContract,
  { date, cents }: Pick<WorldPayment, "date" | "cents">,
  balanceAsOf: string,
): void {
  const number = nextNumber(contract, contract.entries);
  const entry = { number, date, label: "Paiement par carte", cents: -cents, period: null };
  contract.entries = [entry, ...contract.entries];
  contract.balanceCents -= cents;
  contract.balanceAsOf = balanceAsOf;
  contract.late &&= contract.balanceCents > 0;
}

export type NewRequest = Omit<WorldRequest, "number" | "updates">;

/** Received at `createdAt`; the newest of the contract's. */
export function addRequest(contract: WorldContract, request: NewRequest): WorldRequest {
  const number = nextNumber(contract, contract.requests);
  const updates = [{ at: request.createdAt, status: "RECEIVED" as const, comment: null }];
  const added = { ...request, number, updates };
  contract.requests = [added, ...contract.requests];
  return added;
}
