import type { WorldPerson } from "../../world/types.ts";
import type { Directory } from "../directory.ts";
import { address, day, record } from "../format.ts";
import { keyOfPerson } from "../keys.ts";
import { namespace } from "../schema.ts";
import type { Answer } from "./answer.ts";

const titles = { MR: "M.", MRS: "MME" };

const tenant = (person: WorldPerson): string =>
  record("Locataire", {
    NumeroTiers: keyOfPerson(person),
    Civilite: titles[person.title],
    Nom: person.surname,
    NomNaissance: person.birthSurname ?? "",
    Prenom: person.givenName,
    DateNaissance: day(person.birthDate),
    Courriel: person.email ?? "",
    Telephone: person.phone ?? "",
    Adresse: address(person.address),
  });

export const readTenant: Answer = (key, directory) => {
  const person = directory.person(key);
  return person ? [tenant(person)] : [];
};

/** A document in a string, with a prolog of its own; null for an unknown contract. */
export function searchTenants(key: string, directory: Directory): string | null {
  const contract = directory.contract(key);
  if (!contract) return null;
  const people = directory.signatoriesOf(contract).map(tenant).join("");
  return `<?xml version="1.0" encoding="ISO-8859-1"?><Locataires xmlns="${namespace}">${people}</Locataires>`;
}
