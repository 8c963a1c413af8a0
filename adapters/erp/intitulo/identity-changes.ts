/** Changes of a person's own data: a document in a string, with the fields that change. */
import { isDeepStrictEqual } from "node:util";
import type { Changes, Submission } from "../../ports/changes.ts";
import type { PersonChange } from "../../ports/identity-changes.ts";
import type { Person } from "../../ports/identity.ts";
import type { Address } from "../../ports/values.ts";
import type { Intitulo } from "./client.ts";
import { personIn, readTiers } from "./identity.ts";
import { isPerson } from "./keys.ts";
import { box, columns, element, writtenPhone, type Written } from "./written.ts";

export const createPersonChanges = (intitulo: Intitulo): Changes<PersonChange> => ({
  repeat: "COMPARE",

  submit: async (change, call) => {
    const flux = fluxOf(change);
    if (flux === null) return { state: "REJECTED", reason: "INVALID" };
    const { personKey: numero_tiers, operationId: reference_externe } = change;
    const parts = { numero_tiers, reference_externe, flux };
    const told = await intitulo.tell("modifierTiers", parts, "numero_tiers", call);
    if ("refused" in told) return { state: "REJECTED", reason: told.refused };
    return { state: "APPLIED", reference: null };
  },

  lookUp: async (change, call) => {
    const answer = await readTiers(intitulo, change.personKey, call);
    const person = answer && personIn(answer, change.personKey);
    return person && isAs(change.payload, person)
      ? { state: "APPLIED", reference: null }
      : { state: "ABSENT" };
  },
});

/** Null for what Intitulo cannot hold. */
function fluxOf({ personKey, payload }: Submission<PersonChange>): string | null {
  const { title, surname, givenName, email, phones, address } = payload;
  const fields: Written[] = [
    title && element("civilite", title === "MR" ? "M" : "MME"),
    surname && element("nom", surname, columns.surname),
    givenName && element("prenom", givenName, columns.givenName),
    email && element("courriel", email, columns.email),
    phones && writtenPhones(phones),
    address && writtenAddress(address),
  ];
  if (!isPerson(personKey)) return null;
  return box("flux", [box("modification", fields)]);
}

/** It has room for one. */
function writtenPhones(phones: readonly string[]): Written {
  const [phone] = phones;
  if (phone === undefined) return "<telephone/>";
  const written = writtenPhone(phone);
  return phones.length > 1 || written === null ? null : element("telephone", written);
}

/** `pays` is empty for France. */
function writtenAddress({ lines, postalCode, city, country }: Address): Written {
  const french = country === "FR";
  const fits = (french ? /^\d{5}$/ : /^[\dA-Z -]{1,10}$/).test(postalCode) && lines.length <= 4;
  if (!fits) return null;
  return box("adresse", [
    ...lines.map((line) => element("ligne", line, columns.line)),
    element("code_postal", postalCode),
    element("ville", city, columns.city),
    french ? "<pays/>" : element("pays", country),
  ]);
}

/** Intitulo keeps e-mail addresses in small letters. */
function isAs(asked: PersonChange, person: Person): boolean {
  const { email, ...same } = asked;
  if (email !== undefined && email.toLowerCase() !== person.email?.toLowerCase()) return false;
  return isDeepStrictEqual({ ...person, ...same }, person);
}
