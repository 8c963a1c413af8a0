import { z } from "zod";
import type {
  Person,
  Persons,
  ProfessionalSituation,
  ProfessionalSituations,
  Registrant,
  Registrations,
} from "../../ports/identity.ts";
import type { Call } from "../../ports/port.ts";
import { eachOnce } from "../../transport/each-once.ts";
import { optionalText, text } from "../../transport/fields.ts";
import { phoneOf } from "../../transport/phone.ts";
import { readAll } from "./batch.ts";
import { recordsOf, type Pavois } from "./client.ts";
import { isPerson } from "./keys.ts";
import { orNull } from "./lots.ts";
import { addressRecord, optionalDay } from "./map.ts";

const identity = z.object({
  NumeroTiers: text,
  Civilite: optionalText,
  NomUsage: text,
  NomNaissance: optionalText,
  Prenom: optionalText,
  DateNaissance: optionalDay,
  Courriel: optionalText,
});

const signatoryRecord = identity.transform(
  ({ NumeroTiers, NomUsage, NomNaissance, Prenom, DateNaissance, Courriel }): Registrant => ({
    personKey: NumeroTiers,
    surnames: [...new Set([NomUsage, NomNaissance ?? NomUsage])],
    givenName: Prenom,
    birthDate: DateNaissance,
    email: Courriel,
  }),
);

const titles: Record<string, Person["title"]> = { M: "MR", MME: "MRS" };

const personRecord = identity
  .extend({ Telephone: z.array(optionalText).default([]), Adresse: addressRecord.nullish() })
  .transform((record): Person => ({
    key: record.NumeroTiers,
    title: titles[record.Civilite ?? ""] ?? null,
    surname: record.NomUsage,
    birthSurname: record.NomNaissance === record.NomUsage ? null : record.NomNaissance,
    givenName: record.Prenom,
    birthDate: record.DateNaissance,
    email: record.Courriel,
    phones: record.Telephone.flatMap((written) => phoneOf(written) ?? []),
    address: record.Adresse ?? null,
  }));

export const createRegistrations = (pavois: Pavois): Registrations => ({
  byReferences: (references, call) =>
    eachOnce(
      references.map(searchFor),
      (search) => JSON.stringify(search),
      (search) => searchTenants(pavois, search, call),
    ),
});

type Search = { ReferenceClient: string } | { NumeroContrat: string } | null;

/** Both are the same seven digits, the contract's after `L/`. Null for what is neither. */
function searchFor({ kind, reference }: { kind: string; reference: string }): Search {
  const [, digits] = /^\s*(?:L\/?\s*)?(\d{7})\s*$/i.exec(reference) ?? [];
  if (digits === undefined) return null;
  return kind === "CUSTOMER" ? { ReferenceClient: digits } : { NumeroContrat: `L/${digits}` };
}

async function searchTenants(pavois: Pavois, search: Search, call: Call): Promise<Registrant[]> {
  const answer = search && (await orNull(pavois.ask("RechercherLocataire", search, call)));
  return answer ? recordsOf(answer, "Signataire", signatoryRecord) : [];
}

const readTenants = {
  operation: "LireLocataires",
  key: "NumeroTiers",
  element: "Locataire",
  shape: personRecord,
};

export const createPersons = (pavois: Pavois): Persons => ({
  byKeys: async (keys, call) => {
    const people = await readAll(pavois, readTenants, keys, isPerson, call);
    const byKey = new Map(people.map((person) => [person.key, person]));
    return keys.map((key) => byKey.get(key) ?? null);
  },
});

/** There is a record for everybody; without a label where nothing is on file. */
const situationRecord = z
  .object({
    NumeroTiers: text,
    Libelle: optionalText,
    Employeur: optionalText,
    Depuis: optionalDay,
  })
  .transform(({ NumeroTiers, Libelle, Employeur, Depuis }) => {
    const situation: ProfessionalSituation | null = Libelle
      ? { label: Libelle, employer: Employeur, since: Depuis }
      : null;
    return { person: NumeroTiers, situation };
  });

const readSituations = {
  operation: "LireSituationsProfessionnelles",
  key: "NumeroTiers",
  element: "SituationProfessionnelle",
  shape: situationRecord,
};

export const createProfessionalSituations = (pavois: Pavois): ProfessionalSituations => ({
  ofPersons: async (keys, call) => {
    const found = await readAll(pavois, readSituations, keys, isPerson, call);
    const byPerson = new Map(found.map(({ person, situation }) => [person, situation]));
    return keys.map((key) => byPerson.get(key) ?? null);
  },
});
