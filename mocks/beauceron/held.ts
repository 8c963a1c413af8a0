/** What beauceron keeps of what portals send, where the World has no place for it. */
import type { Writes } from "../kit/writes.ts";
import { later } from "../world/days.ts";
import type { World, WorldContract, WorldDirectDebit } from "../world/types.ts";
import { parisDay } from "./formats.ts";

/** A policy as it is listed. */
export interface Policy {
  assureur: string;
  police: string;
  titulaire: string | null;
  valide_du: string;
  valide_au: string;
  attestation?: { nom: string; taille: number; sha256: string };
}

/** Which thing of which contract came under which reference of the portal's. */
export interface References {
  take(reference: string, contract: WorldContract, number: number): void;
  find(reference: string): { contract: WorldContract; number: number } | undefined;
  of(contract: WorldContract, number: number): string | undefined;
}

export interface Held {
  writes: Writes;
  /** The whole list of a contract, once a policy was declared. */
  policies: Map<WorldContract, Policy[]>;
  /** Before the one that the World has; once one was signed. */
  formerMandates: Map<WorldContract, WorldDirectDebit[]>;
  /** By the person's number; once they were written. */
  phones: Map<number, string[]>;
  payments: References;
  /** Under which the payment providers know them. */
  providerReferences: Set<string>;
  requests: References;
  /** The highest number that an occupant of a contract ever had. */
  lastOccupants: Map<WorldContract, number>;
  /** By beauceron's clock: never before the World's. */
  today(): string;
}

export const hold = (world: World, writes: Writes): Held => ({
  writes,
  policies: new Map(),
  formerMandates: new Map(),
  phones: new Map(),
  payments: references(),
  providerReferences: new Set(),
  requests: references(),
  lastOccupants: new Map(),
  today: () => later(world.today, parisDay(new Date().toISOString())),
});

function references(): References {
  const things = new Map<string, { contract: WorldContract; number: number }>();
  const names = new Map<string, string>();
  return {
    take: (reference, contract, number) => {
      things.set(reference, { contract, number });
      names.set(`${contract.number}-${number}`, reference);
    },
    find: (reference) => things.get(reference),
    of: (contract, number) => names.get(`${contract.number}-${number}`),
  };
}

/** One more than the highest number there is. */
export const nextNumber = (things: readonly { number: number }[]): number =>
  Math.max(0, ...things.map(({ number }) => number)) + 1;
