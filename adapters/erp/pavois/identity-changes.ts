import type { Changes } from "../../ports/changes.ts";
import type { PersonChange, ProfessionalSituationChange } from "../../ports/identity-changes.ts";
import { changesBy } from "./changes.ts";
import type { Pavois } from "./client.ts";
import { address, fit, given, person, phone, upTo } from "./written.ts";

const titles = { MR: "M", MRS: "MME" };

export const createPersonChanges = (pavois: Pavois): Changes<PersonChange> =>
  changesBy(pavois, "STORED_ID", ({ personKey, payload }) => ({
    operation: "ModifierLocataire",
    args: given({
      ...person(personKey),
      Civilite: payload.title && titles[payload.title],
      NomUsage: upTo(60, payload.surname),
      Prenom: upTo(50, payload.givenName),
      Courriel: upTo(100, payload.email),
      Telephones: payload.phones && phones(payload.phones),
      Adresse: payload.address && address(payload.address),
    }),
  }));

/** The whole list; an empty one says that there is none any more. */
function phones(numbers: readonly string[]) {
  fit(numbers.length <= 3);
  return { Telephone: numbers.map(phone) };
}

export const createProfessionalSituationChanges = (
  pavois: Pavois,
): Changes<ProfessionalSituationChange> =>
  changesBy(pavois, "STORED_ID", ({ personKey, payload }) => ({
    operation: "ModifierSituationProfessionnelle",
    args: given({
      ...person(personKey),
      Libelle: upTo(60, payload.label),
      Employeur: upTo(60, payload.employer),
      Depuis: payload.since,
    }),
  }));
