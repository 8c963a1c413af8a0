import { changePerson, type PersonFields } from "../../world/apply.ts";
import { furtherPhones } from "../kept.ts";
import { keyOfPerson } from "../keys.ts";
import type { PavoisRequest } from "../messages.ts";
import {
  addressIn,
  groupOf,
  personAsked,
  refuseValue,
  textOf,
  valueOf,
  type Write,
} from "./write.ts";

export const changeTenant: Write = (request, ground) => {
  const person = personAsked(request, ground);
  const phones = groupOf(request, "Telephones")?.values.Telephone;
  const fields = { ...fieldsIn(request), ...(phones && { phone: phones[0] ?? null }) };
  refuseValue(Object.keys(fields).length === 0, "aucune modification");
  changePerson(person, fields);
  if (phones) furtherPhones.set(person, phones.slice(1));
  return {
    kind: "personChanges",
    contract: null,
    person: keyOfPerson(person),
    content: { ...fields, ...(phones && { phones }) },
  };
};

function fieldsIn(request: PavoisRequest): PersonFields {
  const title = valueOf(request, "Civilite");
  const surname = valueOf(request, "NomUsage");
  const givenName = valueOf(request, "Prenom");
  const email = valueOf(request, "Courriel");
  const address = addressIn(request);
  return {
    ...(title && { title: title === "M" ? "MR" : "MRS" }),
    ...(surname && { surname }),
    ...(givenName && { givenName }),
    ...(email && { email }),
    ...(address && { address }),
  };
}

export const changeSituation: Write = (request, ground) => {
  const person = personAsked(request, ground);
  const since = valueOf(request, "Depuis");
  refuseValue((since ?? "") > ground.directory.today, "date à venir");
  const professional = {
    label: textOf(request, "Libelle"),
    employer: valueOf(request, "Employeur"),
    since,
  };
  person.professional = professional;
  return {
    kind: "professionalSituationChanges",
    contract: null,
    person: keyOfPerson(person),
    content: professional,
  };
};
