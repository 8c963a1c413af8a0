import { persons, registrations, type RegistrationReference } from "../../ports/identity.ts";
import { serve, type Call, type Served } from "../../ports/port.ts";
import { eachOnce } from "../../transport/each-once.ts";
import { at, type Client } from "./client.ts";
import { askedFor, handfuls, wholeOf } from "./lists.ts";
import { person, registrant } from "./map.ts";
import { Locataire, names } from "./wire.ts";

export const identityPorts = (client: Client): Served[] => [
  serve(registrations, {
    byReferences: (references, call) =>
      eachOnce(references, JSON.stringify, async (reference) => {
        const people = await peopleBehind(client, reference, call);
        return people.map(registrant);
      }),
  }),
  serve(persons, {
    byKeys: async (keys, call) => {
      const found = await Promise.all(
        handfuls(keys, names.person).map((some) => peopleOf(client, some, call)),
      );
      const byKey = new Map(found.flat().map((locataire) => [locataire.cle, locataire]));
      return keys.map((key) => {
        const locataire = byKey.get(key);
        return locataire ? person(locataire) : null;
      });
    },
  }),
];

async function peopleBehind(client: Client, reference: RegistrationReference, call: Call) {
  const path = pathOf(reference);
  if (path === null) return [];
  const list = { path, shape: Locataire };
  const people = await wholeOf((window) => client.slice(list, window, call), keyOf);
  return people ?? [];
}

/** Null for what cannot be a reference of that kind. */
function pathOf({ kind, reference }: RegistrationReference): string | null {
  if (kind === "CONTRACT") {
    return names.contract.test(reference) ? at`/v2/contrats/${reference}/locataires` : null;
  }
  return names.customer.test(reference) ? at`/v2/clients/${reference}/locataires` : null;
}

async function peopleOf(client: Client, keys: readonly string[], call: Call) {
  const list = { path: "/v2/locataires", query: { cles: keys.join(",") }, shape: Locataire };
  const people = await wholeOf((window) => client.slice(list, window, call), keyOf);
  return askedFor(people ?? [], ({ cle }) => keys.includes(cle));
}

const keyOf = (locataire: Locataire) => locataire.cle;
