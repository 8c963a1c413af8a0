import { z } from "zod";
import type { Call } from "../../ports/port.ts";
import type {
  Person,
  Persons,
  Registrant,
  RegistrationReference,
  Registrations,
} from "../../ports/identity.ts";
import { PortError } from "../../ports/errors.ts";
import { eachOnce } from "../../transport/each-once.ts";
import { optionalText, text } from "../../transport/fields.ts";
import { phoneOf } from "../../transport/phone.ts";
import type { Answer, Intitulo } from "./client.ts";
import { isContract, isIntitule, isPerson } from "./keys.ts";
import { addressRecord, optionalSlashedDay } from "./map.ts";

const titles: Record<string, Person["title"]> = { M: "MR", MME: "MRS" };

const personRecord = z
  .object({
    numero_tiers: text,
    civilite: optionalText,
    nom: text,
    nom_naissance: optionalText,
    prenom: optionalText,
    date_naissance: optionalSlashedDay,
    courriel: optionalText,
    telephone: optionalText,
    adresse: addressRecord.optional(),
  })
  .transform((record): Person => {
    const phone = phoneOf(record.telephone);
    return {
      key: record.numero_tiers,
      title: titles[record.civilite ?? ""] ?? null,
      surname: record.nom,
      birthSurname: record.nom_naissance === record.nom ? null : record.nom_naissance,
      givenName: record.prenom,
      birthDate: record.date_naissance,
      email: record.courriel,
      phones: phone === null ? [] : [phone],
      address: record.adresse ?? null,
    };
  });

export const createPersons = (intitulo: Intitulo): Persons => ({
  byKeys: (keys, call) =>
    eachOnce(keys, String, async (key) => {
      const answer = await readTiers(intitulo, key, call);
      return answer && personIn(answer, key);
    }),
});

/** A person's own record, and the intitulés that they hold. Null for whom Intitulo does not know. */
export const readTiers = (intitulo: Intitulo, key: string, call: Call): Promise<Answer | null> =>
  isPerson(key) ? intitulo.ask("lireTiers", { numero_tiers: key }, call) : Promise.resolve(null);

export function personIn(answer: Answer, key: string): Person {
  const found = answer.records("tiers", personRecord).find((person) => person.key === key);
  if (found) return found;
  throw new PortError("BAD_RESPONSE", "a person is asked for, and another one comes");
}

export const createRegistrations = (intitulo: Intitulo): Registrations => ({
  byReferences: (references, call) =>
    eachOnce(references, nameOf, async (reference) => {
      const parts = searchFor(reference);
      const answer = parts && (await intitulo.ask("rechercherIntitule", parts, call));
      return answer ? holdersIn(answer).map(registrantOf) : [];
    }),
});

const nameOf = ({ kind, reference }: RegistrationReference) => `${kind} ${reference}`;

/** The first part that is filled decides; null for what is neither number. */
function searchFor({ kind, reference }: RegistrationReference) {
  const unused = { numero_intitule: "", numero_contrat: "", numero_tiers: "" };
  if (kind === "CUSTOMER") {
    return isIntitule(reference) ? { ...unused, numero_intitule: reference } : null;
  }
  return isContract(reference) ? { ...unused, numero_contrat: reference } : null;
}

/** Who holds the intitulé, and in which order, is what the array says; the flux tells who they are. */
function holdersIn(answer: Answer): Person[] {
  const people = answer.records("tiers", personRecord);
  return answer.part("titulaires", z.array(text)).map((key) => {
    const found = people.find((person) => person.key === key);
    if (found) return found;
    throw new PortError("BAD_RESPONSE", "an intitulé has a holder of whom nothing is told");
  });
}

const registrantOf = (person: Person): Registrant => ({
  personKey: person.key,
  surnames: person.birthSurname ? [person.surname, person.birthSurname] : [person.surname],
  givenName: person.givenName,
  birthDate: person.birthDate,
  email: person.email,
});
