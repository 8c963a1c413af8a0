import { addDays } from "./days.ts";
import { menNames, plain, surnames, womenNames } from "./names.ts";
import type { Area } from "./places.ts";
import { professionOf } from "./profession.ts";
import { randomFor, streams, type Random } from "./random.ts";
import type { WorldAddress, WorldPerson } from "./types.ts";

/** What a person is by themselves; roles and what follows from them come on top. */
export type Somebody = Omit<
  WorldPerson,
  "professional" | "roles" | "credentials" | "properties" | "candidacies" | "ledgers"
>;

/** Makes a tenant of somebody. */
export const tenantOf = (somebody: Somebody, today: string, seed: number): WorldPerson => ({
  ...somebody,
  professional: professionOf(somebody, today, randomFor(seed, streams.profession, somebody.number)),
  roles: ["TENANT"],
  credentials: null,
  properties: [],
  candidacies: [],
  ledgers: [],
});

/** A made-up person without oddity, who lives at `address`. */
export function personOf(
  number: number,
  area: Area,
  address: WorldAddress,
  today: string,
  random: Random,
): Somebody {
  const woman = random.chance(52);
  const surname = random.pick(surnames);
  const birth = random.pick(surnames);
  const givenName = random.pick(woman ? womenNames : menNames);
  return {
    number,
    title: woman ? "MRS" : "MR",
    surname,
    birthSurname: woman && birth !== surname && random.chance(40) ? birth : null,
    givenName,
    birthDate: addDays(today, -random.int(19 * 365, 92 * 365)),
    email: random.chance(92) ? emailOf(givenName, surname, number) : null,
    phone: random.chance(95) ? phoneIn(area, random) : null,
    address,
    oddity: null,
  };
}

/** Unique by the number; at a domain that nobody can own. */
export function emailOf(givenName: string, surname: string, number: number): string {
  return `${plain(givenName)}.${plain(surname)}${number}@example.org`;
}

/** In one of the ways in which people write them; all within the ranges kept for fiction. */
export function phoneIn(area: Area, random: Random): string {
  const range = random.chance(75) ? "06 39 98" : area.landline;
  const rest = String(random.int(0, 9999)).padStart(4, "0");
  const written = `${range} ${rest.slice(0, 2)} ${rest.slice(2)}`;
  const way = random.int(1, 10);
  if (way === 1) return written.replaceAll(" ", ".");
  if (way === 2) return written.replaceAll(" ", "");
  if (way === 3) return `+33 ${written.slice(1)}`;
  return written;
}
