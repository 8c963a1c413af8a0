import type { Changes } from "../../ports/changes.ts";
import type { PersonChange } from "../../ports/identity-changes.ts";
import type { Habilog } from "./client.ts";
import { demands, tenantOf } from "./demands.ts";
import { column, emailColumn, writtenAddress, writtenPhones, type Written } from "./written.ts";

const titles = { MR: "M.", MRS: "MME" };

const unchangedAddress: Written = { Voie: "", CodePostal: "", Ville: "", Pays: "" };

/** What is blank stays as it is. */
export const createPersonChanges = (habilog: Habilog): Changes<PersonChange> =>
  demands(habilog, "ModifierLocataire", ({ payload, ...change }) => {
    const { title, surname, givenName, email, phones, address } = payload;
    return {
      ...tenantOf(change),
      Civilite: title === undefined ? "" : titles[title],
      Nom: surname === undefined ? "" : column(surname, 50),
      Prenom: givenName === undefined ? "" : column(givenName, 50),
      Courriel: email === undefined ? "" : emailColumn(email),
      Telephone: phones === undefined ? "" : writtenPhones(phones),
      ...(address === undefined ? unchangedAddress : writtenAddress(address)),
    };
  });
