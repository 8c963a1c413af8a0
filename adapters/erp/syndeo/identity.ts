import { PortError } from "../../ports/errors.ts";
import { credentials, persons, roles, type IssuedCredentials } from "../../ports/identity.ts";
import { serve, type Call, type Served } from "../../ports/port.ts";
import { eachOnce } from "../../transport/each-once.ts";
import { at, type Client } from "./client.ts";
import { ofPersons } from "./lists.ts";
import { credentialHolder, person, roles as rolesOf } from "./map.ts";
import * as owned from "./owned.ts";
import { Acces, names, Personne } from "./wire.ts";

export const identityPorts = (client: Client): Served[] => [
  serve(credentials, {
    check: (issued, call) =>
      eachOnce(issued, JSON.stringify, async (one) => {
        const acces = await accessOf(client, one, call);
        return acces && credentialHolder(acces);
      }),
  }),
  serve(persons, {
    byKeys: ofPersons(null, async (key, call) => {
      const personne = await personOf(client, key, call);
      return personne && person(personne);
    }),
  }),
  serve(roles, {
    // Not an empty list for somebody unknown: everybody has a role.
    ofPersons: async (keys, call) => {
      const people = await ofPersons(null, (key, call) => personOf(client, key, call))(keys, call);
      return people.map((personne) => {
        if (personne) return rolesOf(personne);
        throw new PortError("NOT_FOUND", "syndeo knows no such person, so no role either");
      });
    },
  }),
];

/** syndeo says ACCES whichever of the two is wrong; what can be neither is not sent. */
async function accessOf(client: Client, { identifier, password }: IssuedCredentials, call: Call) {
  if (!names.identifier.test(identifier) || password === "" || password.length > 200) return null;
  const body = { Identifiant: identifier, MotDePasse: password };
  const asked = { path: "/Api/Acces/Verifier", body, shape: Acces, none: "ACCES" };
  return (await client.read(asked, call))?.data ?? null;
}

export async function personOf(client: Client, key: string, call: Call): Promise<Personne | null> {
  const asked = { path: at`/Api/Personnes/${key}`, shape: Personne };
  return (await owned.oneOf(client, owned.person(key), asked, call))?.data ?? null;
}
