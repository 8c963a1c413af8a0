import { addDays } from "./days.ts";
import { menNames, plain, surnames, womenNames } from "./names.ts";
import { addressIn, type Area } from "./places.ts";
import type { Random } from "./random.ts";
import type { WorldPerson } from "./types.ts";

/** A made-up tenant without oddity. */
export function personOf(number: number, area: Area, today: string, random: Random): WorldPerson {
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
    address: addressIn(area, random),
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
