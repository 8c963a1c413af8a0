import { isDeepStrictEqual } from "node:util";
import { personChanges, type PersonChange } from "../../ports/identity-changes.ts";
import { serve, type Served } from "../../ports/port.ts";
import type { Address } from "../../ports/values.ts";
import { phoneOf } from "../../transport/phone.ts";
import { absent, applied, fits, rejected, tell } from "./asking.ts";
import { at, type Client } from "./client.ts";
import { personOf } from "./identity.ts";
import { person as mapped } from "./map.ts";
import { names, Personne } from "./wire.ts";

export const identityChangePorts = (client: Client): Served[] => [
  serve(personChanges, {
    repeat: "COMPARE",
    submit: async ({ personKey, operationId, payload }, call) => {
      if (!names.person.test(personKey) || !isHoldable(payload)) return rejected("INVALID");
      const path = at`/Api/Personnes/${personKey}/Coordonnees`;
      const body = { Reference: operationId, ...written(payload) };
      return tell(client, { path, body, shape: Personne }, call);
    },
    lookUp: async ({ personKey, payload }, call) => {
      const found = names.person.test(personKey) ? await personOf(client, personKey, call) : null;
      if (!found) return absent;
      const person = mapped(found);
      const asked = { ...person, ...payload, email: small(payload.email ?? person.email) };
      return isDeepStrictEqual(asked, { ...person, email: small(person.email) })
        ? applied()
        : absent;
    },
  }),
];

/** syndeo keeps e-mail addresses in small letters. */
const small = (email: string | null): string | null => email && email.toLowerCase();

function isHoldable({ surname, givenName, email, phones = [], address }: PersonChange): boolean {
  return (
    [surname, givenName].every((name) => name === undefined || fits(name, 80)) &&
    (email === undefined || fits(email, 120)) &&
    phones.every((phone) => phoneOf(phone) === phone) &&
    (address === undefined || isAddress(address))
  );
}

const isAddress = ({ lines, postalCode, city, country }: Address): boolean =>
  lines.length <= 5 &&
  lines.every((line) => fits(line, 80)) &&
  (country === "FR" ? /^\d{5}$/.test(postalCode) : fits(postalCode, 12)) &&
  fits(city, 60);

/** What is absent is not sent, and stays as it is. */
function written({ title, surname, givenName, email, phones, address }: PersonChange) {
  return {
    Civilite: title && (title === "MR" ? "M." : "Mme"),
    Nom: surname,
    Prenom: givenName,
    Courriel: email,
    Telephones: phones,
    Adresse: address && {
      Lignes: address.lines,
      CodePostal: address.postalCode,
      Ville: address.city,
      Pays: address.country,
    },
  };
}
