import type { WorldPerson } from "../../world/types.ts";
import { address, box, el } from "../format.ts";
import { furtherPhones } from "../kept.ts";
import { keyOfPerson } from "../keys.ts";
import { BusinessError, type Answer } from "./answer.ts";

export const searchTenant: Answer = ({ values }, directory) => {
  const key = values.ReferenceClient?.[0] ?? values.NumeroContrat?.[0] ?? "";
  const contract = directory.contract(key);
  if (!contract) throw new BusinessError(404, `Aucun locataire pour la référence ${key}`);
  const people = directory.signatoriesOf(contract);
  return { xml: people.map((person) => box("loc:Signataire", identity(person))).join("") };
};

/** Those that do not exist are left out. */
export const readTenants: Answer = ({ values }, directory) => {
  const people = [...new Set(values.NumeroTiers)].flatMap((key) => directory.person(key) ?? []);
  return { xml: people.map((person) => box("loc:Locataire", tenant(person))).join("") };
};

/** A person of whom nothing is on file has a record all the same, with nothing in it. */
export const readSituations: Answer = ({ values }, directory) => {
  const people = [...new Set(values.NumeroTiers)].flatMap((key) => directory.person(key) ?? []);
  return { xml: people.map(situation).join("") };
};

const situation = (person: WorldPerson) =>
  box(
    "loc:SituationProfessionnelle",
    el("loc:NumeroTiers", keyOfPerson(person)),
    el("loc:Libelle", person.professional?.label ?? null),
    el("loc:Employeur", person.professional?.employer ?? undefined),
    el("loc:Depuis", person.professional?.since ?? null),
  );

const tenant = (person: WorldPerson) =>
  identity(person) +
  [...(person.phone ? [person.phone] : []), ...furtherPhones.of(person)]
    .map((phone) => el("loc:Telephone", phone))
    .join("") +
  address("loc:Adresse", person.address);

function identity(person: WorldPerson): string {
  return [
    el("loc:NumeroTiers", keyOfPerson(person)),
    el("loc:Civilite", person.title === "MR" ? "M" : "MME"),
    el("loc:NomUsage", person.surname),
    // Pavois leaves out a birth name that it does not have, and writes an absent e-mail as nil.
    el("loc:NomNaissance", person.birthSurname ?? undefined),
    el("loc:Prenom", person.givenName),
    el("loc:DateNaissance", person.birthDate),
    el("loc:Courriel", person.email),
  ].join("");
}
