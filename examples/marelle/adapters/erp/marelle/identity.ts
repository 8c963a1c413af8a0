/** Ports of `ports/identity.ts`. */
import {
  persons,
  registrations,
  type Person,
  type Registrant,
  type RegistrationReference,
} from "../../ports/identity.ts";
import { serve, type Served } from "../../ports/port.ts";
import { phoneOf } from "../../transport/phone.ts";
import type { Client } from "./client.ts";
import { address, dayOrNull, each, orNull } from "./values.ts";
import type { Tiers } from "./wire.ts";

export const identityPorts = (client: Client): Served[] => [
  serve(registrations, {
    byReferences: each(async ({ kind, reference }: RegistrationReference, call) => {
      if (kind !== "CUSTOMER") return [];
      const found = await client.trouverSignataires({ Reference: reference }, call);
      return found.Tiers.map(registrant);
    }),
  }),
  serve(persons, {
    byKeys: each(async (key: string, call) => {
      const found = await client.lireTiers({ Numero: key }, call).catch(orNull);
      return found && person(found.Tiers);
    }),
  }),
];

const registrant = (tiers: Tiers): Registrant => ({
  personKey: tiers.Numero,
  surnames: [tiers.Nom, tiers.NomNaissance ?? []].flat(),
  givenName: tiers.Prenom,
  birthDate: dayOrNull(tiers.NeLe),
  email: tiers.Courriel ?? null,
});

const titles = { M: "MR", MME: "MRS" } as const;

const person = (tiers: Tiers): Person => ({
  key: tiers.Numero,
  title: tiers.Civilite ? titles[tiers.Civilite] : null,
  surname: tiers.Nom,
  birthSurname: tiers.NomNaissance ?? null,
  givenName: tiers.Prenom,
  birthDate: dayOrNull(tiers.NeLe),
  email: tiers.Courriel ?? null,
  phones: tiers.Telephone.flatMap((written) => phoneOf(written) ?? []),
  address: address(tiers.Adresse),
});
