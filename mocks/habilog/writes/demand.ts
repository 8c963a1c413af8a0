/** A demand of the portal's, as it waits for the night. */
import type { WorldContract, WorldOccupant, WorldPerson } from "../../world/types.ts";
import type { Fields } from "../call.ts";
import type { Directory } from "../directory.ts";
import { Refused } from "./fields.ts";

export interface Demand {
  /** Port that it belongs to: `occupantChanges`. */
  kind: string;
  person: WorldPerson;
  contract: WorldContract | null;
  /** What is asked, as it was taken. */
  content: unknown;
  /** Changes the World. Throws Refused, and changes nothing, where a rule of the night forbids it. */
  apply(): void;
}

export interface Office {
  directory: Directory;
  /** Days of the month on which the landlord debits. */
  debitDays: readonly number[];
  /** Occupants who have left: their numbers are not given again. */
  departed: WorldOccupant[];
}

/** Reads the fields of one operation. Throws Refused for what is refused at once. */
export type ReadDemand = (fields: Fields, office: Office) => Demand;

export interface Parties {
  person: WorldPerson;
  contract: WorldContract;
}

/** The contract, and the signatory who asks. */
export function partiesIn(fields: Fields, directory: Directory): Parties {
  const contract = directory.contract(fields["NumeroContrat"]!);
  if (!contract) throw new Refused("Contrat inconnu");
  const person = personIn(fields, directory);
  if (!contract.signatories.includes(person.number)) {
    throw new Refused("Tiers non signataire du contrat");
  }
  return { person, contract };
}

export function personIn(fields: Fields, directory: Directory): WorldPerson {
  const person = directory.person(fields["NumeroTiers"]!);
  if (!person) throw new Refused("Tiers inconnu");
  return person;
}

/** The night's look at the contract. */
export function refuseEnded(contract: WorldContract, directory: Directory): void {
  if (contract.end !== null && contract.end < directory.today) throw new Refused("Contrat résilié");
}
