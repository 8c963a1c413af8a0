import { z } from "zod";
import type { Person, Persons, Registrant, Registrations } from "../../ports/identity.ts";
import type { Call } from "../../ports/port.ts";
import { eachOnce } from "../../transport/each-once.ts";
import { phoneOf } from "../../transport/phone.ts";
import { optionalText, text } from "../../transport/fields.ts";
import type { Habilog } from "./client.ts";
import { isPerson } from "./keys.ts";
import { addressRecord, optionalDay } from "./map.ts";

const titles: Record<string, Person["title"]> = { "M.": "MR", MME: "MRS" };

const personRecord = z
  .object({
    NumeroTiers: text,
    Civilite: optionalText,
    Nom: text,
    NomNaissance: optionalText,
    Prenom: optionalText,
    DateNaissance: optionalDay,
    Courriel: optionalText,
    Telephone: optionalText,
    Adresse: addressRecord.nullish(),
  })
  .transform((record): Person => ({
    key: record.NumeroTiers,
    title: titles[record.Civilite ?? ""] ?? null,
    surname: record.Nom,
    birthSurname: record.NomNaissance === record.Nom ? null : record.NomNaissance,
    givenName: record.Prenom,
    birthDate: record.DateNaissance,
    email: record.Courriel,
    phones: [phoneOf(record.Telephone)].filter((phone) => phone !== null),
    address: record.Adresse ?? null,
  }));

const registrantOf = (person: Person): Registrant => ({
  personKey: person.key,
  surnames: [person.surname, ...(person.birthSurname === null ? [] : [person.birthSurname])],
  givenName: person.givenName,
  birthDate: person.birthDate,
  email: person.email,
});

export const createRegistrations = (habilog: Habilog): Registrations => ({
  byReferences: (references, call) =>
    eachOnce(
      references.map(contractOf),
      (contract) => contract ?? "",
      (contract) => (contract === null ? Promise.resolve([]) : search(habilog, contract, call)),
    ),
});

/** People type the seven digits; the L is Habilog's. It has no number for customers. */
function contractOf({ kind, reference }: { kind: string; reference: string }): string | null {
  const [, digits] = /^\s*L?(\d{7})\s*$/i.exec(reference) ?? [];
  return kind === "CONTRACT" && digits !== undefined ? `L${digits}` : null;
}

async function search(habilog: Habilog, contract: string, call: Call): Promise<Registrant[]> {
  const people = await habilog.search(personRecord, contract, call);
  return people.map(registrantOf);
}

const reading = {
  operation: "LireLocataire",
  key: "NumeroTiers",
  element: "Locataire",
  shape: personRecord,
} as const;

export const createPersons = (habilog: Habilog): Persons => ({
  byKeys: (keys, call) =>
    eachOnce(keys, String, async (key) => {
      const found = isPerson(key) ? await habilog.list(reading, key, call) : [];
      return found.find((person) => person.key === key) ?? null;
    }),
});
